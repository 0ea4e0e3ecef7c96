"""Money is divided and rounded by `kernel.money` and `kernel.exact` alone: `/`, `//` and `round` are banned."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import styr

PACKAGE = Path(styr.__path__[0])
CORES = sorted(
    path
    for path in [*PACKAGE.glob("*/core/**/*.py"), PACKAGE / "kernel" / "exact.py"]
    if path.is_relative_to(PACKAGE / "grants") or "import ibis" in path.read_text("utf-8")
)
"""Every module of a core that writes expressions, and all that prices grants."""


def _faults(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div | ast.FloorDiv))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "round")
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round")
    ]


@pytest.mark.parametrize("path", CORES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_core_neither_divides_nor_rounds(path: Path) -> None:
    assert _faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["a / b", "x /= 2", "round(a)", "row.amount // 3", "row.amount.round(2)"],
)
def test_the_ban_sees_what_it_bans(source: str) -> None:
    assert _faults(source) != []
