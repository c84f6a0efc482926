# Figures for tests/measurement/test_repeated_cross_sections.py.
# Rscript repeated_cross_sections.R > repeated_cross_sections.json
library(sandwich)
library(jsonlite)

set.seed(11)
sizes <- c(45, 52, 60, 48)
rows <- data.frame(
  treated = rep(c(1, 1, 0, 0), sizes), post = rep(c(0, 1, 0, 1), sizes),
  score = round(pmax(0, c(rnorm(45, 20, 6), rnorm(52, 23, 7), rnorm(60, 21, 6), rnorm(48, 20, 5))), 2)
)
rows$yes <- as.integer(rows$score > 20)
rows$unit <- sample(letters[1:16], nrow(rows), TRUE)
rows$unit <- ifelse(rows$treated == 1, rows$unit, toupper(rows$unit))

last <- function(formula, clusters, ...) {
  fit <- lm(formula, rows)
  c(unname(coef(fit)[4]), sqrt(vcovCL(fit, cluster = clusters, type = "HC1", ...)[4, 4]))
}
out <- list(
  made = paste0(
    R.version.string, ", sandwich ", packageVersion("sandwich"),
    ": Rscript repeated_cross_sections.R > repeated_cross_sections.json"
  ),
  rows = rows, mean = last(score ~ treated * post, seq_len(nrow(rows))),
  share = last(yes ~ treated * post, seq_len(nrow(rows))), by_unit = last(score ~ treated * post, rows$unit)
)
cat(toJSON(out, auto_unbox = TRUE, digits = 13, dataframe = "columns"), "\n")
