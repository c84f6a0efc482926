"""What can be wrong with an input (Problem), what a plan lacks (Gap), and the exceptions that carry them.

No sentence is written here: a Problem or a Gap is a code with parameters, and the catalogues in ``benefits.language``
hold its words, so the same problem can be shown in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial as with_arguments
from typing import Any

from benefits.identity_numbers import without_national_ids

Parameter = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason why a file cannot be used.

    Attributes
    ----------
    place
        Where: ``file:line`` or ``sheet!cell``, relative to what the user named, never an absolute path.
    code
        Which rule was broken; the catalogues hold its words as ``problem.<code>`` and ``problem.<code>.remedy``.
    value
        What stood there, as the user wrote it (shortened to 80 characters); empty when nothing stood there.
    parameters
        Named values that go into the sentences.

    Notes
    -----
    A national identity number is hidden wherever it would be shown: a table without headings has one for a heading.

    Examples
    --------
    >>> problem = Problem(place="project.yaml:7", code="unknown_key", value="fase", parameters={"nearest": "phase"})
    >>> str(problem)
    'project.yaml:7: unknown_key (fase)'
    """

    place: str
    code: str
    value: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        shown = {
            name: without_national_ids(given) if isinstance(given, str) else given
            for name, given in self.parameters.items()
        }
        object.__setattr__(self, "parameters", shown)
        object.__setattr__(self, "place", without_national_ids(self.place))
        object.__setattr__(self, "value", without_national_ids(self.value))
        if len(self.value) > 80:
            object.__setattr__(self, "value", self.value[:79] + "…")

    def __str__(self) -> str:
        return f"{self.place}: {self.code}" + (f" ({self.value})" if self.value else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something a plan may lack, and what the lack costs.

    Attributes
    ----------
    code
        What is missing; the catalogues hold its words as ``gap.<code>`` and, for what it costs, ``gap.<code>.cost``.
    subject
        Id of the benefit, actor or cost the gap is about; empty when it is about the whole project.
    weight
        How much it matters, larger first: the three heaviest are named on page one.
    parameters
        Named values that go into the sentences.

    Examples
    --------
    >>> Gap(code="no_baseline", subject="g1", weight=90).code
    'no_baseline'
    """

    code: str
    subject: str = ""
    weight: int
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))


def grouped(gaps: Iterable[Gap]) -> tuple[tuple[Gap, ...], ...]:
    """Put gaps that differ in their subject only together, in the order of the first of each.

    Examples
    --------
    >>> one, two = (Gap(code="no_target", subject=id, weight=85) for id in ("g1", "g2"))
    >>> [[gap.subject for gap in group] for group in grouped([one, two, Gap(code="no_risks", weight=22)])]
    [['g1', 'g2'], ['']]
    """
    groups: dict[tuple[object, ...], list[Gap]] = {}
    for gap in gaps:
        groups.setdefault((gap.code, tuple(sorted(gap.parameters.items()))), []).append(gap)
    return tuple(tuple(group) for group in groups.values())


class BenefitsError(Exception):
    """Base of every exception this package raises for a user's mistake."""


class InvalidInput(BenefitsError):
    """A file cannot be used; carries every problem found, not only the first.

    Attributes
    ----------
    problems
        All problems, in the order of their places.
    partial
        What could be read in spite of them (a project as loaded), or None; lets a later room look for its own problems.
    """

    def __init__(self, problems: tuple[Problem, ...], *, partial: Any = None) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.partial = partial

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how it is made again in another process: an exception is else rebuilt from its message alone."""
        return with_arguments(type(self), partial=self.partial), (self.problems,)
