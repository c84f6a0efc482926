# Rscript power.R > power.json: sizes and differences by R's own power functions (package stats).
t.delta <- function(n, sd, power, level, type) {
  power.t.test(n = n, sd = sd, power = power, sig.level = 1 - level, type = type, tol = 1e-12)$delta
}
p.after <- function(n, p1, power, level) {
  power.prop.test(n = n, p1 = p1, power = power, sig.level = 1 - level, tol = 1e-12)$p2
}
cat("{\n")
cat(sprintf('  "r": "%s",\n', R.version.string))
# n, sd, power, level, delta
cat('  "two_means": [\n')
rows <- list(c(8, 2, 0.8, 0.95), c(20, 1, 0.8, 0.95), c(50, 0.7, 0.9, 0.99))
cat(paste(sapply(rows, function(x) sprintf("    [%s, %.10g]", paste(x, collapse = ", "),
  t.delta(x[1], x[2], x[3], x[4], "two.sample"))), collapse = ",\n"), "\n  ],\n")
cat('  "paired_means": [\n')
cat(paste(sapply(rows, function(x) sprintf("    [%s, %.10g]", paste(x, collapse = ", "),
  t.delta(x[1], x[2], x[3], x[4], "paired"))), collapse = ",\n"), "\n  ],\n")
# delta, sd, power, n in each group
rows <- list(c(0.5, 1, 0.8), c(3, 10, 0.9))
cat('  "persons_for_means": [\n')
cat(paste(sapply(rows, function(x) sprintf("    [%s, %.10g]", paste(x, collapse = ", "),
  power.t.test(delta = x[1], sd = x[2], power = x[3], tol = 1e-12)$n)), collapse = ",\n"), "\n  ],\n")
# n, share before, power, level, share after
rows <- list(c(50, 0.5, 0.8, 0.95), c(120, 0.1, 0.8, 0.95), c(400, 0.3, 0.9, 0.99))
cat('  "two_shares": [\n')
cat(paste(sapply(rows, function(x) sprintf("    [%s, %.10g]", paste(x, collapse = ", "),
  p.after(x[1], x[2], x[3], x[4]))), collapse = ",\n"), "\n  ],\n")
# shares, power, n in each group
rows <- list(c(0.5, 0.75, 0.9), c(0.1, 0.05, 0.8))
cat('  "persons_for_shares": [\n')
cat(paste(sapply(rows, function(x) sprintf("    [%s, %.10g]", paste(x, collapse = ", "),
  power.prop.test(p1 = x[1], p2 = x[2], power = x[3], tol = 1e-12)$n)), collapse = ",\n"), "\n  ]\n}\n")
