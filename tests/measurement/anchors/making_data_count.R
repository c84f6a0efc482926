# Which points the R package NHSRplotthedots marks by which rule of Making Data Count.
#
#   Rscript making_data_count.R FOLDER > making_data_count.json
#
# FOLDER holds the sources of NHSRplotthedots; the functions called need base R alone.
suppressPackageStartupMessages(library(jsonlite))
folder <- commandArgs(TRUE)[1]
source(file.path(folder, "R", "ptd_calculate_point_type.R"))
version <- read.dcf(file.path(folder, "DESCRIPTION"), "Version")[1]

y <- c(
  52, 47, 55, 49, 53, 46, 51, 54, 48, 50, 47, 53, 44, 46, 43, 47, 45, 46, 44, 49, 52, 54, 55, 57, 58, 60, 61, 50, 62, 63,
  51, 48, 80, 50, 46, 22, 40, 41, 45, 49, 53
)
base <- y[1:12]
centre <- mean(base)
mr <- mean(abs(diff(base)))
far <- ifelse(y > centre + 2.66 * mr | y < centre - 2.66 * mr, 1, 0)
close <- !far & (y > centre + 2 * 2.66 / 3 * mr | y < centre - 2 * 2.66 / 3 * mr)
side <- sign(y - centre)
places <- function(marks) which(marks != 0) - 1
# The baseline is not judged: the rules see the points after it.
after <- 13:length(y)
cat(toJSON(list(
  made = list(command = "Rscript making_data_count.R FOLDER", r = R.version.string, package = "NHSRplotthedots",
    version = version, commit = "050b07d"),
  points = y, baseline = 12, centre = centre, low = centre - 2.66 * mr, high = centre + 2.66 * mr,
  outside = places(far[after]) + 12,
  trend = places(ptd_part_of_seven_trend(ptd_seven_point_trend(y[after]))) + 12,
  one_side = places(ptd_part_of_seven_trend(ptd_seven_point_one_side_mean(side[after]))) + 12,
  two_of_three = places(ptd_part_of_two_in_three(ptd_two_in_three(close[after], side[after]), close[after])) + 12
), auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n")
