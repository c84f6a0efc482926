# Rscript survey.R: the figures of survey.json. Twelve constructed mean scores before and after.
before <- c(3.2, 2.8, 4.0, 3.5, 2.9, 3.8, 4.1, 3.0, 3.3, 2.7, 3.9, 3.6)
after <- c(3.9, 3.1, 4.2, 3.9, 3.6, 3.7, 4.5, 3.8, 3.4, 3.3, 4.4, 3.9)
paired <- t.test(after, before, paired = TRUE)
unpaired <- t.test(after, before)
cat(R.version.string, "\n")
cat(sprintf("%.10f", c(paired$estimate, paired$conf.int, paired$parameter)), "\n")
cat(sprintf("%.10f", c(unpaired$conf.int, unpaired$parameter)), "\n")
