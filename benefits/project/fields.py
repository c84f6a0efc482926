"""Field types shared by the parts of the project file: texts, amounts, shares, ids, quantities."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from benefits.vocabulary import Language

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$"


class Part(BaseModel):
    """Base of every part of a project file: frozen, strict, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AmbiguousNumber(float):
    """A number written so that it has two readings, as ``1.234`` or ``1_000``; carries what was written.

    Examples
    --------
    >>> AmbiguousNumber("1.234").readings
    ('1.234', '1234')
    """

    raw: str

    def __new__(cls, raw: str) -> AmbiguousNumber:
        """Read the text as Python would, and remember it."""
        number = super().__new__(cls, raw)
        number.raw = raw
        return number

    @property
    def readings(self) -> tuple[str, str]:
        """The decimal reading and the thousands reading."""
        if "_" not in self.raw:
            return self.raw, self.raw.replace(".", "")
        whole = self.raw.replace("_", "")
        return (self.raw.replace("_", ".") if self.raw.count("_") == 1 and "." not in self.raw else whole), whole


def _unambiguous(value: Any) -> Any:
    if isinstance(value, AmbiguousNumber):
        first, second = value.readings
        raise PydanticCustomError("ambiguous_number", "two readings", {"first": first, "second": second})
    return value


Id = Annotated[str, Field(pattern=ID_PATTERN)]
Code = Annotated[str, Field(pattern=r"^[0-9]{4,9}$")]
"""Kommunenummer or organisation number: text, so that a leading zero is kept."""
Amount = Annotated[float, BeforeValidator(_unambiguous), Field(allow_inf_nan=False)]
Positive = Annotated[float, BeforeValidator(_unambiguous), Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, BeforeValidator(_unambiguous), Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_unambiguous), Field(ge=0, le=1, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Option = Annotated[str | int | float | bool, BeforeValidator(_unambiguous)]
"""What a method's option may be."""
ByYear = dict[Year, NotNegative]
Line = Annotated[str, Field(min_length=1, max_length=20_000)]


class Text(Part):
    """A text in the project's first language, or in several.

    Examples
    --------
    >>> Text.model_validate("Færre innleggelser").in_language("nn", first="nb")
    ('Færre innleggelser', 'nb')
    >>> Text.model_validate({"nb": "gevinst", "en": "benefit"}).in_language("en", first="nb")
    ('benefit', 'en')
    """

    plain: Line | None = None
    nb: Line | None = None
    nn: Line | None = None
    en: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"plain": value}
        if isinstance(value, dict):
            if "plain" in value:
                raise PydanticCustomError("text_language", "use nb, nn or en", {})
            if not value:
                raise PydanticCustomError("text_empty", "at least one language", {})
            return value
        raise PydanticCustomError("text_type", "text expected", {})

    def in_language(self, language: Language, *, first: Language) -> tuple[str, Language]:
        """Return the text and the language it is in: the one asked for, else the project's first, else any.

        Parameters
        ----------
        language
            The language wanted.
        first
            The project's first language, which a plain text is in.
        """
        written: dict[Language, str | None] = {"nb": self.nb, "nn": self.nn, "en": self.en}
        written[first] = written[first] or self.plain
        order: tuple[Language, ...] = (language, first, "nb", "nn", "en")
        return next((text, tongue) for tongue in order if (text := written[tongue]))


class Quantity(Part):
    """A number with or without uncertainty: one of five ways to say it.

    ``value`` alone; ``low``, ``likely`` and ``high``; ``mean`` and ``se``; or ``estimate``, ``low`` and ``high`` of a
    published 95 % interval around it (``ratio: true`` when it is a ratio, and so symmetric on the logarithmic scale);
    or ``assumption``, the id of an entry under ``assumptions``. A bare number is read as ``value``.

    Examples
    --------
    >>> Quantity.model_validate(0.16).value
    0.16
    >>> Quantity.model_validate({"low": 0.1, "likely": 0.16, "high": 0.5}).form
    'low_likely_high'
    """

    value: Amount | None = None
    low: Amount | None = None
    likely: Amount | None = None
    high: Amount | None = None
    mean: Amount | None = None
    se: Positive | None = None
    estimate: Amount | None = None
    ratio: bool = False
    assumption: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: Any) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return {"value": value}
        if not isinstance(value, dict):
            raise PydanticCustomError("quantity_type", "number expected", {})
        return value

    @property
    def form(self) -> str:
        """The way it is said in: value, low_likely_high, mean_se, interval or assumption; empty when none fits."""
        names = ("value", "low", "likely", "high", "mean", "se", "estimate", "assumption")
        given = {name for name in names if self._has(name)}
        forms = {
            frozenset({"value"}): "value",
            frozenset({"low", "likely", "high"}): "low_likely_high",
            frozenset({"mean", "se"}): "mean_se",
            frozenset({"estimate", "low", "high"}): "interval",
            frozenset({"assumption"}): "assumption",
        }
        return forms.get(frozenset(given), "")

    def _has(self, name: str) -> bool:
        return getattr(self, name) is not None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        self._check_form()
        middle = self.likely if self.likely is not None else self.estimate
        if self.low is not None and self.high is not None and middle is not None:
            strict = self.estimate is not None
            inside = self.low < middle < self.high if strict else self.low <= middle <= self.high
            if not inside or self.low == self.high:
                raise PydanticCustomError("quantity_order", "low, likely, high in order", {})
            if self.ratio and self.low <= 0:
                raise PydanticCustomError("quantity_ratio", "a ratio is above zero", {})
        return self

    def _check_form(self) -> None:
        if not self.form:
            raise PydanticCustomError("quantity_form", "one way to say a number", {})
