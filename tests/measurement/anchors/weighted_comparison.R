# Figures for tests/measurement/test_balancing.py and test_weighted_comparison.py.
# Rscript weighted_comparison.R > weighted_comparison.json
suppressPackageStartupMessages(library(survey))
library(jsonlite)

set.seed(3)
n <- 90
persons <- data.frame(treated = rep(c(1, 0), c(30, 60)))
persons$age <- round(rnorm(n, ifelse(persons$treated == 1, 72, 69), 6))
persons$visits <- rpois(n, ifelse(persons$treated == 1, 3, 2))
persons$exposure <- round(runif(n, 0.4, 1), 3)
persons$count <- rpois(n, persons$exposure * (0.5 + 0.6 * persons$visits))

treated <- persons[persons$treated == 1, ]
others <- persons[persons$treated == 0, ]

# Entropy balancing is raking of equal weights to the treated's means.
design <- svydesign(ids = ~1, weights = rep(1 / nrow(others), nrow(others)), data = others)
totals <- c(`(Intercept)` = 1, age = mean(treated$age), visits = mean(treated$visits))
raked <- calibrate(design, ~ age + visits, totals, calfun = "raking", epsilon = 1e-12, maxit = 500)
rate <- svyratio(~count, ~exposure, raked)

logit <- glm(treated ~ age + visits, binomial, persons, control = glm.control(epsilon = 1e-14))
odds <- (fitted(logit) / (1 - fitted(logit)))[persons$treated == 0]

out <- list(
  made = paste0(
    R.version.string, ", survey ", packageVersion("survey"), ": Rscript weighted_comparison.R > weighted_comparison.json"
  ),
  persons = persons, entropy = unname(weights(raked)), entropy_rate = unname(coef(rate)), entropy_error = unname(SE(rate)),
  propensity = unname(odds / sum(odds))
)
cat(toJSON(out, auto_unbox = TRUE, digits = 13, dataframe = "columns"), "\n")
