"""What the plan expected without the service when it was frozen: where a way to a target begins may not be moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from benefits.economics import Input
from benefits.economics.expected_rate import rate_name
from benefits.economics.inputs import inputs as read_inputs
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.project.money import Assumption
from benefits.reference.evidence import Evidence
from benefits.reference.values import Library
from benefits.results.values import Values


def as_frozen(
    project: Project,
    inputs: Mapping[str, Input],
    *,
    freeze: Freeze | None,
    library: Library,
    evidence: Mapping[str, Evidence],
    on: date,
    values: Values,
) -> Mapping[str, Input]:
    """Return the assumptions as a frozen plan has them, and add ``verdict.<benefit>.without`` where one was moved.

    Parameters
    ----------
    project, inputs
        As they are now.
    freeze
        The plan the follow-up is held to; None, or of before this was frozen, leaves all as it is.
    library, evidence, on
        As the assumptions were read with.
    values
        Where the numbers are added.
    """
    kept: dict[str, Assumption] = {}
    for benefit in project.benefits:
        whole = freeze.plan["benefits"].get(benefit.id, {}).get("without") if freeze is not None else None
        name = rate_name(benefit)
        if whole is not None and name is not None:
            kept[name] = Assumption.model_validate(whole)
    if freeze is None or not kept:
        return inputs
    found, _ = read_inputs(project.model_copy(update={"assumptions": kept}), library=library, evidence=evidence, on=on)
    for benefit in project.benefits:
        name = rate_name(benefit)
        then, now = found.get(name or ""), inputs.get(name or "")
        if then is not None and (now is None or (now.mean, now.unit, now.per) != (then.mean, then.unit, then.per)):
            values.add(
                f"verdict.{benefit.id}.without",
                then.mean,
                low=then.low,
                high=then.high,
                unit=then.unit,
                per=then.per,
                basis="expected",
                grade=then.grade,
                source=freeze.file,
            )
    return {**inputs, **found}
