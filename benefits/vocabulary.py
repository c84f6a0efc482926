"""Controlled words: every list a project file, a result or a table may choose from, and the units.

The words are plain strings (typing.Literal), so that files, JSON and code share them. ``words(Phase)`` gives a list in
its order. Their names in bokmål, nynorsk and English stand in the catalogues, as ``phase.idea``, ``grade.expert``...
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

Language = Literal["nb", "nn", "en"]
ReportKind = Literal["plan", "follow-up", "avoided-cost", "price", "data-request", "portfolio"]
PageFormat = Literal["html", "pdf", "docx"]
Phase = Literal["idea", "concept", "plan", "execute", "close", "realise", "operation"]
HealthRegion = Literal["helse_nord", "helse_midt_norge", "helse_vest", "helse_sor_ost"]
ActorKind = Literal["kommune", "hf", "rhf", "state", "gp", "patient", "relatives", "supplier", "other"]

PatientCategory = Literal[
    "children_and_young", "severe_mental_illness_or_addiction", "frail_elderly", "several_chronic_conditions", "other"
]
"""The four groups of Nasjonal helse- og samhandlingsplan 2024-2027, and others."""

Theme = Literal["organisation", "task_sharing", "working_conditions", "education", "prioritisation", "digitalisation"]
"""Areas of action of Helsepersonellkommisjonen (NOU 2023: 4 Tid for handling)."""

InnovationType = Literal["incremental", "value", "radical"]
"""The three kinds InnoMed's annual report 2024 sorts by (section 3.5)."""

BenefitType = Literal["quality", "time_saved", "avoided_cost"]
"""KS and the national programme."""

Category = Literal[
    "task_sharing", "safety_mastery_quality_of_life", "cooperation_staff_saving", "avoided_cost_specialist"
]
"""Benefit categories named in InnoMed's annual report 2024 (section 3.8); a project may write its own."""

RealisationForm = Literal["own_budget", "freed_capacity", "other_public", "not_priced"]
"""Prosjektveiviseren's four parts of the overview of benefits."""

Lifecycle = Literal["expected", "measured", "realised", "not_realised", "dropped"]
Basis = Literal["expected", "measured", "realised"]
BaselineState = Literal["measured", "estimated", "planned", "not_possible"]
Grade = Literal["assumed", "expert", "reported", "before_after", "controlled", "randomised"]
Standing = Literal["official", "study", "one_project", "convention", "assumed"]
Layer = Literal["cost", "cash", "capacity", "not_avoided", "transfer"]
Direction = Literal["lower_is_better", "higher_is_better"]
CostKind = Literal["project", "introduction", "running", "measuring", "national_fees"]
TransferKind = Literal[
    "day_price",
    "isf",
    "isf_passed_on",
    "copayment",
    "travel_reimbursement",
    "municipal_fee",
    "service_price",
    "grant",
    "other",
]
"""Money that moves between actors and is worth nothing to society; isf is state to RHF, isf_passed_on RHF to HF."""
EventKind = Literal[
    "admission",
    "bed_day",
    "outpatient",
    "emergency_department",
    "out_of_hours",
    "gp",
    "home_care",
    "short_stay",
    "journey",
]
"""What may be avoided: akuttmottak is emergency_department, legevakt out_of_hours, korttidsdøgn short_stay."""
ExpectedFrom = Literal["assumption", "comparison_group", "adjusted_baseline", "raw_baseline"]
"""Where the events expected without the service come from."""
EffectFrom = Literal["assumption", "measured"]
"""Where the effect counted in the plan comes from: an assumption or study, or the project's own measurement."""
ReplacementKind = Literal[
    "home_nursing",
    "municipal_acute_bed",
    "gp",
    "out_of_hours",
    "response_centre",
    "outpatient",
    "relatives",
    "other",
]
"""What may come instead of an event that is avoided; municipal_acute_bed is kommunal akutt døgnenhet (KAD)."""
Profession = Literal[
    "physician", "nurse", "health_care_worker", "therapist", "administrative", "technical", "other_staff"
]
"""Whose time is freed or used; health_care_worker is helsefagarbeider."""
Condition = Literal["copd", "heart_failure", "diabetes", "hypertension", "cancer", "mental_illness", "other"]
"""What the patients of a project or a study have."""
Horizon = Literal["short_run", "long_run"]
"""Of a share of cost that varies: with staff and beds as they are, or when they have had time to follow."""
GrowingValue = Literal["time", "life", "health"]
"""What a value may be of that grows in real terms."""
FundingSource = Literal["own_budget", "helseteknologiordningen", "rhf_funds", "own_contribution"]
Level = Literal["low", "medium", "high"]
Importance = Literal["small", "medium", "large"]
Extent = Literal[
    "large_negative", "medium_negative", "small_negative", "none", "small_positive", "medium_positive", "large_positive"
]
Consequence = Literal[
    "very_large_negative",
    "large_negative",
    "medium_negative",
    "small_negative",
    "none",
    "small_positive",
    "medium_positive",
    "large_positive",
    "very_large_positive",
]
"""What importance and extent come to for an effect without a price: the nine steps of the plus-minus method."""
Anchoring = Literal["not_contacted", "informed", "involved", "committed"]
ItemState = Literal["done", "started", "not_started", "not_relevant"]
DecisionState = Literal["asked", "made", "postponed"]
Shape = Literal["series", "panel", "events", "responses"]
Design = Literal[
    "before_after",
    "before_after_means",
    "before_after_shares",
    "difference_in_differences",
    "repeated_cross_sections",
    "event_study",
    "staggered_starts",
    "weighted_comparison",
    "interrupted_time_series",
    "projection",
    "control_chart",
    "matched_comparison",
    "randomised",
    "survey",
    "time_study",
    "expert_estimate",
    "reported",
]
"""Designs a plan may name as its method; those with data must be ones the package, or another one, can run."""
Group = Literal["treated", "comparison", "all"]
Audience = Literal["public", "internal"]

