"""The catalogues say the same things in every language, all of it is asked for, and nothing is said outside them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache, lru_cache, partial
from itertools import product
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from benefits.command_language import WORDS_OF_CLICK
from benefits.economics import (
    benefit_lines,
    cost_lines,
    events,
    evidence_inputs,
    freed_time,
    inputs,
    marginal,
    new_activity,
    numbers,
    persistence,
    pools,
    replacements,
    staff,
    transfers,
)
from benefits.economics.budget import BudgetGroup
from benefits.economics.financing import PARTS as FINANCING
from benefits.economics.input import WorkedOutFrom
from benefits.economics.price_interval import WithoutInterval
from benefits.economics.scenarios import PassOn, Refill
from benefits.economics.sensitivity.probability import Reason as Unsure
from benefits.economics.service import ItemKind
from benefits.economics.service.gaps import WEIGHTS as SERVICE_GAPS
from benefits.economics.staff import NOT_STATED, RELATIVES
from benefits.errors import InvalidInput
from benefits.forms.reference_import import PROBLEM_CODES as IMPORT_PROBLEMS
from benefits.forms.reported_form_checks import PROBLEM_CODES as FORM_PROBLEMS
from benefits.forms.reported_form_layout import COLUMNS as FORM_COLUMNS
from benefits.forms.reported_form_layout import INPUTS as FORM_INPUTS
from benefits.language import catalogue, ready
from benefits.measurement import method, methods
from benefits.measurement.advice.caveats import CAVEATS
from benefits.measurement.advice.openings import Change
from benefits.measurement.advice.ranking import Chart
from benefits.measurement.advice.requirements import known as told_by_shape
from benefits.measurement.baselines.baseline_spread import IntervalKind
from benefits.measurement.charts.model import Assurance, RuleSet, Variation
from benefits.measurement.charts.model import Kind as ChartKind
from benefits.measurement.contract import Scale
from benefits.measurement.one_group.options import Interval
from benefits.measurement.over_time.time_options import WORDS as TIME_WORDS
from benefits.measurement.preparation import SIDES
from benefits.measurement.survey_scores import Measure
from benefits.measurement.two_groups.group_words import WORDS as GROUP_WORDS
from benefits.project import read
from benefits.project.codes import PROBLEM_CODES
from benefits.project.data import CohortColumn, DataColumn
from benefits.project.freezing import NO_FREEZE
from benefits.project.freezing import PROBLEM_CODES as FREEZE_PROBLEMS
from benefits.project.gaps import GAP_CODES
from benefits.project.model import LedgerRow, Milestones, Participation
from benefits.project.own_references import PROBLEM_CODES as REFERENCE_PROBLEMS
from benefits.project.portfolio_rules import PORTFOLIO_CODES
from benefits.project.reported import PROBLEM_CODES as REPORT_PROBLEMS
from benefits.project.service import TaskTime
from benefits.report import KINDS
from benefits.report.avoided_cost_page import MOVES as MOVES_ON_PAGE_ONE
from benefits.report.avoided_cost_page import UNITS as FREED_UNITS
from benefits.report.explore.analyses import REFUSALS as CANNOT_SAY
from benefits.report.sections import price_lacks, price_service, price_split, service
from benefits.report.sections.avoided import COUNTED
from benefits.report.sections.early import OTHERWISE
from benefits.report.sections.estimates import IN_ORDER_OTHERWISE
from benefits.report.sections.layers import FREED, PRESETS
from benefits.report.sections.measuring import COLUMNS as ADVICE_COLUMNS
from benefits.report.sections.replacements import NAMES as REPLACED_NAMES
from benefits.report.sections.service_cost import LACKS, OVER_TIME
from benefits.results import expected_rates, measured_effects, published_ranges
from benefits.results.arena.gaps import WEIGHTS as ARENA_GAPS
from benefits.results.baselines import WEIGHTS as BASELINE_GAPS
from benefits.results.capacity_values import CAPACITY
from benefits.results.comparison.model import CAUSES, NO_BRIDGE
from benefits.results.comparison.model import FATES as SINCE_FATES
from benefits.results.data_request import FILTERS, Because, Kind, Lack, Otherwise, Why
from benefits.results.deviations import CODES as DEVIATIONS
from benefits.results.explain.explainer import KINDS as EXPLAINED
from benefits.results.explain.rows import WEIGHTS as WEIGHTS_OF_ROWS
from benefits.results.plan_bridge import CAUSES as PLAN_CAUSES
from benefits.results.plan_bridge import REASONS as NO_PLAN_BRIDGE
from benefits.results.portfolio.model import DatedBy
from benefits.results.portfolio.sums import REASONS as LEFT_OUT
from benefits.results.portfolio.sums import SUMMED
from benefits.results.portfolio.table import COLUMNS, MOVES
from benefits.results.price.gaps import NO_SERVICE, UNUSABLE_SERVICE
from benefits.results.price_interval import KINDS as PRICE_KINDS
from benefits.results.quality_values import FATES, OF_FEW
from benefits.results.sensitivity import WEIGHTS as SENSITIVITY_GAPS
from benefits.results.service.early_signs import STATES as EARLY_STATES
from benefits.results.service.ledger_gaps import WEIGHTS as LEDGER_GAPS
from benefits.results.staff_values import ALL as ALL_PROFESSIONS
from benefits.results.staff_values import NAMES as STAFF_NAMES
from benefits.results.staff_values import UNITS as STAFF_UNITS
from benefits.results.tables import COLUMNS as TABLE_COLUMNS
from benefits.results.tables import TABLES
from benefits.results.tax_values import WEIGHTS as TAX_GAPS
from benefits.results.verdicts.realised import LACKING, REALISED
from benefits.results.verdicts.rules import REASONS, VERDICTS
from benefits.vocabulary import (
    ActorKind,
    Anchoring,
    BaselineState,
    Basis,
    BenefitType,
    Category,
    Condition,
    Consequence,
    CostKind,
    Direction,
    EventKind,
    Exposure,
    Extent,
    FundingSource,
    Grade,
    Group,
    HealthRegion,
    Horizon,
    Importance,
    InnovationType,
    ItemState,
    Language,
    Layer,
    LedgerMeasure,
    Level,
    Lifecycle,
    PatientCategory,
    Phase,
    Profession,
    RealisationForm,
    ReplacementKind,
    ReportKind,
    Shape,
    Standing,
    Theme,
    Unit,
    words,
)

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "benefits"
COMMANDS = ("cli.py", "command_input.py", "command_language.py", "form_commands.py", "method_commands.py")
COMMANDS += ("reference_commands.py",)
SPEAKERS = (*COMMANDS, "batch", "report", "forms", "language")
OTHERS = [language for language in ready() if language != "nb"]


# What the code can ask for --------------------------------------------------------------------------------------------


def string_arguments(room: str, call: str, *, position: int, keyword: str) -> frozenset[str]:
    """Every text the modules of a room give a function, by place or by name; branches and local names followed."""
    found: set[str] = set()
    for path in sorted((PACKAGE / room).rglob("*.py")):
        module = parsed(path)
        for node in module.calls.get(call, ()):
            given = [one.value for one in node.keywords if one.arg == keyword] or node.args[position : position + 1]
            for argument in given:
                found |= module.possible(argument, node) or set()
    return frozenset(found)


@lru_cache(maxsize=1)
def families() -> Mapping[str, frozenset[str]]:
    """What can stand in the place of ``{}`` in the keys that are put together as the code runs."""
    milestones = {
        f"{name}.{item}" for name, field in Milestones.model_fields.items() for item in type(field.default).model_fields
    }
    checks = string_arguments("measurement", "Check", position=0, keyword="code")
    problems = {
        *PROBLEM_CODES,
        *FREEZE_PROBLEMS,
        *REPORT_PROBLEMS,
        *REFERENCE_PROBLEMS,
        *IMPORT_PROBLEMS,
        *FORM_PROBLEMS,
        *PORTFOLIO_CODES,
        *string_arguments("report", "Problem", position=1, keyword="code"),
        *string_arguments("results", "add", position=1, keyword="code"),
        *string_arguments("results", "Problem", position=1, keyword="code"),
        *string_arguments("results", "_problem", position=9, keyword="code"),
        *string_arguments("measurement", "InvalidOption", position=0, keyword="code"),
        *string_arguments("activity", "Problem", position=1, keyword="code"),
        *string_arguments("activity", "_invalid", position=1, keyword="code"),
        *string_arguments("activity", "invalid", position=1, keyword="code"),
        *string_arguments("activity", "add", position=1, keyword="code"),
        *string_arguments("activity", "add_all", position=1, keyword="code"),
        *string_arguments("activity", "_note", position=3, keyword="code"),
    }
    gaps = {
        *GAP_CODES,
        NO_FREEZE.code,
        NO_SERVICE.code,
        UNUSABLE_SERVICE,
        *BASELINE_GAPS,
        *LEDGER_GAPS,
        *ARENA_GAPS,
        *SERVICE_GAPS,
        *TAX_GAPS,
        *SENSITIVITY_GAPS,
        *(code for room in (inputs, cost_lines, events, benefit_lines, numbers) for code in room.WEIGHTS),
        *(code for room in (transfers, persistence, pools, new_activity, freed_time, staff) for code in room.WEIGHTS),
        *(code for room in (marginal, replacements) for code in room.WEIGHTS),
        *(code for room in (evidence_inputs, expected_rates, measured_effects) for code in room.WEIGHTS),
        *published_ranges.WEIGHTS,
    }
    units = frozenset(words(Unit))
    exposures = frozenset(words(Exposure))
    codes = partial(string_arguments, "results", position=9, keyword="code")
    known = {
        "check.{}": {f"{code}.{state}" for code in checks for state in ("passed", "failed", "unknown")}
        | {"regression_to_the_mean.failed.sized"},
        "checked.name.{}": checks,
        "checked.passed.{}": IN_ORDER_OTHERWISE,
        "realised.{}": {*REALISED} - {"no"},
        "realised.lacking.{}": {*LACKING} - {""},
        "gap.{}": gaps,
        "gap.{}.cost": gaps,
        "gap.{}.any": {code for code in gaps if catalogue("nb").placeholders(f"gap.{code}")},
        "gap.{}.cost.any": {code for code in gaps if catalogue("nb").placeholders(f"gap.{code}.cost")},
        "headline.{}": codes("Headline") | headline_codes(),
        "not_claimed.{}": codes("Claim") | string_arguments("report", "Claim", position=9, keyword="code"),
        "events.column.{}": frozenset(COUNTED),
        "events.rate.{}": {*words(WorkedOutFrom), "assumption"} - {"", "measured"},
        "events.effect.{}": {"assumption", "study", "mix", "measured"},
        "events.range.{}": {"ratio", "difference"},
        "events.range.above.{}": set(published_ranges.HOPES),
        "input.{}": {*words(WorkedOutFrom)} - {""},
        "explain.is.{}": set(EXPLAINED),
        "explain.weight.{}": {*WEIGHTS_OF_ROWS, "discount_factor"},
        "explain.{}": {"enters", "minus", "one_minus"},
        "explain.distribution.{}": set(TABLE_COLUMNS["distribution"].allowed),
        "word:explain.layer": words(Layer),
        "explore.cannot.{}": set(CANNOT_SAY),
        "data_table.{}": set(TABLES),
        "data_column.{}": set(TABLE_COLUMNS),
        "sensitivity.column.{}": {"actor", "number", "range", "low", "high", "standing"},
        "sensitivity.unknown.{}": words(Unsure),
        "sources.replacement.{}": {"per_event", "unit_cost", "hours"},
        "actors.column.{}": {"cost", "cash", "transfer", "net"},
        "staff.name.{}": set(STAFF_NAMES),
        "staff.only.{}": {"freed", "used", "moved"},
        "staff.caption.{}": {f"{unit}.{basis}" for unit in STAFF_UNITS for basis in ("expected", "measured")},
        "staff.note.{}": {f"{unit}.{basis}" for unit in STAFF_UNITS for basis in ("expected", "measured")},
        "transfers.caption.{}": {"expected", "measured"},
        "matrix.row.{}": set(CAPACITY),
        "matrix.row.only.{}": {"cost", "cash", "transfer"},
        "word:profession": {*words(Profession), NOT_STATED, RELATIVES, ALL_PROFESSIONS},
        "financing_gap.column.{}": {*FINANCING, "gap"},
        "events.figure.axis.{}": frozenset(COUNTED),
        "quality.{}": {
            *string_arguments("activity", "Finding", position=9, keyword="code"),
            *string_arguments("activity", "_within", position=0, keyword="code"),
        },
        "quality.{}.few": OF_FEW,
        "quality.shape.{}": words(Shape),
        "cohort.{}": set(FATES),
        "request.lack.{}": words(Lack),
        "request.why.{}": words(Why),
        "request.otherwise.{}": words(Otherwise),
        "request.row.{}": data_request_rows(),
        "request.period.{}": words(Because),
        "request.detail.{}": words(Shape),
        "request.content.{}": {*words(DataColumn), *words(CohortColumn), FILTERS} - {"exposure"},
        "request.kind.{}": {*words(Kind)} - {"word"},
        "request.columns.{}": {"data", "cohort", "population", "name", "what", "kind", "example", "key", "note"},
        "request.mark.{}": {"semicolon", "comma", "point", "tab", "bar"},
        "price_interval.agreed.{}": {"below", "between", "above"},
        "price_interval.capacity.{}": {"provides", "pays"},
        "price_interval.column.{}": {"party", "role", "zero", "way", "low", "high", "lost"},
        "price_interval.others.{}": {"loses", "gains"},
        "price_interval.refused.{}": words(WithoutInterval),
        "price_interval.role.{}": {"provides", "pays"},
        "price_interval.way.{}": {*PRICE_KINDS} - {"capacity"},
        "scenarios.column.{}": {"pass_on", "refill"},
        "scenarios.pass_on.{}": words(PassOn),
        "scenarios.prices.same.{}": {"low", "high"},
        "scenarios.refill.{}": words(Refill),
        "settlement.column.{}": {"actor", "before", "received", "after"},
        "service_price.lack.{}": frozenset(price_lacks.KEYS),
        "service_price.fact.{}": price_service.FACTS,
        "service_price.split.column.{}": price_split.COLUMNS,
        "service_price.tasks.per.{}": words(TaskTime),
        "service_price.lack.{}.who": frozenset(price_lacks.KEYS),
        "opens.{}": {
            *string_arguments("measurement", "Refusal", position=9, keyword="what_would_open_it"),
            *string_arguments("results", "Refusal", position=9, keyword="what_would_open_it"),
            *(f"{what}_{side}" for what in ("longer", "wave") for side in SIDES),
            "more_persons",
            "statements_of_experts",
            "low_likely_high_in_order",
        },
        "refusal.{}": {
            *string_arguments("measurement", "Refusal", position=1, keyword="code"),
            *string_arguments("results", "Refusal", position=1, keyword="code"),
            *string_arguments("measurement", "_refused", position=0, keyword="code"),
            *(f"no_answers_{side}" for side in SIDES),
            *(f"nothing_{side}" for side in SIDES),
        },
        "advice.caveat.{}": CAVEATS,
        "grade.{}": words(Grade),
        "advice.column.{}": ADVICE_COLUMNS,
        "advice.compares.{}": {"before", "group", "either", "later"},
        "advice.how.{}": words(Chart),
        "advice.needs.{}": {id for id in methods() if told_by_shape(id)},
        "advice.one.{}": words(Change),
        "value_before.interval.{}": words(IntervalKind),
        "assumes.{}": {code for one in methods() for code in method(one).assumptions},
        "problem.{}": problems,
        "problem.{}.remedy": problems,
        "export.{}": string_arguments("report", "ExportFailed", position=0, keyword="code"),
        "reason.{}": {"missing", "not_finite", *string_arguments("results", "add", position=9, keyword="reason")},
        # Which of them a method gives, the tests of the methods say.
        "detail.{}": {key.removeprefix("detail.") for key in catalogue("nb").entries if key.startswith("detail.")},
        "milestone.{}": {*Milestones.model_fields, *milestones},
        "title.{}": set(KINDS),
        "portfolio.amount.{}": {*SUMMED, "minutes"},
        "portfolio.benefits.column.{}": words(Lifecycle),
        "portfolio.dated_by.{}": {*words(DatedBy), "table"},
        "portfolio.lacking.{}": COLUMNS,
        "portfolio.left_out.{}": LEFT_OUT,
        "portfolio.phase.{}": set(MOVES),
        "portfolio.region.column.{}": {"region", "rows", "rows_with_hours", "hours"},
        "portfolio.rows.column.{}": COLUMNS,
        "portfolio.sum.{}": {f"{code}.{basis}" for code in SUMMED for basis in words(Basis)},
        "early.state.{}": frozenset(EARLY_STATES),
        "service.lack.{}": frozenset(LACKS),
        "service.reason.{}": frozenset(service.REASONS),
        "service.short.{}": frozenset(service.COUNTS),
        "service.years.column.{}": frozenset(OVER_TIME),
        "early.state.{}.ceiling": frozenset(OTHERWISE),
        "about.participation.{}": set(Participation.model_fields),
        "ledger.{}": set(LedgerRow.model_fields) - {"date", "source"},
        # Among them designs a plan may name before there is a method for them.
        "design.{}": {
            *methods(),
            "interrupted_time_series",
            "control_chart",
            "matched_comparison",
            "randomised",
            "survey",
            "time_study",
            "expert_estimate",
            "reported",
        },
        "about.fact.{}": {
            "owner",
            "phase",
            "health_region",
            "theme",
            "innovation_type",
            "patient_group",
            "actors",
            "go_live",
            "horizon",
            "price_year",
            "as_of",
        },
        "form.column.{}": set(FORM_COLUMNS),
        "form.prompt.{}": {*FORM_INPUTS, "role", "day", "share", "amount", "number"} - {"value"},
        "form.prompt.title.{}": {*FORM_INPUTS, "role", "day"},
        # Which of them there must be, the tests of the schema say.
        "key.{}": {key.removeprefix("key.") for key in catalogue("nb").entries if key.startswith("key.")},
        "click.{}": set(WORDS_OF_CLICK.values()),
        # A share and a ratio carry their unit in the number.
        "unit.{}": units - {"share", "ratio"},
        "axis.{}": units,
        "per.{}": exposures,
        "group.{}": words(Group),
        "basis.{}": words(Basis),
        "standing.{}": words(Standing),
        "layer.{}.meaning": {"cash", "capacity", "not_avoided", "whole"},
        "budget.group.{}": {*words(BudgetGroup)} - {"transfer_in", "transfer_out"},
        "budget.sum.{}": {"investment", "running", "net"},
        "health.caption.{}": {"expected", "measured"},
        "layers.column.{}": {"expected", "measured"},
        "layers.freed.column.{}": {"benefit", "basis", *FREED},
        "layers.preset.{}": PRESETS,
        "replacements.column.{}": {"what", "actor", "per_event", "basis", *REPLACED_NAMES},
        "exposure.{}": exposures - {"none"},
        "option.{}": {item.name for one in methods() for item in fields(method(one).options)},
        "chart.kind.{}": words(ChartKind),
        "chart.meaning.{}": words(RuleSet),
        "chart.variation.{}": words(Variation),
        "chart.assurance.{}": words(Assurance),
        "option.value.{}": {
            *words(Scale),
            *words(Measure),
            *words(ChartKind),
            *words(RuleSet),
            *words(Interval),
            *TIME_WORDS,
            *GROUP_WORDS,
        },
        "index.kind.{}": words(ReportKind),
        "index.in.{}": words(Language),
        "word:phase": words(Phase),
        "word:health_region": words(HealthRegion),
        "word:actor_kind": words(ActorKind),
        "word:patient_category": words(PatientCategory),
        "word:theme": words(Theme),
        "word:innovation_type": words(InnovationType),
        "word:type": words(BenefitType),
        "word:category": words(Category),
        "word:realisation": words(RealisationForm),
        "word:lifecycle": words(Lifecycle),
        "word:basis": words(Basis),
        "word:grade": words(Grade),
        "word:standing": words(Standing),
        "word:direction": words(Direction),
        "word:cost_kind": words(CostKind),
        "word:horizon": words(Horizon),
        "word:replacement_kind": words(ReplacementKind),
        "word:funding_source": words(FundingSource),
        "word:level": words(Level),
        "word:ledger_measure": words(LedgerMeasure),
        "word:importance": words(Importance),
        "word:consequence": words(Consequence),
        "word:verdict": VERDICTS,
        "verdict.listed.{}": VERDICTS,
        "verdict.rule.{}": VERDICTS,
        "verdict.reason.{}": REASONS,
        "word:baseline_state": words(BaselineState),
        "deviation.what.{}": DEVIATIONS,
        "since.by.{}": {*CAUSES, "cash.all"},
        "bridge.by.{}": set(PLAN_CAUSES),
        "bridge.figure.{}": {*PLAN_CAUSES, "start", "finish"},
        "bridge.caption.{}": {"quantity", "cash"},
        "bridge.column.{}": {"line", "expected", "step", "measured"},
        "bridge.plan.lacks.{}": {"volume", "effect", "price"},
        "bridge.why.{}": set(NO_PLAN_BRIDGE),
        "compared.column.{}": {"expected", "measured", "without"},
        "money_page.unit.{}": set(FREED_UNITS),
        "money_page.kind.{}": set(MOVES_ON_PAGE_ONE),
        "money_page.{}": {"pays", "gains", "either"},
        "since.why.{}": set(NO_BRIDGE),
        "since.files.{}": set(SINCE_FATES),
        "since.count.{}": {"figures", "verdicts", "closed", "opened"},
        "since.column.{}": {"what", "old", "new", "why", "source", "benefit"},
        "word:extent": words(Extent),
        "word:anchoring": words(Anchoring),
        "word:item_state": words(ItemState),
        "word:layer": {*words(Layer), "whole"} - {"cost", "transfer"},
        "word:price_part": words(ItemKind),
        "word:event_kind": words(EventKind),
        "word:condition": words(Condition),
        "word:measure": {"odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "narrative"},
        "word:step": {"month", "quarter", "half_year", "year"},
    }
    return {skeleton: frozenset(found) for skeleton, found in known.items()}


def data_request_rows() -> frozenset[str]:
    """The rows of a request for data, as its section tells them."""
    source = (PACKAGE / "report" / "sections" / "data_request.py").read_text(encoding="utf-8")
    return frozenset(re.findall(r'^ +yield "(\w+)", ', source, flags=re.MULTILINE))


def headline_codes() -> frozenset[str]:
    """The codes of figures of a benefit, which ``headlines.py`` puts together from a kind and a basis."""
    source = (PACKAGE / "results" / "headlines.py").read_text(encoding="utf-8")
    kinds = set(re.findall(r'\(f"(\w+)\.\{basis\}"', source))
    if re.search(r'\(f"\{\w+\}\.\{basis\}"', source):
        kinds |= {"events", "hours"}
    return frozenset(f"{kind}.{basis}" for kind in kinds for basis in ("expected", "measured"))


# Reading the code -----------------------------------------------------------------------------------------------------


class Module:
    """A parsed module that can tell which texts an expression may become."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self._open: set[tuple[str, ast.AST]] = set()
        self.parents: dict[ast.AST, ast.AST] = {}
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            above = waiting.pop()
            for child in ast.iter_child_nodes(above):
                self.parents[child] = above
                waiting.append(child)
        self.calls: dict[str, list[ast.Call]] = {}
        for node in self.parents:
            if isinstance(node, ast.Call):
                self.calls.setdefault(_name(node.func), []).append(node)

    def place(self, node: ast.expr) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{node.lineno}"

    def possible(self, node: ast.expr, at: ast.AST) -> set[str] | None:
        """Every text the expression may be where it stands, or None when that cannot be read."""
        match node:
            case ast.Constant(value=str() as text):
                return {text}
            case ast.IfExp():
                return self._either((node.body, node.orelse), at)
            case ast.BoolOp():
                return self._either(node.values, at)
            case ast.BinOp(op=ast.Add()):
                return _joined([self.possible(node.left, at), self.possible(node.right, at)])
            case ast.Subscript(value=ast.Dict() as table):
                return self._either(table.values, at)
            case ast.JoinedStr():
                return _joined([self.possible(part, at) for part in node.values])
            case ast.FormattedValue():
                return self.possible(node.value, at)
            case ast.Name() if (node.id, at) not in self._open:
                self._open.add((node.id, at))
                found = self._bound(node.id, at)
                self._open.remove((node.id, at))
                return found
        return None

    def _either(self, nodes: Iterable[ast.expr], at: ast.AST) -> set[str] | None:
        found = [self.possible(node, at) for node in nodes]
        return None if any(one is None for one in found) else set().union(*(one for one in found if one is not None))

    def _bound(self, name: str, at: ast.AST) -> set[str] | None:
        found: set[str] = set()
        for scope in self._scopes(at):
            if isinstance(scope, ast.FunctionDef) and name in {
                one.arg for one in ast.walk(scope.args) if isinstance(one, ast.arg)
            }:
                return None
            bindings = list(self._bindings(name, scope))
            if not bindings:
                continue
            for binding in bindings:
                texts = self.possible(binding, scope) if isinstance(binding, ast.expr) else binding
                if texts is None:
                    return None
                found |= texts
            for addition in _augmented(name, scope):
                found |= _joined([set(found), self.possible(addition, scope)]) or set()
            return found
        return None

    def _scopes(self, at: ast.AST) -> Iterator[ast.AST]:
        """The comprehensions and functions around a place, and last the module."""
        node: ast.AST | None = at
        while node is not None:
            if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.FunctionDef, ast.Module)):
                yield node
            node = self.parents.get(node)

    def _bindings(self, name: str, scope: ast.AST) -> Iterator[ast.expr | set[str] | None]:
        if isinstance(scope, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            for loop in scope.generators:
                yield from self._from_loop(name, loop.target, loop.iter, scope)
            return
        for node in _own(scope):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and name in map(_name, targets):
                yield node.value
            elif isinstance(node, ast.For):
                yield from self._from_loop(name, node.target, node.iter, scope)

    def _from_loop(
        self, name: str, target: ast.expr, over: ast.expr, scope: ast.AST
    ) -> Iterator[ast.expr | set[str] | None]:
        names = [_name(one) for one in target.elts] if isinstance(target, ast.Tuple) else [_name(target)]
        if name not in names:
            return
        for element in self._elements(over, scope):
            if element is None:
                yield None
            elif isinstance(target, ast.Tuple):
                yield element.elts[names.index(name)] if isinstance(element, ast.Tuple) else None
            else:
                yield element

    def _assigned(self, name: str, scope: ast.AST) -> list[ast.expr | set[str] | None]:
        """What a name stands for in the nearest scope that binds it; nothing that can be told when it is added to."""
        for one in self._scopes(scope):
            if _augmented(name, one):
                return [None]
            if found := list(self._bindings(name, one)):
                return found
        return [None]

    def _elements(self, over: ast.expr, scope: ast.AST) -> Iterator[ast.expr | None]:
        """The expressions a loop goes through, as far as they are written out."""
        match over:
            case ast.Tuple() | ast.List() | ast.Set():
                for one in over.elts:
                    if isinstance(one, ast.Starred):
                        yield from self._elements(one.value, scope)
                    else:
                        yield one
            case ast.GeneratorExp() | ast.ListComp():
                yield over.elt
            case ast.Name():
                for value in self._assigned(over.id, scope):
                    yield from self._elements(value, scope) if isinstance(value, ast.expr) else (None,)
            case ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="items")):
                for value in self._assigned(table.id, scope):
                    pairs = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ()
                    yield from (ast.Tuple(elts=[key, one]) for key, one in pairs if key is not None)
                    if not pairs:
                        yield None
            case _:
                yield None


