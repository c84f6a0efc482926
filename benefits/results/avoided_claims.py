"""What a reader of avoided events must not conclude, from where their rate and their effect come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benefits.economics.expected_rate import effect_name, rate_name
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.results.model import Claim
from benefits.results.published_ranges import PublishedRange
from benefits.results.values import Values


def avoided_claims(
    project: Project, gaps: Iterable[Gap], ranges: Iterable[PublishedRange], values: Values
) -> Iterator[Claim]:
    """Yield what must not be concluded of events that are expected to be avoided.

    Parameters
    ----------
    project
        With its benefits.
    gaps
        What was told when rates and effects were worked out.
    ranges
        What is published on the same events.
    values
        Where the numbers of the sentences are.
    """
    told = {(gap.code, gap.subject) for gap in gaps}
    for benefit in project.benefits:
        rate = f"assumption.{rate_name(benefit)}"
        if ("raw_baseline_used", benefit.id) in told and rate in values:
            yield Claim(code="raw_baseline_used", benefit=benefit.id, values={"rate": rate})
        if ("assumption_is_raw_baseline", benefit.id) in told and rate in values:
            yield Claim(code="assumption_is_raw_baseline", benefit=benefit.id, values={"rate": rate})
        effect = f"assumption.{effect_name(benefit)}"
        if ("measured_effect_scaled", benefit.id) in told and effect in values:
            yield Claim(code="measured_effect_scaled", benefit=benefit.id, values={"effect": effect})
    for one in ranges:
        for _, hope in one.above[:1]:
            ids = {"hope": hope, "low": one.low, "high": one.high}
            yield Claim(code="above_published_range", benefit=one.benefit, values=ids)
