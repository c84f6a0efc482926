# Reference figures for control charts, from the calculations of the R package qicharts2 (Anhøj).
#
#   Rscript control_chart.R FOLDER > control_chart.json
#
# FOLDER holds the sources of qicharts2; only R/helper.functions.R is read, which needs base R alone.
suppressPackageStartupMessages(library(jsonlite))
folder <- commandArgs(TRUE)[1]
source(file.path(folder, "R", "helper.functions.R"))
version <- read.dcf(file.path(folder, "DESCRIPTION"), "Version")[1]

count <- c(14, 9, 17, 12, 11, 20, 8, 13, 16, 10, 15, 12, 18, 7, 5, 6, 8, 4, 9, 6, 5, 7, 3, 8)
n <- c(120, 110, 131, 98, 105, 140, 90, 118, 127, 101, 122, 109, 135, 95, 99, 111, 120, 87, 125, 104, 96, 117, 88, 130)
between <- c(12, 3, 25, 8, 0, 31, 17, 5, 9, 44, 2, 14, 21, 6, 60, 38, 72, 15)
freeze <- 13

framed <- function(y, n, base = freeze) {
  data.frame(x = seq_along(y), y = y / n, y.sum = y, n = n, cl = NA_real_, baseline = seq_along(y) <= base, include = TRUE)
}

listed <- function(d) {
  d <- runs.analysis(d, "anhoej")
  list(
    centre = d$cl[1], low = d$lcl, high = d$ucl, longest_run = d$longest.run[1], longest_run_max = d$longest.run.max[1],
    crossings = d$n.crossings[1], crossings_min = d$n.crossings.min[1], signal = d$runs.signal[1]
  )
}

all <- length(count)
options(qic.screenedmr = FALSE)
plain <- list(
  xmr = listed(qic.i(framed(count, n))), p = listed(qic.p(framed(count, n))), u = listed(qic.u(framed(count, n))),
  c = listed(qic.c(framed(count, rep(1, all)))), g = listed(qic.g(framed(between, rep(1, length(between)), 14))),
  p_prime = listed(qic.pp(framed(count, n))), u_prime = listed(qic.up(framed(count, n))),
  unfrozen = listed(qic.i(framed(count, n, all)))
)
options(qic.screenedmr = TRUE)
wild <- replace(count, 5, 60)
screened <- list(
  xmr = listed(qic.i(framed(wild, n))), p_prime = listed(qic.pp(framed(wild, n))), u_prime = listed(qic.up(framed(wild, n)))
)
cat(toJSON(list(
  made = list(
    command = "Rscript control_chart.R FOLDER", r = R.version.string, package = "qicharts2", version = version,
    commit = "1b9487e"
  ),
  count = count, wild = wild, n = n, between = between, freeze = freeze, plain = plain, screened = screened
), auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n")
