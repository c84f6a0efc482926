"""Write the tables of codes in docs/methods.md from the package and its catalogues: ``python docs/tabeller.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from benefits.language import catalogue
from benefits.language.catalogue import Catalogue
from benefits.measurement import method, methods
from benefits.measurement.advice.requirements import KNOWN
from benefits.report.method_lines import method_row

PAGE = Path(__file__).parent / "methods.md"
PART = re.compile(r"(<!-- tabell: (\w+) -->\n).*?(<!-- slutt -->)", flags=re.DOTALL)


def written(page: str) -> str:
    """Return the page with its tables as the package has them now."""
    said = catalogue("nb")
    tables = {"metoder": _methods, "valg": _options, "kontroller": _checks, "nei": _refusals}
    return PART.sub(lambda found: found[1] + "\n".join(tables[found[2]](said)) + "\n" + found[3], page)


def _methods(said: Catalogue) -> Iterator[str]:
    """Every method of the package, what it needs and compares with, the grade of its answer, and whom it is for."""
    yield from (
        "| Metode | Navn | Trenger | Sammenligner med | Kunnskapsgrunnlag | For |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    for id in KNOWN:
        yield f"| `{id}` | " + " | ".join(method_row(id, said)) + " |"


def _options(said: Catalogue) -> Iterator[str]:
    """Every option, what it is without being set, and the methods that have it."""
    yield from ("| Valg | Betyr | Uten det | Metoder |", "| --- | --- | --- | --- |")
    found: dict[str, dict[str, str]] = {}
    for id in methods():
        for item in fields(method(id).options):
            assert item.default is not MISSING
            blank = item.default is None or item.default in ("", ())
            found.setdefault(item.name, {})[id] = "–" if blank else f"`{_yaml(item.default)}`"
    for name in sorted(found):
        users = "alle" if len(found[name]) == len(methods()) else ", ".join(f"`{id}`" for id in found[name])
        default = " eller ".join(dict.fromkeys(found[name].values()))
        yield f"| `{name}` | {said.text(f'option.{name}')} | {default} | {users} |"


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _checks(said: Catalogue) -> Iterator[str]:
    """Every check, and what it says when it fails."""
    yield from ("| Kontroll | Når den slår ut |", "| --- | --- |")
    for code in _codes(said, "check", ends=".failed"):
        yield f"| `{code}` | {_bare(said, f'check.{code}.failed')} |"


def _refusals(said: Catalogue) -> Iterator[str]:
    """Every reason a method gives for not answering."""
    yield from ("| Kode | Hvorfor |", "| --- | --- |")
    for code in _codes(said, "refusal"):
        yield f"| `{code}` | {_bare(said, f'refusal.{code}')} |"


def _codes(said: Catalogue, family: str, ends: str = "") -> list[str]:
    found = (re.fullmatch(rf"{family}\.(\w+){re.escape(ends)}", key) for key in said.entries)
    return sorted({one[1] for one in found if one is not None and (ends or one[1])} - {"failed", "passed", "unknown"})


def _bare(said: Catalogue, key: str) -> str:
    """The sentence as it stands in the catalogue, with its places for numbers."""
    entry = said.entries[key]
    sentence = entry if isinstance(entry, str) else entry[-1]
    return sentence[0].upper() + sentence[1:]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
