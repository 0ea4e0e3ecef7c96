"""How the inner loops are compiled: once, kept beside the source, and plain Python where the compiler is off."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])

# Without reference counts (`_nrt`): kernels allocate nothing, and counting each array touched
# makes them 20 times slower.
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
# Part of the name under which machine code is kept: it holds what is drawn in from the other files too,
# while numba looks at the function's own file alone.
_SOURCES = sha256(b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()[:12]


def kernel(function: _Function) -> _Function:
    """Compiles to machine code; no fast-math, so that every machine gives the same plan for a seed."""
    function.__qualname__ = f"{function.__qualname__}_{_SOURCES}"
    return cast("_Function", numba.njit(cache=True, **_OPTIONS)(function))


def inlined(function: _Function) -> _Function:
    """The same, and drawn into the caller: handing over the arrays would cost more than the work."""
    return cast("_Function", numba.njit(forceinline=True, **_OPTIONS)(function))
