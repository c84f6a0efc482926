"""The numbers of a baseline worked out from data, of its units, and of what the chosen return to by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benefits.measurement import Check, RateOptions, barnett, expected_drop
from benefits.measurement.baselines.adjusted_baseline import peak_months
from benefits.measurement.baselines.baseline_figure import BaselineFigure
from benefits.measurement.baselines.regression_to_the_mean import check as regression_check
from benefits.project.benefit import Baseline, Benefit, Selection
from benefits.project.model import Project
from benefits.results import pools as pooling
from benefits.results.adjusted_baselines import YEAR, adjusted_baseline, by_rate, left_out_within, months_of
from benefits.results.baselines import EVENTS, WorkedOut, gap_months
from benefits.results.estimate_values import CHECK_UNITS
from benefits.results.limits import LIMIT
from benefits.results.values import Values
from benefits.vocabulary import Exposure, Unit

TEN_THOUSAND = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfBaseline:
    """One unit (a kommune, a referral area): its name and the prefix of its values."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBaseline:
    """A baseline as reports show it: what was worked out, everything looked at, and its units."""

    found: WorkedOut
    checks: tuple[Check, ...]
    units: tuple[UnitOfBaseline, ...]


def add_baseline_values(
    project: Project, found: Iterable[WorkedOut], values: Values, *, limit: int = LIMIT
) -> dict[str, ShownBaseline]:
    """Add what stands behind each baseline, and return what to show of it, by benefit.

    ``benefit.<id>.baseline`` itself is added with the plan's other numbers. Where the plan declares a rule of
    selection, ``.adjusted`` is what the chosen return to by themselves: the one that later sums may multiply by.

    Parameters
    ----------
    project
        With its baselines put in.
    found
        What data gave.
    limit
        Smallest number of events of a unit that may be shown.
    """
    by_id = {one.benefit: one for one in found}
    shown: dict[str, ShownBaseline] = {}
    for benefit in project.benefits:
        if benefit.baseline is None or benefit.indicator is None:
            continue
        worked = by_id.get(benefit.id, WorkedOut(benefit=benefit.id, data=None))
        checks = _checks(project, benefit.baseline, worked)
        _add_figure(benefit, worked, values)
        _add_adjusted(project, benefit, benefit.baseline, worked, values)
        _add_checks(benefit, checks, values)
        units = _add_units(project, benefit, worked, values, limit)
        if worked.data is not None or checks:
            shown[benefit.id] = ShownBaseline(found=worked, checks=checks, units=units)
    return shown


def _add_figure(benefit: Benefit, worked: WorkedOut, values: Values) -> None:
    assert benefit.indicator is not None
    prefix, unit, per = f"benefit.{benefit.id}.baseline", benefit.indicator.unit, benefit.indicator.per
    figure = worked.figure
    if worked.population is not None:
        values.add(f"benefit.{benefit.id}.selection.persons", worked.population.persons, unit="persons")
    if figure is None:
        lacking = worked.refusal.parameters if worked.refusal is not None else {}
        for name in ("lacking", "months"):
            if name in lacking:
                values.add(f"{prefix}.{name}", float(lacking[name]), unit="count")
        return
    values.add(f"{prefix}.events", figure.events, unit="count" if unit == "share" else unit, basis="measured")
    values.add(f"{prefix}.exposure", figure.exposure, unit="count", basis="measured")
    values.add(f"{prefix}.measurements", figure.measurements, unit="count")
    values.add(f"{prefix}.months", figure.months, unit="months")
    if figure.lacking:
        values.add(f"{prefix}.lacking", figure.lacking, unit="months")
    if figure.sd is not None:
        values.add(f"{prefix}.sd", figure.sd, unit=unit, per=per, basis="measured")
    if figure.dispersion is not None:
        values.add(f"{prefix}.dispersion", figure.dispersion, unit="ratio", basis="measured")
    if worked.stated is not None:
        values.add(f"{prefix}.stated", worked.stated, unit=unit, per=per, basis="measured", grade="reported")
        difference = figure.value - worked.stated
        values.add(f"{prefix}.stated.difference", difference, unit=unit, per=per, derived=True)
    both = figure.with_abnormal
    if both is not None:
        values.add(f"{prefix}.left_out", len(figure.left_out), unit="months")
        values.add(
            f"{prefix}.with_abnormal", both.value, low=both.low, high=both.high, unit=unit, per=per, basis="measured"
        )


def _add_adjusted(project: Project, benefit: Benefit, said: Baseline, worked: WorkedOut, values: Values) -> None:
    """What the chosen return to by themselves, by the spread in the population; only where the plan says enough."""
    rule, indicator = said.selection, benefit.indicator
    if rule is None or indicator is None or said.value is None:
        return
    months, moved = months_of(said, rule, worked), adjusted_baseline(project, benefit, worked)
    if by_rate(benefit) and not moved:
        return
    if moved and not by_rate(benefit):
        _add_expected_move(benefit, rule, values)
    if moved:
        values.add(
            f"benefit.{benefit.id}.baseline.adjusted",
            moved["value"],
            low=moved.get("low"),
            high=moved.get("high"),
            unit=indicator.unit,
            per=indicator.per,
            basis="expected",
            grade="assumed",
            source=project.said(rule.source),
            derived=True,
        )
    drop = expected_drop(_options(rule), months_before=months) if months is not None else None
    if drop is not None and indicator.unit in EVENTS:
        values.add(f"benefit.{benefit.id}.baseline.expected_drop", drop, unit="share", grade="assumed", derived=True)


