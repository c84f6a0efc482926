# Figures for tests/measurement/test_baseline_spread.py and test_population.py.
# Rscript baseline.R > baseline.json
library(MASS)
library(sandwich)
library(jsonlite)

events <- c(12, 9, 14, 7, 10, 6, 5, 8, 9, 13, 15, 18, 16, 2, 11, 3, 6, 17, 4, 9, 2, 10, 19, 31)
exposure <- rep(c(100, 102), each = 12)
month <- factor(rep(1:12, 2))

exact <- poisson.test(sum(events), sum(exposure))
seasonal <- glm(events ~ month + offset(log(exposure)), family = quasipoisson, control = glm.control(epsilon = 1e-14))
plain <- glm(events ~ 1 + offset(log(exposure)), family = quasipoisson, control = glm.control(epsilon = 1e-14))

persons <- c(0, 3, 1, 0, 7, 2, 0, 0, 4, 1, 0, 2, 11, 0, 1)
time <- c(1, 1, 0.5, 1, 1, 1, 0.25, 1, 1, 1, 1, 0.75, 1, 1, 1)
person_model <- glm(persons ~ 1 + offset(log(time)), family = poisson, control = glm.control(epsilon = 1e-14))
clustered <- sqrt(vcovCL(person_model, cluster = seq_along(persons), type = "HC0", cadjust = TRUE)[1, 1])
half <- qt(0.975, length(persons) - 1) * clustered

population <- rep(c(0, 1, 2, 3, 4, 5, 7, 9, 14), c(260, 85, 37, 22, 11, 8, 4, 2, 1))
observed <- rep(c(1, 0.8, 0.5), length.out = length(population))
spread <- glm.nb(population ~ 1 + offset(log(observed)), control = glm.control(epsilon = 1e-12, maxit = 200))

minutes <- c(42, 55, 38, 61, 47, 50, 44)

out <- list(
  made_with = list(
    R = R.version.string, MASS = as.character(packageVersion("MASS")),
    sandwich = as.character(packageVersion("sandwich")), command = "Rscript baseline.R > baseline.json"
  ),
  events = events, exposure = exposure,
  exact = list(rate = unname(exact$estimate), low = exact$conf.int[1], high = exact$conf.int[2]),
  dispersion = list(seasonal = summary(seasonal)$dispersion, plain = summary(plain)$dispersion),
  quasi_se = summary(plain)$coefficients[1, 2],
  persons = persons, time = time,
  clustered = list(
    se = clustered, low = exp(unname(coef(person_model)) - half), high = exp(unname(coef(person_model)) + half)
  ),
  wilson = prop.test(81, 263, correct = FALSE)$conf.int[1:2],
  minutes = minutes, t = t.test(minutes)$conf.int[1:2],
  population = population, observed = observed,
  negative_binomial = list(
    rate = exp(unname(coef(spread))), theta = spread$theta, theta_se = spread$SE.theta,
    log_rate_se = summary(spread)$coefficients[1, 2]
  )
)
cat(toJSON(out, digits = 12, auto_unbox = TRUE), "\n")
