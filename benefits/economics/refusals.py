"""What the arithmetic of this room will not do: exceptions that carry a code and parameters, no sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from benefits.errors import Parameter


class CannotCompute(ValueError):
    """A sum, a split or a price that would have no meaning.

    Attributes
    ----------
    code
        Which rule stands in the way.
    parameters
        Named values that go into its sentence.

    Examples
    --------
    >>> CannotCompute("no_volume", service="dho")
    CannotCompute('no_volume (service=dho)')
    """

    def __init__(self, code: str, /, **parameters: Parameter) -> None:
        named = ", ".join(f"{name}={value}" for name, value in parameters.items())
        super().__init__(f"{code} ({named})" if named else code)
        self.code = code
        self.parameters: Mapping[str, Parameter] = MappingProxyType(parameters)


class MixedFlows(CannotCompute):
    """A total over units, over bases, or over layers that are never added."""


class SharesOutOfRange(CannotCompute):
    """A share below zero, or a cash and a staff share that together are more than the whole."""


class WithoutVolume(CannotCompute):
    """A price per patient where there are no patients."""
