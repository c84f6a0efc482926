"""Each gevinstansvarlig gets a form of their own, also where two roles would make the same id."""

from __future__ import annotations

from pathlib import Path

from benefits.forms.reported_form import forms_of
from benefits.results import assess

LONG = "Head of home care, rehabilitation, prevention and other services for"
PROJECT = """\
format: 1
id: dho
title: DHO
as_of: 2026-12-31
actors: [{id: vik, kind: kommune, name: Vik}, {id: nes, kind: kommune, name: Nes}]
benefits:
"""


def benefit(id: str, role: str, actor: str) -> str:
    owner = f'{{role: "{role}", actor: {actor}}}'
    counted = "{definition: D, unit: hours, direction: lower_is_better}"
    return f"  - {{id: {id}, title: T, owner: {owner}, indicator: {counted}}}\n"


def test_a_role_gets_no_gevinst_of_another_with_the_same_id(tmp_path: Path) -> None:
    """An id has 64 letters at most, and none of another alphabet."""
    path = tmp_path / "project.yaml"
    owners = [(LONG, "vik"), (LONG, "nes"), ("Лидер", "vik"), ("…", "vik"), (LONG.upper(), "vik")]
    listed = "".join(benefit(f"g{at}", *owner) for at, owner in enumerate(owners))
    path.write_text(PROJECT + listed, encoding="utf-8")
    forms = forms_of(assess(path, draws=20), "en")
    assert [(one.actor, [row.benefit for row in one.rows]) for one in forms] == [
        ("Vik", ["g0", "g4"]),
        ("Nes", ["g1"]),
        ("Vik", ["g2"]),
        ("Vik", ["g3"]),
    ]
    assert len({one.owner for one in forms}) == len(forms)
    assert max(len(one.owner) for one in forms) == 64