def _augmented(name: str, scope: ast.AST) -> list[ast.expr]:
    return [node.value for node in ast.walk(scope) if isinstance(node, ast.AugAssign) and _name(node.target) == name]


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope that are in no function inside it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _own(node)


def _joined(parts: list[set[str] | None]) -> set[str] | None:
    known = [part for part in parts if part is not None]
    return {"".join(one) for one in product(*known)} if len(known) == len(parts) else None


@cache
def parsed(path: Path) -> Module:
    return Module(path)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def keys_of(module: Module, node: ast.expr, at: ast.AST) -> set[str] | None:
    """Every key an argument may be: what is written out, or a family with its words; None for anything else."""
    texts = module.possible(node, at)
    if texts is not None:
        return texts
    if isinstance(node, ast.IfExp):
        both = [keys_of(module, one, at) for one in (node.body, node.orelse)]
        return None if None in both else set().union(*(one or set() for one in both))
    if isinstance(node, ast.Name):
        whole: set[str] = set()
        scope = next(one for one in module._scopes(at) if isinstance(one, (ast.FunctionDef, ast.Module)))
        for binding in module._bindings(node.id, scope):
            found = keys_of(module, binding, at) if isinstance(binding, ast.expr) else None
            if found is None:
                return None
            whole |= found
        known = {one.replace("{}", word) for one, family in families().items() for word in family}
        for addition in _augmented(node.id, scope):
            whole |= {key + more for key in whole for more in module.possible(addition, scope) or ()} & known
        return whole or None
    if isinstance(node, ast.JoinedStr):
        return _family(module, node, at)
    return None


