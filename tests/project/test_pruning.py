from __future__ import annotations

from typing import Any

from benefits.project.pruning import Pruned

WHOLE: dict[str | int, Any] = {"actors": ({"id": "a"}, {"id": "b"}, {"id": "c"}), "title": "T"}


def test_what_is_left_knows_where_it_came_from() -> None:
    pruned = Pruned(whole=WHOLE)
    pruned.leave_out(("actors", 0), missing=False)
    assert pruned.data()["actors"] == ({"id": "b"}, {"id": "c"})
    assert pruned.origin(("actors", 1, "id")) == ("actors", 2, "id")
    assert pruned.origin(("actors", 1, "name")) == ("actors", 2, "name")


def test_a_missing_text_gets_a_stand_in_and_a_missing_word_takes_its_item_along() -> None:
    pruned = Pruned(whole=WHOLE)
    assert pruned.leave_out(("actors", 0, "name"), missing=True)
    assert pruned.leave_out(("actors", 1, "kind"), missing=True)
    assert pruned.data()["actors"] == ({"id": "a", "name": "-"}, {"id": "c"})


def test_nothing_is_left_when_the_top_itself_is_refused() -> None:
    assert not Pruned(whole=WHOLE).leave_out((), missing=False)


def test_a_part_is_touched_by_its_own_values_and_ids_but_not_by_what_lies_deeper() -> None:
    pruned = Pruned(whole=WHOLE, dropped={("actors", 1, "code"), ("costs", 0, "id"), ("benefits", 0)})
    assert not pruned.touched((("actors",),))
    assert pruned.touched((("costs",),))
    assert pruned.touched((("benefits", 0, "baseline"),))
    assert not pruned.touched((("benefits", 1, "baseline"),))
