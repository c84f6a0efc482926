"""Reads a filled form into the project: checks every cell, and writes the values beside the project file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from benefits.errors import InvalidInput, Parameter, Problem
from benefits.forms import cells
from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form_reading import Filled, read_form
from benefits.language import catalogue
from benefits.project.fields import ID_PATTERN, Text
from benefits.project.load import Loaded
from benefits.project.reading import read_as
from benefits.project.reported import FOLDER, fits
from benefits.project.reported_file import FORMAT, ReportedValue, ReportFile, outside_unit
from benefits.project.scalars import THOUSANDS
from benefits.vocabulary import Exposure, Language, Unit, words