def _family(module: Module, node: ast.JoinedStr, at: ast.AST) -> set[str] | None:
    """Words of the family with this skeleton; parts that are written out nearby are put in first."""
    parts: list[set[str]] = []
    for part in node.values:
        texts = module.possible(part, at)
        parts.append(texts if texts is not None else {"{}"})
    found: set[str] = set()
    for whole in ("".join(one) for one in product(*parts)):
        shape = re.compile(re.escape(whole).replace(r"\{\}", ".+"))
        fitting = {whole} if "{}" not in whole else {key for key in _family_keys(whole) if shape.fullmatch(key)}
        if not fitting:
            return None
        found |= fitting
    return found


def _family_keys(whole: str) -> set[str]:
    """All keys of the family the key belongs to: the one with its skeleton, else those that begin as it does."""
    same = [whole] if whole in families() else [
        one for one in families() if not one.startswith("word:") and whole.startswith(one.partition("{}")[0])
    ]  # fmt: skip
    return {one.replace("{}", word) for one in same for word in families()[one]}


Asked = tuple[str, frozenset[str], frozenset[str] | None]
"""Where, which keys, and the names of the values given (None when they cannot all be read)."""


@lru_cache(maxsize=1)
def asked_for() -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """Every call that says an entry, and the places whose key could not be read."""
    asked: list[Asked] = []
    unread: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in SPEAKERS:
            continue
        module = parsed(path)
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            found = _said(module, node)
            if found is None:
                unread.append(module.place(node))
            elif found:
                names = {one.arg for one in node.keywords if one.arg}
                plain = not isinstance(node.args[0], ast.Name) and all(one.arg for one in node.keywords)
                known = frozenset(names) if plain else None
                asked.append((module.place(node), frozenset(found), known))
    return tuple(asked), tuple(unread)


