"""The part of time a follow-up looks at: a year, a third of a year (tertial) or a month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from benefits.errors import BenefitsError

_WRITTEN = re.compile(r"((?:19|20|21)\d\d)(?:T([1-3])|-(0[1-9]|1[0-2]))?")


class InvalidPeriod(BenefitsError, ValueError):
    """A period is not written as 2025, 2025T2 or 2025-03.

    Attributes
    ----------
    written
        What was written.
    """

    def __init__(self, written: str) -> None:
        super().__init__(f"{written!r}: 2025, 2025T2, 2025-03")
        self.written = written

    def __reduce__(self) -> tuple[type[InvalidPeriod], tuple[str]]:
        """Say how it is made again in another process."""
        return type(self), (self.written,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A calendar year, tertial or month.

    Attributes
    ----------
    year
        Calendar year.
    first_month, months
        Number of the first month, and how many there are: 12, 4 or 1.

    Examples
    --------
    >>> period = Period.parse("2025T2")
    >>> period.first, period.last, period.tertial, str(period.year_before)
    (datetime.date(2025, 5, 1), datetime.date(2025, 8, 31), 2, '2024T2')
    """

    year: int
    first_month: int = 1
    months: int = 12

    @classmethod
    def parse(cls, written: str | int) -> Period:
        """Read a period as it is written on the command line; a year may be a number, as papermill makes of it.

        Raises
        ------
        InvalidPeriod
            When it is none.

        Examples
        --------
        >>> Period.parse("2024-02").last
        datetime.date(2024, 2, 29)
        """
        text = str(written)
        found = _WRITTEN.fullmatch(text)
        if found is None or not text.isascii():
            raise InvalidPeriod(text)
        year, tertial, month = found.groups()
        if tertial:
            return cls(year=int(year), first_month=4 * int(tertial) - 3, months=4)
        return cls(year=int(year), first_month=int(month), months=1) if month else cls(year=int(year))

    def __str__(self) -> str:
        if self.months == 12:
            return f"{self.year}"
        return f"{self.year}T{self.tertial}" if self.months == 4 else f"{self.year}-{self.first_month:02d}"

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, self.first_month, 1)

    @property
    def last(self) -> date:
        """Last day."""
        month = self.first_month + self.months - 1
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def tertial(self) -> int:
        """Which third of the year it begins in, 1 to 3."""
        return (self.first_month - 1) // 4 + 1

    @property
    def year_before(self) -> Period:
        """The same part of the year before."""
        return Period(year=self.year - 1, first_month=self.first_month, months=self.months)
