"""All rules a project must keep once its file can be read; each says what it checks in its first line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benefits.project import rules_arena as arena
from benefits.project import rules_assumptions as assumptions
from benefits.project import rules_avoided as avoided
from benefits.project import rules_baseline as baseline
from benefits.project import rules_baseline_data as baseline_data
from benefits.project import rules_data as data
from benefits.project import rules_files as files
from benefits.project import rules_flows as flows
from benefits.project import rules_follow_up as follow_up
from benefits.project import rules_layers as layers
from benefits.project import rules_ledger as ledger
from benefits.project import rules_measuring as measuring
from benefits.project import rules_money as money
from benefits.project import rules_parties as parties
from benefits.project import rules_references as references
from benefits.project import rules_service as service
from benefits.project import rules_staff as staff
from benefits.project import rules_status as status
from benefits.project import rules_uncertainty as uncertainty
from benefits.project import rules_worth as worth
from benefits.project.model import Project
from benefits.project.rules_common import Broken

Rule = Callable[[Project], Iterator[Broken]]

RULES: tuple[Rule, ...] = (
    references.reserved_ids,
    references.duplicate_ids,
    references.unknown_actors,
    references.unknown_assumptions,
    assumptions.instead_of_without_number,
    assumptions.growing_value_not_kroner,
    assumptions.counted_or_priced_below_zero,
    references.unknown_data,
    references.unknown_pools,
    references.unknown_services,
    references.shared_resource_ids,
    references.unknown_resources,
    references.unknown_drivers,
    references.unknown_main_indicator,
    references.unknown_benefits,
    baseline.baseline_without_value,
    baseline.baseline_with_value,
    baseline.baseline_without_reason,
    baseline.baseline_interval,
    baseline.period_backwards,
    baseline.extracted_too_early,
    baseline.baseline_after_start,
    baseline.target_before_baseline,
    baseline.measurement_interval,
    baseline_data.baseline_needs_data,
    baseline_data.baseline_data_state,
    baseline_data.baseline_without_indicator,
    baseline_data.baseline_without_end,
    baseline_data.baseline_window_twice,
    baseline_data.until_after_start,
    baseline_data.abnormal_backwards,
    status.realised_without_authority,
    status.realised_without_documentation,
    status.measured_without_measurement,
    status.quality_not_confirmed,
    measuring.measurement_without_indicator,
    measuring.method_without_indicator,
    measuring.data_per_differs,
    measuring.also_repeats,
    measuring.duplicate_date,
    ledger.ledger_count_falls,
    ledger.ledger_reasons_above_ended,
    ledger.ledger_amount_without_time,
    follow_up.ends_before_start,
    follow_up.follow_up_before_start,
    follow_up.follow_up_twice,
    follow_up.measured_backwards,
    follow_up.reported_too_early,
    flows.transfer_same_actor,
    flows.transfer_wrong_actor,
    flows.copayment_for_admissions,
    flows.copayment_without_exempt,
    flows.exempt_without_copayment,
    flows.reimbursement_without_payer,
    money.funding_same_actor,
    money.share_outside,
    money.shares_above_one,
    money.effect_not_positive,
    layers.shares_with_action_above_one,
    layers.replacement_wrong_actor,
    layers.replacement_said_twice,
    layers.replacement_below_zero,
    layers.relatives_as_staff,
    layers.relatives_in_kroner,
    money.counted_twice,
    avoided.event_in_other_unit,
    avoided.expected_said_twice,
    avoided.study_is_whole,
    avoided.study_id_taken,
    avoided.unknown_evidence,
    money.cost_years_backwards,
    money.cost_said_twice,
    uncertainty.correlated_alone,
    uncertainty.correlated_twice,
    uncertainty.correlation_impossible,
    service.resource_cost,
    service.resource_capacity,
    service.service_share_outside,
    service.service_number_too_small,
    service.groups_above_one,
    service.driver_does_not_fit,
    service.fixed_cost_said,
    service.bands_in_order,
    service.equipment_residual,
    service.volume_all_zero,
    service.price_valid_backwards,
    service.services_in_a_circle,
    service.service_used_twice,
    parties.payer_and_parties,
    parties.party_twice,
    parties.party_said,
    parties.party_shares,
    parties.party_volumes,
    staff.full_time_year_hours,
    staff.profession_of_relatives,
    worth.lifetime_not_once,
    worth.residual_without_lifetime,
    worth.residual_above_price,
    worth.health_value_of_other,
    worth.health_priced_as_cost,
    worth.consequence_other_way,
    arena.arena_ids,
    arena.arena_hours,
    arena.arena_offer_empty,
    arena.facility_cost,
    arena.arena_as_percent,
    arena.arena_patients_per_unit,
    files.data_file_outside,
    data.file_or_database,
    data.table_missing,
    data.database_with_password,
    data.thousands_mark,
    data.columns_missing,
    data.data_key_unused,
    data.filter_empty,
    data.filter_bounds,
    data.period_said_twice,
    data.data_period_backwards,
    data.data_extracted_too_early,
    data.secondary_without_cohort,
    data.cohort_per,
    data.events_without_exposure,
    data.group_name_twice,
    data.groups_without_column,
)


def broken_rules(project: Project) -> Iterator[Broken]:
    """Yield every rule a project breaks, in the order of the rules.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO", "owner": {"actor": "vik"}})
    >>> [(broken.loc, broken.code) for broken in broken_rules(project)]
    [(('owner', 'actor'), 'nothing_to_refer_to')]
    """
    for rule in RULES:
        yield from rule(project)
