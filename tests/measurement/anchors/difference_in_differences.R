# Figures for tests/measurement/test_clustered.py, test_wild_bootstrap.py and test_difference_in_differences.py.
# Rscript difference_in_differences.R > difference_in_differences.json
library(sandwich)
library(jsonlite)

count <- c(
  31, 28, 40, 44, 22, 19, 35, 30, 51, 50, 27, 33, 38, 36, 24, 30,
  22, 18, 33, 31, 15, 20, 36, 34, 47, 55, 26, 35, 41, 30, 28, 29
)
exposure <- c(
  20, 21, 25, 25, 14, 13, 22, 22, 30, 31, 18, 18, 24, 24, 16, 17,
  20, 21, 26, 25, 13, 14, 22, 23, 30, 30, 19, 18, 25, 23, 16, 16
)
rows <- data.frame(
  unit = rep(rep(letters[1:8], each = 2), 2), half = rep(1:2, 16), post = rep(0:1, each = 16),
  treated = rep(as.integer(letters[1:8] %in% c("a", "b", "c")), each = 2), count = count, exposure = exposure
)
cells <- aggregate(cbind(count, exposure) ~ unit + post + treated, rows, sum)
cells$rate <- cells$count / cells$exposure

poisson_fit <- glm(count ~ treated * post, poisson, cells, offset = log(exposure), control = glm.control(epsilon = 1e-14))
linear_fit <- lm(rate ~ treated * post, cells, weights = exposure)
mean_fit <- lm(rate ~ treated * post, cells)
last <- function(fit) {
  c(unname(coef(fit)[4]), sqrt(vcovCL(fit, cluster = cells$unit, type = "HC1")[4, 4]))
}

# The restricted wild cluster bootstrap, by refitting for every combination of signs: the difference of means.
units <- unique(cells$unit)
signs <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(units))))
p_at <- function(null) {
  held <- lm(I(rate - null * treated * post) ~ treated + post, cells)
  t_of <- function(y) {
    fit <- lm(y ~ treated * post, cells)
    (coef(fit)[4] - null) / sqrt(vcovCL(fit, cluster = cells$unit, type = "HC0", cadjust = FALSE)[4, 4])
  }
  seen <- abs(t_of(cells$rate))
  t_star <- apply(signs, 1, function(sign) {
    abs(t_of(fitted(held) + null * cells$treated * cells$post + residuals(held) * sign[match(cells$unit, units)]))
  })
  mean(t_star >= seen * (1 - 1e-9))
}
nulls <- c(-0.55, -0.5, -0.4, -0.3, -0.25, -0.2, 0, 0.1)

out <- list(
  made = paste0(
    R.version.string, ", sandwich ", packageVersion("sandwich"),
    ": Rscript difference_in_differences.R > difference_in_differences.json"
  ),
  rows = rows, ratio = last(poisson_fit), difference = last(linear_fit), mean = last(mean_fit),
  nulls = nulls, p = sapply(nulls, p_at)
)
cat(toJSON(out, auto_unbox = TRUE, digits = 13, dataframe = "columns"), "\n")
