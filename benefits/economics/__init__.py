"""Kroner and capacity: draws, flows per actor, the three layers of an avoided cost, service prices, break-even.

``inputs.inputs`` makes a project's assumptions into distributions, ``build.flows`` makes them and the measured effects
into Flows, ``service.price`` prices a service, in a year or at a volume, ``present_value.present_value`` discounts, and
``break_even.break_even_of`` says how many events must be avoided.
"""

from benefits.economics.avoided import Layers
from benefits.economics.break_even import BreakEven
from benefits.economics.build import Built
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Flows
from benefits.economics.inputs import Input
from benefits.economics.refusals import CannotCompute, MixedFlows, SharesOutOfRange, WithoutVolume
from benefits.economics.service import ServicePrice

__all__ = [
    "BreakEven",
    "Built",
    "CannotCompute",
    "Draws",
    "FlowRow",
    "Flows",
    "Input",
    "Layers",
    "MixedFlows",
    "ServicePrice",
    "SharesOutOfRange",
    "WithoutVolume",
]
