# Rscript before_after.R > before_after.json: figures the before-after methods are held against. The data are made up.
library(jsonlite)
library(sandwich)
suppressPackageStartupMessages(library(Epi))

events <- c(22, 4, 15, 6, 24, 8, 3, 13, 9, 26, 12, 11, 8, 2, 11, 6, 19, 12, 5, 8, 1, 7, 16, 9)
hours <- c(20.5, 31.25, 18, 27.5, 22, 35.75, 24, 19.5, 28, 30.25, 21, 26.5,
           17, 22.5, 15.25, 24, 18.5, 20, 27.25, 16, 14.5, 21, 19.75, 18)
exposure <- c(10, 10, 11, 10, 12, 9, 10, 11, 10, 12, 11, 10, 11, 10, 12, 9, 10, 12, 8, 10, 11, 10, 9, 10)
after <- rep(0:1, each = 12)
quasi <- function(y) {
  found <- summary(glm(y ~ after + offset(log(exposure)), family = quasipoisson, control = glm.control(epsilon = 1e-14)))
  list(log_ratio = found$coefficients[2, 1], se = found$coefficients[2, 2], dispersion = found$dispersion)
}
robust <- glm(events ~ after + offset(log(exposure)), family = poisson, control = glm.control(epsilon = 1e-14))

person_before <- c(3, 0, 2, 5, 1, 4, 0, 2, 7, 1, 3, 2)
person_after <- c(2, 0, 1, 3, 2, 2, 1, 0, 5, 0, 3, 1)
long <- data.frame(y = c(person_before, person_after), post = rep(0:1, each = 12), person = rep(1:12, 2))
clustered <- glm(y ~ post, family = poisson, data = long, control = glm.control(epsilon = 1e-14))

before <- c(3.2, 2.8, 4.0, 3.5, 2.9, 3.8, 4.1, 3.0, 3.3, 2.7, 3.9, 3.6)
later <- c(3.0, 2.1, 3.9, 3.1, 2.2, 3.9, 3.6, 2.2, 3.2, 2.0, 3.4, 3.3)
paired <- t.test(later, before, paired = TRUE)
welch <- t.test(later[1:9], before)
exact <- poisson.test(c(3, 10), c(18, 20))
none <- poisson.test(c(0, 5), c(20, 20))
unpaired <- ci.pd(12, 28, 48, 32, print = FALSE)

cat(toJSON(list(
  made = paste0(R.version.string, ", sandwich ", packageVersion("sandwich"), ", Epi ", packageVersion("Epi"),
                ": Rscript before_after.R > before_after.json"),
  events = events, hours = hours, exposure = exposure,
  quasi_events = quasi(events), quasi_hours = quasi(hours),
  robust_events = list(se = sqrt(vcovHC(robust, type = "HC1")[2, 2])),
  person_before = person_before, person_after = person_after,
  clustered = list(log_ratio = unname(coef(clustered)[2]),
                   se = sqrt(vcovCL(clustered, cluster = ~person, type = "HC1")[2, 2])),
  before = before, later = later,
  paired = list(effect = unname(paired$estimate), low = paired$conf.int[1], high = paired$conf.int[2],
                df = unname(paired$parameter), rank_p = wilcox.test(later, before, paired = TRUE, exact = FALSE)$p.value),
  welch = list(low = welch$conf.int[1], high = welch$conf.int[2], df = unname(welch$parameter),
               rank_p = wilcox.test(later[1:9], before, exact = FALSE)$p.value),
  exact = list(ratio = unname(exact$estimate), low = exact$conf.int[1], high = exact$conf.int[2], p = exact$p.value),
  none_after = list(low = none$conf.int[1], high = none$conf.int[2], p = none$p.value),
  unpaired_shares = list(before = c(28, 60), after = c(12, 60), effect = unpaired[1, 5], low = unpaired[1, 6], high = unpaired[1, 7]),
  mcnemar = list(only_after = 12, only_before = 2, p = binom.test(12, 14)$p.value)
), auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
