"""Number fields and drop-downs with labels; what follows is a table that is read aloud and a picture with words."""

from __future__ import annotations

import re
from dataclasses import replace

import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd
import pytest

from benefits.report.explore import Explorer, explore
from benefits.report.explore.panel import Panel
from benefits.report.voice import voice_in


@pytest.fixture
def panel(explorer: Explorer) -> Panel:
    return replace(explorer, voice=voice_in("nn", first="nb")).panel()


def fields(widget: widgets.Widget) -> list[widgets.Widget]:
    return [one for child in getattr(widget, "children", ()) for one in (child, *fields(child))]


def test_there_are_lists_and_number_fields_with_labels_and_no_slider(panel: Panel) -> None:
    kinds = {type(one).__name__ for one in fields(panel.box)}
    assert {"Dropdown", "FloatText", "Button"} <= kinds
    assert not any("Slider" in kind for kind in kinds)
    assert (panel.number.description, panel.value.description) == ("Tal", "Ny verdi")


def test_every_number_can_be_chosen_by_its_name(panel: Panel, explorer: Explorer) -> None:
    assert len(panel.number.options) == len(explorer.model.numbers)
    assert all(label and name in label for label, name in panel.number.options)


def test_choosing_a_number_shows_it_and_changes_nothing(panel: Panel, explorer: Explorer) -> None:
    panel.number.value = "kan-tas-ut"
    assert panel.value.value == pytest.approx(explorer.model.numbers["kan-tas-ut"].mean)
    assert panel.explorer.changes == {}


def test_a_new_value_moves_the_table_and_the_picture_and_back_again(panel: Panel) -> None:
    first, picture = panel.numbers.value, panel.picture.value
    panel.number.value = "kan-tas-ut"
    panel.value.value = 0.4
    assert panel.explorer.changes == {"kan-tas-ut": 0.4}
    assert "0,4" in panel.numbers.value
    assert panel.numbers.value != first
    assert panel.picture.value != picture
    panel.reset.click()
    assert (panel.numbers.value, panel.picture.value) == (first, picture)


def test_the_table_is_a_status_with_header_cells_and_the_picture_has_its_words(panel: Panel) -> None:
    assert 'role="status"' in panel.numbers.value
    assert 'scope="row"' in panel.numbers.value
    alternative = re.search(r'<img alt="([^"]*)"', panel.picture.value)
    assert alternative is not None
    assert "Eksempelvik kommune" in alternative[1]


def test_without_a_browser_the_table_and_picture_are_shown_as_they_stand(panel: Panel) -> None:
    shown = panel._repr_mimebundle_()
    assert "<table>" in shown["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_a_project_without_numbers_says_so() -> None:
    empty = explore(pd.DataFrame({"name": ["a"], "value": [1.0], "unit": ["hours"]}), as_of="2025-12-31").panel()
    assert [type(one).__name__ for one in empty.box.children] == ["HTML"]
