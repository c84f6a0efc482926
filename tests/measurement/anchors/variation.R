# Reference figures for variation between units, in base R.
#
#   Rscript variation.R > variation.json
#
# SCV in both forms as the R package sava writes them: mean(y^2 - 1/E) with y = log(O) - log(E), or y = (O - E) / E.
# Funnel limits as in the appendix of Spiegelhalter (2005), exact with interpolation.
suppressPackageStartupMessages(library(jsonlite))
count <- c(31, 58, 12, 90, 44, 7, 63, 25)
exposure <- c(1200, 2100, 300, 2500, 1500, 420, 1800, 1300)
common <- sum(count) / sum(exposure)
expected <- exposure * common
rates <- count / exposure
limit <- function(p, quantile, cumulated) {
  r <- quantile(p)
  pmax(0, r - (cumulated(r) - p) / (cumulated(r) - cumulated(r - 1)))
}
levels <- c(0.025, 0.975, 0.001, 0.999)
poisson <- sapply(levels, function(p) limit(p, function(q) qpois(q, expected), function(r) ppois(r, expected)) / exposure)
binomial <- sapply(levels, function(p) {
  limit(p, function(q) qbinom(q, exposure, common), function(r) pbinom(r, exposure, common)) / exposure
})
cat(toJSON(list(
  made = list(command = "Rscript variation.R", r = R.version.string),
  count = count, exposure = exposure,
  quotient = max(rates) / min(rates), quotient_5_95 = unname(quantile(rates, 0.95) / quantile(rates, 0.05)),
  cv = sd(rates) / mean(rates),
  scv_log = 100 * mean((log(count) - log(expected))^2 - 1 / expected),
  scv_linear = 100 * mean(((count - expected) / expected)^2 - 1 / expected),
  poisson = poisson, binomial = binomial
), auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n")
