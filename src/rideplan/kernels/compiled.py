"""How the inner loops are compiled: once, kept beside the source, and plain Python where the compiler is off."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])

# Without reference counts (`_nrt`): kernels allocate nothing, and counting each array touched
# makes them 20 times slower.
_OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy", "_nrt": False}


def kernel(function: _Function) -> _Function:
    """Compiles to machine code; no fast-math, so that every machine gives the same plan for a seed."""
    return cast("_Function", numba.njit(**_OPTIONS)(function))


def inlined(function: _Function) -> _Function:
    """The same, and drawn into the caller: handing over the arrays would cost more than the work."""
    return cast("_Function", numba.njit(forceinline=True, **_OPTIONS)(function))
