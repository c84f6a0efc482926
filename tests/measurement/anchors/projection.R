# Reference figures for the projection, on the monthly acute coronary events in Sicily 2002-2006: 2002-2004 projected.
# Run in this folder: Rscript projection.R > projection.json
library(jsonlite)
library(MASS)

d <- read.csv("sicily_2002_2006.csv")
d$time <- seq_len(nrow(d))
d$t <- d$time - 37
for (k in 1:2) {
  d[[paste0("s", k)]] <- sin(2 * pi * k * d$month / 12)
  d[[paste0("c", k)]] <- cos(2 * pi * k * d$month / 12)
}
before <- d[d$t < 0, ]
after <- d[d$t >= 0, ]
formula <- aces ~ offset(log(stdpop)) + t + s1 + c1 + s2 + c2
sums <- function(model, to) {
  mean <- predict(model, to, type = "response")
  x <- model.matrix(delete.response(terms(model)), to)
  pull <- colSums(mean * x)
  list(expected = sum(mean), variance = as.numeric(pull %*% vcov(model) %*% pull))
}
quasi <- glm(formula, family = quasipoisson, data = before, epsilon = 1e-14)
negative <- glm.nb(formula, data = before, control = glm.control(epsilon = 1e-10, maxit = 200))
damped <- after
damped$t <- -1 + 0.9 * (1 - 0.9^(after$t + 1)) / 0.1
earlier <- before[before$t < -12, ]
tried <- glm(formula, family = quasipoisson, data = earlier, epsilon = 1e-14)

# Two age groups, three months each side: rates held, population given.
p <- data.frame(unit = rep(c("young", "old"), each = 6), post = rep(rep(0:1, each = 3), 2),
                count = c(9, 14, 10, 12, 15, 18, 30, 42, 36, 25, 31, 28),
                exposure = c(rep(100, 3), rep(150, 3), rep(50, 3), rep(60, 3)))
held <- glm(count ~ 0 + unit + offset(log(exposure)), family = poisson, data = p[p$post == 0, ], epsilon = 1e-14)
both <- glm(count ~ 0 + unit:factor(post) + offset(log(exposure)), family = quasipoisson, data = p, epsilon = 1e-14)

out <- list(
  made = list(
    program = R.version.string,
    packages = sapply(c("MASS", "jsonlite"), function(p) as.character(packageVersion(p)), simplify = FALSE),
    command = "Rscript projection.R > projection.json",
    data = "sicily_2002_2006.csv (see interrupted_time_series.json); the population example is made up in the script"
  ),
  quasi_poisson = c(sums(quasi, after), dispersion = summary(quasi)$dispersion, trend = coef(quasi)[["t"]]),
  damped = sums(quasi, damped),
  negative_binomial = c(sums(negative, after), shape = 1 / negative$theta),
  backcast = c(sums(tried, before[before$t >= -12, ]), observed = sum(before$aces[before$t >= -12])),
  population = c(sums(held, p[p$post == 1, ]), dispersion = summary(both)$dispersion, data = list(p))
)
cat(toJSON(out, auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
