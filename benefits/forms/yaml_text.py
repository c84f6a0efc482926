"""Texts and numbers as they are written into a YAML file, so that they are read back as what they were."""

from __future__ import annotations

import json
from decimal import Decimal

from benefits.project.scalars import THOUSANDS


def yaml_text(text: str) -> str:
    r"""Return a text in quotes: what stands in JSON stands in YAML.

    Examples
    --------
    >>> yaml_text('a "word": b')
    '"a \\"word\\": b"'
    """
    return json.dumps(text, ensure_ascii=False)


def yaml_number(number: float) -> str:
    """Return a number without an exponent, and never so that a thousand might be read out of it.

    Examples
    --------
    >>> yaml_number(12.0), yaml_number(1.234), yaml_number(1e-07)
    ('12', '1.2340', '0.0000001')
    """
    written = f"{Decimal(repr(number)):f}".removesuffix(".0")
    return f"{written}0" if THOUSANDS.fullmatch(written) else written
