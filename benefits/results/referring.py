"""Assumptions that point to shipped reference values and evidence: whether what they point to exists."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from benefits.errors import Problem
from benefits.project import Loaded
from benefits.project.places import known_place
from benefits.reference import load_evidence, load_library


def reference_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem, with its line, for every reference value or study that is not among those shipped."""
    shipped = {"reference": tuple(load_library().ids()), "evidence": tuple(load_evidence())}
    for name, assumption in loaded.project.assumptions.items():
        for field, known in shipped.items():
            wanted = getattr(assumption, field)
            if wanted is None or wanted in known:
                continue
            _, place = known_place(loaded.places, ("assumptions", name, field))
            nearest = get_close_matches(wanted, known, n=1, cutoff=0.0)[0]
            yield Problem(
                place=f"{loaded.file}:{place.line}",
                code=f"unknown_{field}",
                value=wanted,
                parameters={"nearest": nearest},
            )
