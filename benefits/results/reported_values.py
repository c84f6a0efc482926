"""Values measured or reported outside the data, and how far each lies from the baseline, as Values."""

from __future__ import annotations

from benefits.project.benefit import Benefit, Measurement
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.project.reported import Correction
from benefits.results.values import Values
from benefits.results.verdicts.yardstick import yardstick


def add_measurements(project: Project, benefit: Benefit, values: Values, *, limit: int) -> None:
    """Add each value as ``benefit.<id>.measurement.<number>``, and what is behind it as the same with ``.n``.

    A value of fewer persons than the limit is hidden, for with so few it may tell of one.
    """
    if benefit.indicator is None:
        return
    for at, one in enumerate(benefit.measurements):
        few, id = of_few(one, limit=limit), f"benefit.{benefit.id}.measurement.{at}"
        values.add(
            id,
            None if few else one.value,
            low=None if few else one.low,
            high=None if few else one.high,
            unit=benefit.indicator.unit,
            per=benefit.indicator.per,
            basis="measured",
            grade=one.grade,
            source=project.said(one.source),
            suppressed=few,
        )
        if one.n is not None:
            values.add(f"{id}.n", None if few else one.n, unit="count", suppressed=few)


def add_changes(project: Project, freeze: Freeze | None, values: Values) -> None:
    """Add how far each value lies from the baseline, as ``benefit.<id>.measurement.<number>.change``: no effect.

    The baseline is the frozen one where there is one. Nothing is added without a baseline, or when the indicator
    counts in another unit than when it was frozen.
    """
    for benefit in project.benefits:
        held = yardstick(project, benefit, freeze)
        if benefit.indicator is None or held.baseline is None or held.indicator_changed:
            continue
        for at, one in enumerate(benefit.measurements):
            level = values[f"benefit.{benefit.id}.measurement.{at}"]
            values.add(
                f"{level.id}.change",
                None if level.suppressed else one.value - held.baseline.value,
                unit=level.unit,
                per=level.per,
                basis="measured",
                grade=one.grade,
                source=level.source,
                derived=True,
                suppressed=level.suppressed,
            )


def of_few(one: Measurement, *, limit: int) -> bool:
    """Whether a value is of so few that it is hidden.

    Examples
    --------
    >>> from datetime import date
    >>> from benefits.project.fields import Text
    >>> one = Measurement(date=date(2025, 6, 30), value=0.5, n=4, grade="reported", source=Text(nb="Leder"))
    >>> of_few(one, limit=5), of_few(one, limit=1)
    (True, False)
    """
    return one.n is not None and 0 < one.n < limit


def add_corrections(project: Project, corrections: tuple[Correction, ...], values: Values, *, limit: int) -> None:
    """Add the value that was told first and the one that stands, as ``correction.<number>.before`` and ``.after``.

    Both are hidden when either is of few persons.
    """
    for at, correction in enumerate(corrections):
        indicator = next(one.indicator for one in project.benefits if one.id == correction.benefit)
        assert indicator is not None, "no value is read without one"
        few = any(of_few(one, limit=limit) for one in (correction.old, correction.new))
        for name, one in (("before", correction.old), ("after", correction.new)):
            values.add(
                f"correction.{at}.{name}",
                None if few else one.value,
                unit=indicator.unit,
                per=indicator.per,
                basis="measured",
                grade=one.grade,
                source=project.said(one.source),
                suppressed=few,
            )
