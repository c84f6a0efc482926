from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from benefits.project.places import Place, known_place, read_yaml


def test_each_value_knows_its_line_its_key_and_what_was_written() -> None:
    reading = read_yaml("id: dho\nactors:\n  - id: a\n    code: 0301\n")
    assert reading.places["actors", 0, "code"] == Place(line=4, raw="0301", key_line=4, key="code")
    assert (reading.places["actors",].line, reading.places["actors",].key_line) == (3, 2)


def test_blank_keys_and_blank_items_are_left_out_but_their_lines_are_known() -> None:
    reading = read_yaml("title:\nlist:\n  -\n  - a\n  - ~\n  - b\n")
    assert reading.data == {"list": ("a", "b")}
    assert reading.places["title",].key_line == 1
    assert [reading.places["list", index].line for index in (0, 1)] == [4, 6]


def test_norwegian_words_stay_text() -> None:
    reading = read_yaml("a: no\nb: ja\nc: nei\nd: yes\ne: 1:30\nf: 0x1F\ng: 0o17\nh: 45 000\ni: 12,5\n")
    words = ("no", "ja", "nei", "yes", "1:30", "0x1F", "0o17", "45 000", "12,5")
    assert reading.data == dict(zip("abcdefghi", words, strict=True))


def test_plain_values_have_their_type_and_quoted_ones_are_text() -> None:
    reading = read_yaml("a: 1\nb: 1.5\nc: true\nd: 2025-02-28\ne: '1'\nf: \"true\"\ng: !!str 2025\n2025: x\n")
    expected: dict[str | int, object] = {
        "a": 1,
        "b": 1.5,
        "c": True,
        "d": date(2025, 2, 28),
        "e": "1",
        "f": "true",
        "g": "2025",
    }
    expected[2025] = "x"
    assert reading.data == expected


def test_of_two_equal_keys_the_first_counts_and_both_lines_are_named() -> None:
    reading = read_yaml("a: 1\nb:\n  c: 1\n  c: {d: 1, d: 2}\n")
    assert reading.data == {"a": 1, "b": {"c": 1}}
    assert [(fault.line, dict(fault.parameters)) for fault in reading.faults] == [(4, {"first_line": 3})]


def test_a_refused_value_leaves_a_hole_that_is_known() -> None:
    reading = read_yaml("a: !secret x\nb: .inf\nc: 1\n")
    assert reading.data == {"c": 1}
    assert reading.dropped == {("a",), ("b",)}


def test_the_longest_known_beginning_of_a_place_is_found() -> None:
    places = read_yaml("a:\n  b: 1\n").places
    assert known_place(places, ("a", "b", "float"))[0] == ("a", "b")
    assert known_place(places, ("a", "x"))[0] == ("a",)
    assert known_place(places, ("x",))[0] == ()
    assert known_place({}, ("x",))[1].line == 1


WORDS = st.text(alphabet="abcæøå: -#'\"[]{}&*!|>%@`,0123456789.\n", max_size=12)
SIMPLE = st.one_of(WORDS, st.integers(-(10**6), 10**6), st.booleans(), st.dates())
TREES = st.dictionaries(
    st.text(alphabet="abcdef", min_size=1, max_size=4),
    st.recursive(
        SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", min_size=1), inner)
    ),
)


def tuples(value: object) -> object:
    if isinstance(value, dict):
        return {key: tuples(part) for key, part in value.items()}
    return tuple(tuples(part) for part in value) if isinstance(value, list) else value


@pytest.mark.slow
@settings(max_examples=40)
@given(tree=TREES)
def test_what_another_program_writes_is_read_back_as_it_was(tree: dict[str, object]) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.allow_unicode = True
    writer.default_flow_style = False
    writer.representer.ignore_aliases = lambda _: True
    stream = StringIO()
    writer.dump(tree, stream)
    reading = read_yaml(stream.getvalue())
    assert reading.faults == ()
    assert reading.data == tuples(tree)


def test_a_text_that_is_read_twice_gives_values_that_are_each_ones_own() -> None:
    first, second = read_yaml("id: dho\nactors: [{id: hf}]\n"), read_yaml("id: dho\nactors: [{id: hf}]\n")
    assert first.data is not None
    assert second.data is not None
    first.data["id"] = "other"
    first.data["actors"][0]["id"] = "other"
    assert second.data == read_yaml("id: dho\nactors: [{id: hf}]\n").data == {"id": "dho", "actors": ({"id": "hf"},)}
