"""How sure it is, for the analyst: what moves the answer most, two numbers at once, and what knowing more is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from benefits.economics import CannotCompute
from benefits.economics.sensitivity.global_indices import sobol
from benefits.economics.sensitivity.information import value_of_information
from benefits.economics.sensitivity.model import SOCIETY, Model
from benefits.economics.sensitivity.tornado import tornado
from benefits.economics.sensitivity.two_way import two_way
from benefits.project.scalars import unusable_number
from benefits.report.explore.held import with_held
from benefits.report.explore.mistakes import CannotSay
from benefits.report.explore.names import net_name, number_names, plain
from benefits.report.voice import Voice
from benefits.results import Results

if TYPE_CHECKING:
    import pandas as pd

REFUSALS = (
    "cannot_compute_everywhere",
    "correlated_inputs",
    "impossible_changes",
    "input_without_spread",
    "no_decision",
    "nothing_uncertain",
    "same_input",
    "too_few_draws",
    "unknown_actor",
    "unknown_analysis",
    "unknown_input",
    "values_not_numbers",
)
"""Why there may be no answer; ``explore.cannot.<code>`` in the catalogues."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence a notebook shows as it stands."""

    words: str

    def __repr__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyses:
    """Each answer as a frame, on the numbers as they are set. Net is kroner of the price year over all years.

    Every one raises ``CannotSay``, in words, when there is no answer.
    """

    usual: Model
    changes: Mapping[str, float]
    results: Results
    voice: Voice

    @property
    def model(self) -> Model:
        """The calculation with the changed numbers held."""
        return with_held(self.usual, self.changes)

    def tornado(self, actor: str = SOCIETY) -> pd.DataFrame:
        """Return the numbers that move the net of an actor, the widest first: mean net at each end of its interval.

        ``low`` and ``high`` are the ends of the number itself, ``net_at_low`` and ``net_at_high`` the net there.
        """
        import pandas as pd

        self._can_be_asked(actor)
        bars = tornado(self.model).get(actor)
        if not bars:
            raise self._said(CannotCompute("nothing_uncertain", actor=actor))
        called = self._called(tuple(bar.name for bar in bars))
        rows = [
            {
                "number": called[bar.name],
                "low": bar.at_low,
                "high": bar.at_high,
                "net_at_low": bar.low,
                "net_at_high": bar.high,
            }
            for bar in bars
        ]
        return pd.DataFrame(rows, index=pd.Index([bar.name for bar in bars], name="name"))

    def two_way(
        self,
        first: str = "",
        second: str = "",
        *,
        actor: str = SOCIETY,
        first_values: Sequence[float] = (),
        second_values: Sequence[float] = (),
    ) -> pd.DataFrame:
        """Return the mean net of an actor over a grid: one row per value of the first number, a column per the second.

        Without values it is five steps over the interval of each; without names the two that move the net most.
        """
        import pandas as pd

        self._can_be_asked(actor)
        if not all(map(_finite, (*first_values, *second_values))):
            raise self._said(CannotCompute("values_not_numbers"))
        chosen = [one for one in (first, second) if one]
        if len(chosen) < 2:
            chosen += [name for name in self.tornado(actor).index if name not in chosen]
        if len(chosen) < 2:
            raise self._said(CannotCompute("nothing_uncertain", actor=actor))
        first, second = chosen[:2]
        others = {name: value for name, value in self.changes.items() if name not in {first, second}}
        model = with_held(self.usual, others)
        found = self._asked(
            lambda: two_way(model, first, second, actor=actor, first_values=first_values, second_values=second_values)
        )
        rows, columns = (
            pd.Index(values, name=name) for values, name in ((found.first_values, first), (found.second_values, second))
        )
        return pd.DataFrame(found.net, index=rows, columns=columns)

    def information(self, actor: str = SOCIETY) -> pd.DataFrame:
        """Return what more knowledge could be worth to an actor who decides whether to go on, in kroner.

        The first row, ``everything``, is of knowing all numbers; the others of knowing one. It is a ceiling.
        """
        import pandas as pd

        self._can_be_asked(actor)
        found = self._asked(lambda: value_of_information(self.model, actor=actor))
        called = self._called(tuple(found.evppi))
        everything = {
            "name": "everything",
            "number": plain(self.voice.say("explore.everything")),
            "worth": found.evpi,
        }
        rows = [
            everything,
            *({"name": name, "number": called[name], "worth": worth} for name, worth in found.evppi.items()),
        ]
        return pd.DataFrame(rows).set_index("name")

    def indices(self, actor: str = SOCIETY) -> pd.DataFrame:
        """Return the share of the variance of the net each number accounts for: by itself, and with all it does."""
        import pandas as pd

        self._can_be_asked(actor)
        found = self._asked(lambda: sobol(self.model, actor=actor))
        called = self._called(tuple(one.name for one in found))
        rows = [{"name": one.name, "number": called[one.name], "first": one.first, "total": one.total} for one in found]
        return pd.DataFrame(rows).set_index("name")

    def show(self, name: str, *of: str, actor: str = SOCIETY) -> pd.DataFrame | Said:
        """Return the answer of that name, or why there is none, for a notebook that is to go on.

        Parameters
        ----------
        name
            ``tornado``, ``two_way``, ``information`` or ``indices``.
        *of
            Of ``two_way``: the names of the two numbers.
        """
        ask: Mapping[str, Callable[..., pd.DataFrame]] = {
            "tornado": self.tornado,
            "two_way": self.two_way,
            "information": self.information,
            "indices": self.indices,
        }
        if name not in ask:
            return Said(str(self._said(CannotCompute("unknown_analysis", name=str(name), known=", ".join(ask)))))
        try:
            return ask[name](*(of if name == "two_way" else ()), actor=actor)
        except CannotSay as refused:
            return Said(str(refused))

    def _can_be_asked(self, actor: str) -> None:
        """Whether there is such an actor, and the numbers as they are set can stand together."""
        import numpy as np

        actors = (SOCIETY, *(one.id for one in self.results.project.actors))
        if actor not in actors:
            raise self._said(CannotCompute("unknown_actor", actor=str(actor), known=", ".join(actors)))
        if self.changes and any(np.isnan(net).any() for net in self.usual.nets((self.changes,)).values()):
            raise self._said(CannotCompute("impossible_changes"))

    def _called(self, names: tuple[str, ...]) -> dict[str, str]:
        return number_names(names, self.results, self.voice)

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except CannotCompute as refused:
            raise self._said(refused) from None

    def _said(self, refused: CannotCompute) -> CannotSay:
        if refused.code not in REFUSALS:
            return CannotSay(refused.code)
        words = dict(refused.parameters)
        if "actor" in words and refused.code != "unknown_actor":
            words["actor"] = net_name(str(words["actor"]), self.results, self.voice)
        return CannotSay(plain(self.voice.say(f"explore.cannot.{refused.code}", **words)))


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and not unusable_number(value)