Unit = Literal[
    "admissions",
    "bed_days",
    "short_stay_days",
    "consultations",
    "contacts",
    "visits",
    "journeys",
    "hours",
    "minutes",
    "full_time_years",
    "persons",
    "points",
    "qaly",
    "share",
    "ratio",
    "kroner",
    "patient_months",
    "years",
    "months",
    "count",
]
Exposure = Literal[
    "none",
    "person_year",
    "person_month",
    "person",
    "patient",
    "inhabitant",
    "ten_thousand_inhabitants",
    "event",
    "year",
    "consultation",
    "contact",
    "bed_day",
    "journey",
    "kilometre",
    "drg_point",
    "full_time_month",
    "full_time_position",
    "full_time_year",
]
"""What a value is counted per; ``none`` for a plain number."""

LedgerMeasure = Literal[
    "invited",
    "accepted",
    "started",
    "active",
    "accepted_share",
    "drop_out_share",
    "alerts_per_patient_month",
    "minutes_per_patient_month",
    "cost_per_patient_month",
]
"""What the ledger of a service tells first, long before any benefit can be seen."""

EVENT_UNITS: Mapping[EventKind, tuple[Unit, ...]] = MappingProxyType(
    {
        "admission": ("admissions", "persons", "count"),
        "bed_day": ("bed_days",),
        "outpatient": ("consultations", "visits", "contacts", "count"),
        "emergency_department": ("visits", "contacts", "count"),
        "out_of_hours": ("visits", "consultations", "contacts", "count"),
        "gp": ("consultations", "contacts", "visits", "count"),
        "home_care": ("hours", "minutes", "visits"),
        "short_stay": ("short_stay_days", "count"),
        "journey": ("journeys", "count"),
    }
)
"""The units events of a kind may be counted in."""

GRADES: tuple[Grade, ...] = get_args(Grade)
"""Weakest first."""
BASES: tuple[Basis, ...] = get_args(Basis)
GROUPS: tuple[Group, ...] = get_args(Group)


def words(vocabulary: Any) -> tuple[str, ...]:
    """Return the words of one controlled list, in its order.

    Examples
    --------
    >>> words(BenefitType)
    ('quality', 'time_saved', 'avoided_cost')
    """
    return get_args(vocabulary)


def weakest(*grades: Grade) -> Grade:
    """Return the weakest of some grades: a chain is as good as its weakest link.

    Examples
    --------
    >>> weakest("controlled", "expert", "randomised")
    'expert'
    """
    return min(grades, key=GRADES.index)
