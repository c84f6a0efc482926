# Figures for tests/measurement/test_staggered_starts.py.
# Rscript staggered_starts.R > staggered_starts.json
# Each effect of a starting month in a period is the interaction of a regression of two periods and two groups, on those
# who start that month and those who have not started by then: the definition, one regression at a time.
library(jsonlite)

set.seed(7)
starts <- c(rep(4, 5), rep(6, 4), rep(7, 3), rep(NA, 6))
rows <- expand.grid(month = 1:9, unit = seq_along(starts))
rows$start <- starts[rows$unit]
level <- runif(length(starts), 2, 6)
on <- !is.na(rows$start) & rows$month >= rows$start
rows$count <- rpois(nrow(rows), 10 * (level[rows$unit] + 0.2 * rows$month - ifelse(on, 1 + 0.3 * (rows$month - rows$start), 0)))
rows$exposure <- 10

cells <- list()
for (start in sort(unique(na.omit(starts)))) {
  for (month in start:9) {
    group <- !is.na(rows$start) & rows$start == start
    control <- (is.na(rows$start) | rows$start > month) & !group
    if (!any(control)) next
    used <- rows[(group | control) & (rows$month < start | rows$month == month), ]
    used$after <- as.integer(used$month == month)
    used$treated <- as.integer(!is.na(used$start) & used$start == start)
    linear <- lm(count / exposure ~ treated * after, used, weights = exposure)
    ratio <- glm(count ~ treated * after, poisson, used, offset = log(exposure), control = glm.control(epsilon = 1e-14))
    cells[[length(cells) + 1]] <- data.frame(
      start = start, month = month, weight = sum(used$exposure[used$treated == 1 & used$after == 1]),
      effect = unname(coef(linear)[4]), ratio = unname(exp(coef(ratio)[4])),
      observed = sum(used$count[used$treated == 1 & used$after == 1]) / sum(used$exposure[used$treated == 1 & used$after == 1])
    )
  }
}
cells <- do.call(rbind, cells)
expected <- weighted.mean(cells$observed / cells$ratio, cells$weight)
out <- list(
  made = paste0(R.version.string, ": Rscript staggered_starts.R > staggered_starts.json"),
  rows = rows, cells = cells, effect = weighted.mean(cells$effect, cells$weight),
  ratio = weighted.mean(cells$observed, cells$weight) / expected
)
cat(toJSON(out, auto_unbox = TRUE, digits = 13, dataframe = "columns", na = "null"), "\n")
