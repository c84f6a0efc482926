"""What every cited fact shares: texts in three languages, a source, and the reading of the data files of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benefits.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """One short text in bokmål, nynorsk and English.

    Attributes
    ----------
    nb, nn, en
        The text in each language.

    Examples
    --------
    >>> Texts(nb="innleggelse", nn="innlegging", en="admission")["nn"]
    'innlegging'
    """

    nb: str
    nn: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return {"nb": self.nb, "nn": self.nn, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read.

    Attributes
    ----------
    title
        Publisher, work and year, as it is to be cited (not translated).
    address
        Web address of the text that was read.

    Examples
    --------
    >>> Source("Steventon et al. 2012, BMJ 344, e3874", "https://doi.org/10.1136/bmj.e3874").title
    'Steventon et al. 2012, BMJ 344, e3874'
    """

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Another figure for the same thing, from another source; shown beside the one that is used.

    Attributes
    ----------
    value
        The other figure, in the unit of the figure that is used.
    source
        Where it was read.
    price_year
        Price year of the other figure, when it is money.

    Examples
    --------
    >>> Disagreement(735.0, Source("Helsedirektoratet", "https://www.helsedirektoratet.no")).value
    735.0
    """

    value: float
    source: Source
    price_year: int | None = None


def texts_of(raw: Mapping[str, str]) -> Texts:
    """Return the texts of one mapping ``{nb, nn, en}``."""
    return Texts(**raw)


def optional_texts_of(raw: Mapping[str, str] | None) -> Texts | None:
    """Return the texts of one mapping, or None where there is none."""
    return None if raw is None else Texts(**raw)


def source_of(raw: Mapping[str, str]) -> Source:
    """Return the source of one mapping ``{title, address}``."""
    return Source(**raw)


def disagreements_of(raw: list[dict[str, Any]] | None) -> tuple[Disagreement, ...]:
    """Return the disagreements of one list of ``{value, source, price_year?}``."""
    return tuple(
        Disagreement(float(item["value"]), source_of(item["source"]), item.get("price_year")) for item in raw or ()
    )


def entries(text: str) -> list[dict[str, Any]]:
    """Return the entries of a data file of this room, given its text (YAML 1.2, a list of mappings)."""
    from ruamel.yaml import YAML

    loaded: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return loaded


def own_text(name: str) -> str:
    """Return the text of the data file ``name`` that comes with the package."""
    from importlib.resources import files

    return files("benefits.reference").joinpath("data", name).read_text(encoding="utf-8")