def _said(module: Module, node: ast.Call) -> set[str] | None:
    """The keys a call asks for; empty when it is another kind of call, None when they cannot be read."""
    assert isinstance(node.func, ast.Attribute)
    called, on = node.func.attr, _name(node.func.value)
    if called == "word" and len(node.args) == 2:
        kinds = module.possible(node.args[0], node) or _kinds_of_facts(module, node.args[0])
        chosen = module.possible(node.args[1], node)
        if kinds is None or any(f"word:{kind}" not in families() for kind in kinds):
            return None
        return {f"{kind}.{word}" for kind in kinds for word in (chosen or families()[f"word:{kind}"])}
    speaks = called == "say" or (called in {"text", "html"} and on in {"catalogue", "said", "_SAID"})
    inside = called in {"text", "html", "say"} and on == "self" and module.path.parent.name == "language"
    if not (speaks or inside) or not node.args:
        return set()
    if isinstance(node.args[0], ast.Name) and _passes_it_on(module, node, node.args[0].id):
        return set()
    if _is_word(module, node):
        return set()
    return keys_of(module, node.args[0], node)


def _passes_it_on(module: Module, node: ast.Call, name: str) -> bool:
    """Whether the key is the argument ``key`` of the function around: whoever calls that says it."""
    function = next(one for one in module._scopes(node) if isinstance(one, (ast.FunctionDef, ast.Module)))
    return (
        isinstance(function, ast.FunctionDef)
        and name == "key"
        and name in {one.arg for one in [*function.args.posonlyargs, *function.args.args]}
    )


