"""What happened in the service: activity data read with every problem found, kept without the persons' own ids."""

from benefits.activity.cells import STEPS, Step, finest_step
from benefits.activity.frames import Data, shape_of
from benefits.activity.guard import national_ids
from benefits.activity.reading.sources import Extract, read_panel, read_series
from benefits.activity.responses import Responses
from benefits.activity.shapes import Panel, Series
from benefits.activity.tables.engines import SparkEngine
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation, relation_of

__all__ = [
    "STEPS",
    "Data",
    "Extract",
    "Panel",
    "Relation",
    "Responses",
    "Series",
    "SparkEngine",
    "Step",
    "finest_step",
    "national_ids",
    "open_table",
    "read_panel",
    "read_series",
    "relation_of",
    "shape_of",
]
