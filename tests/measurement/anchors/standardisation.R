# Reference figures for standardised rates: epitools' example of births, Dobson's interval, and observed over expected.
#
#   Rscript standardisation.R FOLDER > standardisation.json
#
# FOLDER holds the sources of epitools; only R/ageadjust.direct.R and R/ageadjust.indirect.R are read.
suppressPackageStartupMessages(library(jsonlite))
folder <- commandArgs(TRUE)[1]
source(file.path(folder, "R", "ageadjust.direct.R"))
source(file.path(folder, "R", "ageadjust.indirect.R"))
version <- read.dcf(file.path(folder, "DESCRIPTION"), "Version")[1]

# Down's syndrome by mother's age (rows) and birth order (columns), Michigan 1950-1964: Fleiss 1981, page 249.
population <- matrix(c(
  230061, 329449, 114920, 39487, 14208, 3052, 72202, 326701, 208667, 83228, 28466, 5375, 15050, 175702, 207081, 117300,
  45026, 8660, 2293, 68800, 132424, 98301, 46075, 9834, 327, 30666, 123419, 149919, 104088, 34392
), 6, 5)
count <- matrix(c(
  107, 141, 60, 40, 39, 25, 25, 150, 110, 84, 82, 39, 3, 71, 114, 103, 108, 75, 1, 26, 64, 89, 137, 96, 0, 8, 63, 112,
  262, 295
), 6, 5)
# epitools' own example: the standard is the mean of the first five columns.
standard <- rowMeans(population)

byar <- function(x, level = 0.95) {
  z <- qnorm((1 + level) / 2)
  c(x * (1 - 1 / (9 * x) - z / (3 * sqrt(x)))^3, (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3)
}
direct <- lapply(seq_len(5), function(at) {
  gamma <- ageadjust.direct(count[, at], population[, at], stdpop = standard)
  weight <- standard / sum(standard)
  variance <- sum(weight^2 * count[, at] / population[, at]^2)
  events <- sum(count[, at])
  dobson <- gamma[["adj.rate"]] + sqrt(variance / events) * (byar(events) - events)
  list(crude = gamma[["crude.rate"]], rate = gamma[["adj.rate"]], gamma = unname(gamma[c("lci", "uci")]), dobson = dobson)
})
indirect <- lapply(seq_len(5), function(at) {
  expected <- sum(population[, at] * rowSums(count) / rowSums(population))
  events <- sum(count[, at])
  theirs <- ageadjust.indirect(count[, at], population[, at], rowSums(count), rowSums(population))
  list(
    observed = events, expected = expected, ratio = unname(theirs$sir["sir"]),
    exact = poisson.test(events, T = expected)$conf.int[1:2], byar = byar(events) / expected
  )
})
cat(toJSON(list(
  made = list(
    command = "Rscript standardisation.R FOLDER", r = R.version.string, package = "epitools", version = version,
    exact = "stats::poisson.test", dobson = "the formula of Dobson et al. 1991 with Byar's limits, in base R"
  ),
  population = population, count = count, standard = standard, direct = direct, indirect = indirect
), auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n")
