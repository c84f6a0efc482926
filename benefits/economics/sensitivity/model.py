"""The whole calculation as a function of its inputs: cheap enough to be asked again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.build import Built
from benefits.economics.build import flows as build_flows
from benefits.economics.draws import Draws
from benefits.economics.flows import MONEY_THAT_MOVES, Flows
from benefits.economics.inputs import LEVEL, Input
from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.stacked import Scenario, Stacked
from benefits.measurement.contract import Estimate
from benefits.project.model import Project
from benefits.reference.distributions import Distribution, Fixed
from benefits.vocabulary import Basis

SOCIETY = "society"
"""All actors together."""
DRAWS = 2_000
"""Enough for a mean and an interval on a screen."""

Change = float | Distribution | Array
"""What stands instead of an input: a number, a distribution, or draws of shape (draw,)."""
Changes = Mapping[str, Change]
NO_CHANGES: Changes = MappingProxyType({})


class Nets(Mapping[str, Array]):
    """Net kroner of each actor, and of all under ``society``: arrays of shape (scenario, draw).

    A scenario that cannot be worked out, as one with shares above the whole, is not a number throughout.
    """

    def __init__(self, by_actor: Mapping[str, Array]) -> None:
        self._by_actor = {actor: frozen(net) for actor, net in by_actor.items()}

    def __getitem__(self, actor: str) -> Array:
        return self._by_actor[actor]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_actor)

    def __len__(self) -> int:
        return len(self._by_actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What every actor is left with, as a function of the inputs.

    Parameters
    ----------
    project, inputs, estimates, exposures
        As ``build.flows`` takes them.
    draws
        Where uncertain numbers get their draws.

    Notes
    -----
    An input is named as its column of draws is: an assumption by its id, a number written in its place by the place, as
    ``cost.lead`` or ``service.dho.minutes.call``. A change of an input is a number, a distribution, which is read at
    the same probabilities, or draws. Net is cost, cash and transfers over all years in kroner of the price year, as in
    the table of actors; capacity is no part of it.

    Examples
    --------
    >>> from datetime import date
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1),
    ...     "horizon_years": 2, "costs": ({"id": "lead", "title": "L", "kind": "running", "actor": "k",
    ...     "amount": {"low": 1.0, "likely": 2.0, "high": 3.0}},)})
    >>> model = Model(project=project, inputs={}, draws=Draws(n=4))
    >>> list(model.uncertain), model.net("k", {"cost.lead": 10.0}).tolist()
    (['cost.lead'], [-20.0, -20.0, -20.0, -20.0])
    """

    project: Project
    inputs: Mapping[str, Input]
    estimates: Mapping[str, Estimate] = field(default_factory=dict)
    exposures: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    draws: Draws = field(default_factory=lambda: Draws(n=DRAWS))
    _usual: dict[str, Built] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def numbers(self) -> Mapping[str, Distribution]:
        """Every number the flows rest on that may be uncertain, by name; those that are certain too."""
        self._as_it_is()
        return self.draws.used

    @property
    def uncertain(self) -> Mapping[str, Distribution]:
        """The uncertain numbers the flows rest on, by name."""
        return {name: one for name, one in self.numbers.items() if _is_uncertain(one)}

    def built(self, changes: Changes = NO_CHANGES) -> Built:
        """Return the flows with some inputs changed, and what the plan then lacks.

        Raises
        ------
        CannotCompute
            ``unknown_input`` when there is no such input.
        """
        if not changes:
            return self._as_it_is()
        return self._run((self._scenario(changes),))

    def flows(self, changes: Changes = NO_CHANGES) -> Flows:
        """Return the flows with some inputs changed; raises as ``built``."""
        return self.built(changes).flows

    def stacked(self, scenarios: Sequence[Changes]) -> Flows:
        """Return the flows in each of some scenarios, worked out in one pass.

        The draws of the first scenario come first, then those of the next. A row that one scenario takes away is gone
        from all.

        Raises
        ------
        CannotCompute
            As ``built``.
        """
        return self._run(tuple(self._scenario(changes) for changes in scenarios)).flows

    def net(self, actor: str, changes: Changes = NO_CHANGES, *, basis: Basis = "expected") -> Array:
        """Return what an actor is left with, or all under ``society``, shape (draw,).

        An actor without any kroner has a net of nought. Raises as ``built``.
        """
        found = self.nets((changes,), basis=basis)
        return found[actor][0] if actor in found else frozen(np.zeros(self.draws.n))

    def nets(self, scenarios: Sequence[Changes], *, basis: Basis = "expected") -> Nets:
        """Return what every actor is left with in each of some scenarios, worked out in one pass.

        Parameters
        ----------
        scenarios
            The changes of each; none for the project as it is.
        basis
            What is expected, or what was measured.

        Notes
        -----
        What is decided by an input's mean, as whether a share is small enough to be cash, is decided by the mean the
        project states when there are several scenarios, and by the changed one when there is a single scenario.

        Raises
        ------
        CannotCompute
            As ``built``.
        """
        asked = tuple(self._scenario(changes) for changes in scenarios)
        usual = self._as_it_is()
        built = self._run(asked)
        if _lost_rows(built, usual):
            # One scenario that cannot be worked out takes its rows from all: each is then looked at alone.
            apart = [self._run((one,)) for one in asked]
            lost = np.array([_lost_rows(one, usual) for one in apart])
            alone = [_net_of(one.flows, usual.flows, basis, scenarios=1) for one in apart]
            found = {actor: np.concatenate([one[actor] for one in alone]) for actor in alone[0]}
            return Nets({actor: np.where(lost[:, np.newaxis], np.nan, net) for actor, net in found.items()})
        return Nets(_net_of(built.flows, usual.flows, basis, scenarios=len(asked)))

    def at_points(self, columns: Mapping[str, Array], *, actor: str = SOCIETY) -> Array:
        """Return what an actor is expected to be left with at given points, shape (point,).

        Parameters
        ----------
        columns
            Values of inputs, each of shape (point,). An input that is not among them is drawn anew at every point.
        actor
            Id; ``society`` for all together.

        Raises
        ------
        CannotCompute
            As ``built``.
        ValueError
            When the columns differ in length, or there is none.
        """
        lengths = {len(column) for column in columns.values()}
        if len(lengths) != 1:
            raise ValueError("columns of the same length are needed")
        at = replace(self, draws=Draws(n=lengths.pop(), seed=self.draws.seed))
        return at.net(actor, columns)

    def _as_it_is(self) -> Built:
        if "built" not in self._usual:
            self._usual["built"] = build_flows(
                self.project,
                inputs=self.inputs,
                estimates=self.estimates,
                draws=self.draws,
                measured_exposure=self.exposures,
            )
        return self._usual["built"]

    def _run(self, scenarios: tuple[Scenario, ...]) -> Built:
        draws = Stacked(n=self.draws.n * len(scenarios), seed=self.draws.seed, base=self.draws, scenarios=scenarios)
        # Of a single scenario also what is read off an input's mean is otherwise.
        inputs = {**self.inputs, **self._changed_inputs(scenarios[0])} if len(scenarios) == 1 else self.inputs
        return build_flows(
            self.project, inputs=inputs, estimates=self.estimates, draws=draws, measured_exposure=self.exposures
        )

    def _changed_inputs(self, scenario: Scenario) -> dict[str, Input]:
        found: dict[str, Input] = {}
        for name, change in scenario.items():
            if name not in self.inputs:
                continue
            if isinstance(change, np.ndarray):
                low, high = np.quantile(change, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
                mean = float(change.mean())
            else:
                (low, high), mean = change.interval(LEVEL), change.mean
            found[name] = replace(self.inputs[name], mean=mean, low=float(low), high=float(high))
        return found

    def _scenario(self, changes: Changes) -> Scenario:
        known = self.numbers
        for name in changes:
            if name not in known and name not in self.inputs:
                raise CannotCompute("unknown_input", name=name)
        return {name: self._column(change) for name, change in changes.items()}

    def _column(self, change: Change) -> Distribution | Array:
        if isinstance(change, np.ndarray):
            return frozen(np.broadcast_to(change, (self.draws.n,)))
        return Fixed(value=float(change)) if isinstance(change, int | float) else change


def _is_uncertain(distribution: Distribution) -> bool:
    low, high = distribution.interval(LEVEL)
    return low < high


def _lost_rows(built: Built, usual: Built) -> bool:
    """Whether rows are gone for a reason the plan as it is does not have."""
    gone = {row.key for row in usual.flows.index} - {row.key for row in built.flows.index}
    return bool(gone) and bool(set(built.gaps) - set(usual.gaps))


def _net_of(flows: Flows, usual: Flows, basis: Basis, *, scenarios: int) -> dict[str, Array]:
    """Net by actor, shape (scenario, draw); every actor the plan as it is has kroner for is there."""
    money = flows.select(unit="kroner", basis=basis, layer=MONEY_THAT_MOVES)
    actors = dict.fromkeys(
        row.actor
        for row in (*usual.index, *flows.index)
        if row.unit == "kroner" and row.basis == basis and row.layer in MONEY_THAT_MOVES
    )
    net = {actor: money.select(actor=actor).total().reshape(scenarios, -1) for actor in actors}
    return {**net, SOCIETY: money.total().reshape(scenarios, -1)} if actors else {}