def _is_word(module: Module, node: ast.Call) -> bool:
    function = next(one for one in module._scopes(node) if isinstance(one, (ast.FunctionDef, ast.Module)))
    return isinstance(function, ast.FunctionDef) and function.name == "word"


def _kinds_of_facts(module: Module, node: ast.expr) -> set[str] | None:
    """The kinds of a table of facts: the first of each pair in a dict written out in the module."""
    if not isinstance(node, ast.Name):
        return None
    kinds = {
        pair.elts[0].value
        for table in ast.walk(module.tree)
        if isinstance(table, ast.Dict)
        for pair in table.values
        if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant)
    }
    return {str(kind) for kind in kinds} or None


def keys_in_code() -> frozenset[str]:
    return frozenset(key for _, keys, _ in asked_for()[0] for key in keys)


# The same in every language -------------------------------------------------------------------------------------------


CATALOGUES = PACKAGE / "language" / "catalogues"


def _parts(language: str) -> Mapping[str, Catalog]:
    """File name -> what stands in it."""
    read = {}
    for path in sorted((CATALOGUES / language).iterdir()):
        with path.open("rb") as stream:
            read[path.name] = read_po(stream, locale=language)
    return read


def _messages(language: str) -> list[Message]:
    return [message for part in _parts(language).values() for message in part if message.id]