def _add_expected_move(benefit: Benefit, rule: Selection, values: Values) -> None:
    """How far the mean of those beyond the cut-off is expected to move back, on either side."""
    assert benefit.indicator is not None
    known = (rule.population_mean, rule.population_sd, rule.correlation, rule.cutoff)
    mean, sd, correlation, cutoff = known
    if mean is None or sd is None or correlation is None or cutoff is None:
        return
    moved = barnett(
        mean=mean,
        sd=sd,
        correlation=correlation,
        cutoff=cutoff,
        measurements=rule.measurements or 1,
        tail="upper" if benefit.indicator.direction == "lower_is_better" else "lower",
    )
    unit, per = benefit.indicator.unit, benefit.indicator.per
    id = f"benefit.{benefit.id}.baseline.expected_move"
    values.add(id, moved, unit=unit, per=per, grade="assumed", derived=True)


def _checks(project: Project, said: Baseline, worked: WorkedOut) -> tuple[Check, ...]:
    """Those of the figure, and whether the chosen may improve by themselves."""
    figure, rule = worked.figure, said.selection
    checks = list(figure.checks) if figure is not None else []
    if worked.peak is not None and (rule is not None or worked.peak.passed is not None):
        checks.append(worked.peak)
    if rule is None and (worked.peak is None or worked.peak.passed is not False):
        return tuple(checks)
    peak = worked.peak or Check(code="peak_before_start", passed=None)
    options = _options(rule) if rule is not None else RateOptions()
    months = months_of(said, rule, worked) or YEAR
    checks.append(regression_check(options, peak=peak, months_before=months))
    if rule is not None and figure is not None:
        checks.append(
            peak_months(
                window_months=rule.window_months,
                gap_months=gap_months(project, figure),
                left_out_within=left_out_within(project, figure, rule),
            )
        )
    return tuple(checks)


def _options(rule: Selection) -> RateOptions:
    return RateOptions(
        selected=True,
        selection_window_months=rule.window_months,
        selection_at_least=rule.at_least,
        population_rate=rule.population_rate,
        population_dispersion=rule.population_dispersion,
    )


def _add_checks(benefit: Benefit, checks: Iterable[Check], values: Values) -> None:
    assert benefit.indicator is not None
    unit, per = benefit.indicator.unit, benefit.indicator.per
    for check in checks:
        for name, number in check.parameters.items():
            if isinstance(number, (int, float)) and not isinstance(number, bool):
                id = f"benefit.{benefit.id}.baseline.check.{check.code}.{name}"
                if name.startswith("rate_"):
                    values.add(id, float(number), unit=unit, per=per, basis="measured")
                else:
                    values.add(id, float(number), unit=UNITS.get(name, CHECK_UNITS.get(name, "count")))


UNITS: Mapping[str, Unit] = {"dispersion": "ratio"}


def _add_units(
    project: Project, benefit: Benefit, worked: WorkedOut, values: Values, limit: int
) -> tuple[UnitOfBaseline, ...]:
    """Rates of the units, small ones hidden; one alone would follow from the sum, so the next smallest is too."""
    assert benefit.indicator is not None
    unit, own = benefit.indicator.unit, benefit.indicator.per
    by_ten_thousand = own == "inhabitant" and unit != "share"
    per: Exposure = "none" if unit == "share" else "ten_thousand_inhabitants" if by_ten_thousand else own
    scale = TEN_THOUSAND if by_ten_thousand else 1.0
    figures = {name: one for name, one in worked.units.items() if isinstance(one, BaselineFigure)}
    pools = next((one.pools for one in project.data if one.id == worked.data), {})
    hidden = _hidden(figures, unit, limit, pools)
    source = next((project.said(one.source) for one in project.data if one.id == worked.data), "")
    shown: list[UnitOfBaseline] = []
    for number, name in enumerate(worked.units, start=1):
        id = f"benefit.{benefit.id}.baseline.unit-{number:03d}"
        one = figures.get(name)
        shown.append(UnitOfBaseline(name=name, id=id))
        if one is None:
            values.add(id, None, unit=unit, per=per, reason="not_worked_out", source=source)
            continue
        out = name in hidden
        told = {"unit": unit, "per": per, "basis": "measured", "source": source, "suppressed": out}
        limits = {} if out else {end: at * scale for end in ("low", "high") if (at := getattr(one, end)) is not None}
        values.add(id, None if out else one.value * scale, **limits, **told)  # type: ignore[arg-type]
        counted: Unit = "count" if unit == "share" else unit
        values.add(f"{id}.events", None if out else one.events, unit=counted, basis="measured", suppressed=out)
        values.add(f"{id}.exposure", one.exposure, unit="count", basis="measured")
    return tuple(shown)


def _hidden(figures: Mapping[str, BaselineFigure], unit: Unit, limit: int, pools: Mapping[str, str]) -> set[str]:
    """The units that are not told of alone, by the same rule as where the areas are shown."""
    counted = unit in EVENTS or unit == "share"
    units = [
        # An amount tells of nobody by being small; that it is of few persons does.
        pooling.Unit(name=name, count=one.events if counted else limit, exposure=one.exposure, persons=one.n)
        for name, one in figures.items()
    ]
    rows = pooling.rows_of(units, pools=pools, limit=limit, share=unit == "share")
    return {name for row in rows if row.hidden or row.members for name in row.members or (row.name,)}
