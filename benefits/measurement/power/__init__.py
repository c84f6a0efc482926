"""How small a change a volume can show, and how much volume or time a change needs: by formula, else by simulation."""

from benefits.measurement.power.clusters import (
    cross_sections_effect,
    design_effect,
    intracluster_correlation,
)
from benefits.measurement.power.means import (
    persons_for_mean_difference,
    smallest_mean_difference,
    smallest_paired_difference,
)
from benefits.measurement.power.needed import months_needed, times_needed
from benefits.measurement.power.rates import (
    exposure_needed,
    smallest_detectable_difference,
    smallest_detectable_ratio,
)
from benefits.measurement.power.shares import (
    persons_for_share_difference,
    smallest_paired_share_difference,
    smallest_share_difference,
)
from benefits.measurement.power.simulated import Simulated, simulated_power, simulated_precision, simulated_smallest
from benefits.measurement.power.simulated_data import Planned

__all__ = [
    "Planned",
    "Simulated",
    "cross_sections_effect",
    "design_effect",
    "exposure_needed",
    "intracluster_correlation",
    "months_needed",
    "persons_for_mean_difference",
    "persons_for_share_difference",
    "simulated_power",
    "simulated_precision",
    "simulated_smallest",
    "smallest_detectable_difference",
    "smallest_detectable_ratio",
    "smallest_mean_difference",
    "smallest_paired_difference",
    "smallest_paired_share_difference",
    "smallest_share_difference",
    "times_needed",
]
