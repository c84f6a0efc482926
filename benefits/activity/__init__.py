"""What happened in the service: activity data read with every problem found, kept without the persons' own ids."""

from benefits.activity.cells import STEPS, Step, finest_step
from benefits.activity.frames import Data, shape_of
from benefits.activity.guard import national_ids
from benefits.activity.responses import Responses
from benefits.activity.shapes import Panel, Series
from benefits.activity.sources import Extract, read_panel, read_series

__all__ = [
    "STEPS",
    "Data",
    "Extract",
    "Panel",
    "Responses",
    "Series",
    "Step",
    "finest_step",
    "national_ids",
    "read_panel",
    "read_series",
    "shape_of",
]
