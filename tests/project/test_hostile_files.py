"""Files made to hurt, or by accident: each ends in a problem with a line, quickly, and never in another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.project import load, places

SMALL = "format: 1\nid: dho\ntitle: DHO\n"
LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


def codes(tmp_path: Path, content: str | bytes) -> list[tuple[str, str]]:
    path = tmp_path / "project.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InvalidInput) as caught:
        load(path)
    return [(problem.place.removeprefix("project.yaml:"), problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SMALL + "notes: " + "[" * 10_000 + "]" * 10_000, ("4", "too_deep")),
        (SMALL + "notes:\n" + "\n".join("  " * n + "- a:" for n in range(1, 200)), ("19", "too_deep")),
        (b"format: 1\nid: " + b"a" * 3_000_000, ("1", "file_too_large")),
        (SMALL + "notes: a\x00b\n", ("4", "control_character")),
        (SMALL.encode() + "notes: hjemmebasert på Ås\n".encode("latin-1"), ("4", "not_utf8")),
        (SMALL.encode("utf-16"), ("1", "not_utf8")),
        ("# only\r\n# comments\r\n", ("1", "empty_file")),
        ("\n\n\n", ("1", "empty_file")),
        (SMALL + "horizon_years: " + "9" * 10_000, ("4", "number_too_large")),
        (SMALL + "🫀: 1\n", ("4", "unknown_key")),
        (SMALL + "<script>alert(1)</script>: 1\n", ("4", "unknown_key")),
        (SMALL + f"notes: {'a' * 20_001}\n", ("4", "text_too_long")),
        (SMALL.replace("\n", "\r\n") + "fase: plan\r\n", ("4", "unknown_key")),
        (SMALL + 'notes: "\\ud800"\n', ("4", "control_character")),
        (SMALL + 'notes: "\\UFFFFFFFF"\n', ("1", "yaml_syntax")),
    ],
    ids=lambda value: str(value[:30]) if not isinstance(value, tuple) else value[1],
)
def test_a_hostile_file_ends_in_one_problem(tmp_path: Path, content: str | bytes, expected: tuple[str, str]) -> None:
    assert codes(tmp_path, content) == [expected]


def test_a_file_with_too_many_values_is_refused_where_they_become_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six keys and values, the key of the list, and 93 items on lines 5 to 97 are the 100 that may be."""
    monkeypatch.setattr(places, "MAX_VALUES", 100)
    assert codes(tmp_path, SMALL + "notes:\n" + "- a\n" * 200) == [("98", "too_many_values")]


def test_billion_laughs_never_grows(tmp_path: Path) -> None:
    found = codes(tmp_path, SMALL + LAUGHS)
    assert ("4", "yaml_reference") in found
    assert len(found) < 20


KEYS = ("format: 1", "id: a", "title: t", "benefits:", "actors:", "- id: x", "assumptions:", "volume:", "baseline:")
VALUES = ("2025", "1.234", "0x1", "2025-02-30", ".nan", "true", "null", "null:", "<<", "é", "\u2028", "\\", "a", "&a")
SIGNS = (*":-{}[]|>'\"#%@?,\t \n", "  ", "*a", "!!x", "---", "...")
YAMLISH = st.lists(st.sampled_from((*KEYS, *VALUES, *SIGNS)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(YAMLISH, st.text(max_size=60), YAMLISH.map(lambda text: SMALL + text)))
def test_any_text_is_a_project_or_a_list_of_problems(tmp_path: Path, text: str) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(path)
    except InvalidInput as error:
        assert error.problems  # noqa: PT017 - what is caught is looked at
        lines = [int(problem.place.rpartition(":")[2]) for problem in error.problems]
        assert lines == sorted(lines)
        assert max(lines) <= max(1, text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1)
