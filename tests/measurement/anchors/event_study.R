# Figures for tests/measurement/test_event_study.py.
# Rscript event_study.R > event_study.json
library(sandwich)
library(jsonlite)

set.seed(4)
persons <- 60
rows <- expand.grid(month = 0:11, person = 1:persons)
rows$treated <- as.integer(rows$person <= 30)
own <- rgamma(persons, 2, 2)
rows$exposure <- round(runif(nrow(rows), 0.5, 1), 3)
rows$count <- rpois(nrow(rows), 1.5 * own[rows$person] * rows$exposure * ifelse(rows$treated == 1 & rows$month >= 6, 0.7, 1))
rows$bin <- rows$month %/% 2 - 3

cells <- aggregate(cbind(count, exposure) ~ person + treated + bin, rows, sum)
cells$bin <- relevel(factor(cells$bin), ref = "-1")
fit <- glm(count ~ treated * bin, poisson, cells, offset = log(exposure), control = glm.control(epsilon = 1e-14))
covariance <- vcovCL(fit, cluster = cells$person, type = "HC1")
terms <- grep("treated:bin", names(coef(fit)), value = TRUE)
leads <- c("treated:bin-3", "treated:bin-2")
wald <- drop(coef(fit)[leads] %*% solve(covariance[leads, leads]) %*% coef(fit)[leads]) / length(leads)

out <- list(
  made = paste0(R.version.string, ", sandwich ", packageVersion("sandwich"), ": Rscript event_study.R > event_study.json"),
  rows = rows[c("person", "treated", "month", "count", "exposure")],
  bins = sub("treated:bin", "", terms), estimates = unname(coef(fit)[terms]),
  errors = unname(sqrt(diag(covariance))[terms]), wald = wald,
  p = pf(wald, length(leads), persons - 2, lower.tail = FALSE)
)
cat(toJSON(out, auto_unbox = TRUE, digits = 13, dataframe = "columns"), "\n")
