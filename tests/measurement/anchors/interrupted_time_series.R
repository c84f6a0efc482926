# Reference figures for the interrupted time series, on the monthly acute coronary events in Sicily 2002-2006.
# Run in this folder: Rscript interrupted_time_series.R > interrupted_time_series.json
library(jsonlite)
library(MASS)
library(nlme)
library(sandwich)

d <- read.csv("sicily_2002_2006.csv")
d$time <- seq_len(nrow(d))
d$ban <- as.numeric(d$time >= 37)
d$t <- d$time - 37
d$dt <- d$ban * d$t
d$rate <- d$aces / d$stdpop
for (k in 1:2) {
  d[[paste0("s", k)]] <- sin(2 * pi * k * d$month / 12)
  d[[paste0("c", k)]] <- cos(2 * pi * k * d$month / 12)
}
season <- "s1 + c1 + s2 + c2"
counts <- function(terms) as.formula(paste("aces ~ offset(log(stdpop)) +", terms))
rates <- function(terms) as.formula(paste("I(1e5 * rate) ~", terms))
both <- paste("t +", season, "+ ban + dt")
told <- function(model, v = vcov(model), ...) {
  names <- intersect(c("t", "ban", "dt"), names(coef(model)))
  list(coefficients = as.list(coef(model)[names]), se = as.list(sqrt(diag(v))[names]), ...)
}

step1 <- glm(counts("t + ban"), family = poisson, data = d, epsilon = 1e-14)
step2 <- glm(counts("t + ban"), family = quasipoisson, data = d, epsilon = 1e-14)
step3 <- glm(counts(paste("t +", season, "+ ban")), family = quasipoisson, data = d, epsilon = 1e-14)
whole <- glm(counts(both), family = quasipoisson, data = d, epsilon = 1e-14)
since_first <- glm(counts(paste("time +", season, "+ ban + ban:time")), family = quasipoisson, data = d, epsilon = 1e-14)
least <- lm(rates(both), data = d)
ar1 <- gls(rates(both), data = d, correlation = corAR1(form = ~time), method = "REML",
           control = glsControl(tolerance = 1e-12, msTol = 1e-12))
negative <- glm.nb(counts(both), data = d, control = glm.control(epsilon = 1e-10, maxit = 200))
gap <- d[!d$time %in% c(10, 11, 45), ]
ar1_gap <- gls(rates(both), data = gap, correlation = corAR1(form = ~time), method = "REML",
               control = glsControl(tolerance = 1e-12, msTol = 1e-12))
newey <- function(model) NeweyWest(model, lag = 3, prewhite = FALSE, adjust = TRUE)

out <- list(
  made = list(
    program = R.version.string,
    packages = sapply(c("sandwich", "MASS", "nlme", "jsonlite"), function(p) as.character(packageVersion(p)),
                      simplify = FALSE),
    command = "Rscript interrupted_time_series.R > interrupted_time_series.json",
    data = paste("Lopez Bernal J, Cummins S, Gasparrini A. Int J Epidemiol 2017;46:348-355, supplementary data:",
                 "hospital admissions for acute coronary events and age-standardised population in Sicily by month,",
                 "January 2002 to November 2006; smoking ban from January 2005.")
  ),
  poisson_level = told(step1),
  quasi_poisson_level = told(step2, dispersion = summary(step2)$dispersion),
  quasi_poisson_level_season = told(step3, dispersion = summary(step3)$dispersion),
  quasi_poisson = told(whole, dispersion = summary(whole)$dispersion, deviance = deviance(whole)),
  quasi_poisson_time_from_first_month = list(ban = coef(since_first)[["ban"]], deviance = deviance(since_first),
                                             slope = coef(since_first)[["time:ban"]]),
  quasi_poisson_hac = told(whole, newey(whole)),
  negative_binomial = told(negative, shape = 1 / negative$theta),
  ols = told(least),
  ols_hac = told(least, newey(least)),
  ols_ar1 = told(ar1, rho = coef(ar1$modelStruct$corStruct, unconstrained = FALSE)[[1]]),
  ols_ar1_with_gaps = told(ar1_gap, rho = coef(ar1_gap$modelStruct$corStruct, unconstrained = FALSE)[[1]],
                           left_out = c(10, 11, 45)),
  ljung_box_p = Box.test(residuals(whole, type = "pearson"), lag = 10, type = "Ljung-Box")$p.value,
  ljung_box_p_one_back = Box.test(residuals(whole, type = "pearson"), lag = 1, type = "Ljung-Box")$p.value
)
cat(toJSON(out, auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