def _key(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def test_there_is_a_catalogue_for_bokmaal() -> None:
    assert "nb" in ready()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_entries(language: str) -> None:
    ours, theirs = catalogue("nb").entries, catalogue(language).entries
    assert sorted(set(ours) - set(theirs)) == []
    assert sorted(set(theirs) - set(ours)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_has_the_same_placeholders_and_plural_forms(language: str) -> None:
    first, other = catalogue("nb"), catalogue(language)
    shared = sorted(set(first.entries) & set(other.entries))
    assert [key for key in shared if first.placeholders(key) != other.placeholders(key)] == []
    assert [key for key in shared if isinstance(first.entries[key], str) != isinstance(other.entries[key], str)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_not_a_copy_of_bokmaal(language: str) -> None:
    first, other = catalogue("nb"), catalogue(language)
    long = [key for key, words in first.entries.items() if isinstance(words, str) and len(words.split()) > 8]
    same = [key for key in long if other.entries.get(key) == first.entries[key]]
    assert len(same) < len(long) / 20, same


@pytest.mark.parametrize("language", ready())
def test_no_id_stands_twice_in_a_language(language: str) -> None:
    """Read as text: the reader of .po files lets the last of two win."""
    texts = [path.read_text(encoding="utf-8") for path in (CATALOGUES / language).iterdir()]
    ids = [one for text in texts for one in re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_a_subject_is_in_one_file_and_the_same_in_every_language() -> None:
    places: dict[str, set[str]] = {}
    for language in ready():
        for name, part in _parts(language).items():
            for message in part:
                if message.id:
                    places.setdefault(_key(message).partition(".")[0], set()).add(name)
    assert {subject: names for subject, names in places.items() if len(names) > 1} == {}


@pytest.mark.parametrize("language", ready())
def test_every_entry_has_words_and_none_is_marked_as_doubtful(language: str) -> None:
    messages = _messages(language)
    forms = {_key(one): (one.string,) if isinstance(one.string, str) else tuple(one.string or ()) for one in messages}
    assert [key for key, words in forms.items() if not all(one.strip() for one in words)] == []
    assert [message.id for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("language", ready())
def test_every_plural_has_one_and_many_and_both_say_the_count(language: str) -> None:
    plurals = {key: forms for key, forms in catalogue(language).entries.items() if not isinstance(forms, str)}
    assert {part.num_plurals for part in _parts(language).values()} == {2}
    assert [key for key, forms in plurals.items() if len(forms) != 2] == []
    # One of something may be said of otherwise than several; whoever says it gives what either asks for.
    told_apart = {"count.benefits", "quality.missing_periods"}
    assert {key for key, forms in plurals.items() if len({_names(form) for form in forms}) > 1} <= told_apart


@pytest.mark.parametrize("language", ready())
def test_placeholders_are_plain_names(language: str) -> None:
    """A format, an attribute or a conversion in a catalogue would let a translation reach into a value."""
    bad = []
    for key, entry in catalogue(language).entries.items():
        for form in (entry,) if isinstance(entry, str) else entry:
            for _, name, format_spec, conversion in string.Formatter().parse(form):
                if name is not None and (not re.fullmatch(r"[a-z][a-z_0-9]*", name) or format_spec or conversion):
                    bad.append(key)
    assert bad == []


@pytest.mark.parametrize("language", ready())
def test_no_entry_holds_markup(language: str) -> None:
    entries = catalogue(language).entries
    assert [key for key, words in entries.items() if re.search(r"</?[a-z]+\b|&[a-z]+;", str(words))] == []


def _names(form: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(form) if name)


# Asked for and there --------------------------------------------------------------------------------------------------


def test_every_key_in_the_code_can_be_read() -> None:
    """A key put together in a new way needs a family above."""
    assert list(asked_for()[1]) == []


@pytest.mark.parametrize("language", ready())
def test_every_key_the_code_can_ask_for_has_an_entry(language: str) -> None:
    assert sorted(keys_in_code() - set(catalogue(language).entries)) == []


def test_every_entry_is_asked_for_somewhere() -> None:
    assert sorted(set(catalogue("nb").entries) - keys_in_code()) == []


def test_every_placeholder_is_given_a_value_where_the_entry_is_said() -> None:
    """``level`` is always given. A call that hands on values it was given cannot be read, and reports exercise it."""
    said = catalogue("nb")
    lacking = [
        f"{place} {key}: {', '.join(sorted(lacks))}"
        for place, keys, given in asked_for()[0]
        if given is not None and "word(" not in place
        for key in sorted(keys)
        if key in said and (lacks := said.placeholders(key) - given - {"level"})
    ]
    assert lacking == []


def test_every_broken_file_is_explained_in_whole_sentences() -> None:
    wrong = []
    files = sorted((ROOT / "tests" / "project" / "broken").glob("*.yaml"))
    for path in files:
        with pytest.raises(InvalidInput) as refused:
            read(path, shown_as="project.yaml")
        for problem, language in product(refused.value.problems, ready()):
            line = catalogue(language).problem(problem)
            begun = line.startswith(f"{problem.place}: ")
            ended = line.rstrip("»)").endswith((".", "?", "!", ":")) or problem.value
            own = line.replace(problem.value, "").replace(str(dict(problem.parameters)), "")
            filled_in = "{" not in own or "{" in str(problem.parameters)
            if not (begun and ended and filled_in):
                wrong.append((path.stem, language, line))
    assert files
    assert wrong == []


# Nothing is said outside them -----------------------------------------------------------------------------------------

TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;:]? +[^\W\d_]{2,}")
TAGS = re.compile(r"<[^<>]*>|[\w-]+=\"[^\"]*\"|\{[^{}]*\}")
OF_MATPLOTLIB = {"axes fraction", "offset points", "upper center", "upper left", "DejaVu Sans"}
TAG_NAMES = {"ol", "ul", "td", "th", "li", "p"}


def words_outside(source: str) -> list[tuple[int, str]]:
    """Line and text of every constant that would reach a reader without having stood in a catalogue."""
    tree = ast.parse(source)
    quiet = set(_documentation(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            quiet |= set(ast.walk(node))
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in quiet:
            left = TAGS.sub(" ", node.value)
            sentence = node.value not in OF_MATPLOTLIB and TWO_WORDS.search(left)
            if sentence or (re.search(r"</?\w", node.value) and re.search(r"[^\W\d_]", left)):
                found.append((node.lineno, node.value))
        if isinstance(node, ast.Call) and _name(node.func) in {"Markup", "escape"}:
            for constant in (one for argument in node.args for one in _texts(argument)):
                if constant not in TAG_NAMES and re.search(r"[^\W\d_]", TAGS.sub(" ", constant)):
                    found.append((node.lineno, constant))
    return sorted(set(found))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _texts(part)


def _documentation(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


# What makes Word and PDF names styles and writes Typst; its own tests compare every word with the page.
SAYING = [path for path in sorted((PACKAGE / "report").rglob("*.py")) if path.parent.name != "export"]


@pytest.mark.parametrize("path", SAYING, ids=lambda one: one.stem)
def test_no_words_for_a_reader_stand_in_the_code_of_reports(path: Path) -> None:
    assert words_outside(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'Paragraph(Markup("Ikke målt"))',
        'Markup("Sum")',
        'Markup("<th>Sum</th>")',
        'Markup("<p>{}</p>" if one else "ingen")',
        'caption = f"{count} gevinster i {year} er målt"',
        'axes.set_xlabel("Endring, timer")',
    ],
)
def test_words_in_code_are_found(source: str) -> None:
    assert len(words_outside(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""Docs are for the one who reads the code."""',
        'def f():\n    """Say so."""',
        'voice.say("plan.mde.too_small")',
        "Markup('<td class=\"number\">{}</td>')",
        "Markup(' data-part=\"{}\"')",
        'Markup("ol" if numbered else "ul")',
        'raise ValueError("a row has another number of cells")',
        'Markup(", ").join(names)',
    ],
)
def test_what_is_no_word_for_a_reader_is_left_alone(source: str) -> None:
    assert words_outside(source) == []


def test_the_template_of_the_page_holds_no_words_of_its_own() -> None:
    text = (ROOT / "templates" / "report" / "index.html.j2").read_text(encoding="utf-8")
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]+", re.sub(r"<[^<>]*>", " ", plain)) == []
