"""The one array type of this room, and how an array is made read-only."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
"""Numbers; the last axis is the draw unless something else is said."""


def frozen(values: Any) -> Array:
    """Return a read-only array of floats; the caller's array is left as it was.

    Examples
    --------
    >>> frozen([1, 2]).flags.writeable
    False
    """
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
