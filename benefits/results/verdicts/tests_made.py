"""How many tests of an effect a follow-up has made: the more there are, the likelier one of them shows what is not."""

from __future__ import annotations

from benefits.economics.inputs import LEVEL
from benefits.measurement import Estimate
from benefits.results.values import Values
from benefits.results.verdicts.verdict import Verdict


def add_tests_made(
    verdicts: tuple[Verdict, ...],
    *,
    estimates: tuple[Estimate, ...],
    compared: tuple[Estimate, ...],
    values: Values,
) -> None:
    """Add ``tests.main``, ``tests.preliminary``, ``tests.beside`` and ``tests.chance``.

    A main test is the frozen analysis of a benefit on its date of verdict, counted once for each date on which more was
    known. An analysis between dates is preliminary, and one named beside the chosen method is shown and never used.
    Intervals of checks are not counted: they are there to find fault with an effect, not to find one.

    Parameters
    ----------
    verdicts
        Where each benefit stands.
    estimates, compared
        What the chosen methods found, and those beside them.
    values
        Where the numbers are added.
    """
    of_data = {one.benefit: one for one in estimates}
    judged = [one for one in verdicts if one.benefit in of_data]
    main = sum(one.looks for one in judged)
    preliminary = sum(one.judged_on is None or _goes_on(one, of_data[one.benefit]) for one in judged)
    values.add("tests.main", main, unit="count")
    values.add("tests.preliminary", preliminary, unit="count")
    values.add("tests.beside", len(compared), unit="count")
    values.add("tests.chance", chance_of_a_false_one(main), unit="share")


def chance_of_a_false_one(tests: int, *, level: float = LEVEL) -> float:
    """Return the chance that at least one of some independent tests shows a change where there is none.

    Benefits of one service are seldom independent; then it is at most this for tests that go the same way.

    Parameters
    ----------
    tests
        How many.
    level
        Coverage of each interval.

    References
    ----------
    Šidák Z. Rectangular confidence regions for the means of multivariate normal distributions. J Am Stat Assoc
    1967;62:626-633.

    Examples
    --------
    >>> [round(chance_of_a_false_one(tests), 4) for tests in (0, 1, 5)]
    [0.0, 0.05, 0.2262]
    """
    return 1.0 - level**tests


def _goes_on(verdict: Verdict, estimate: Estimate) -> bool:
    """Whether the report's own estimate is of more than the verdict rests on."""
    return verdict.values.get("change") != f"estimate.{estimate.benefit}.{estimate.method}.effect"
