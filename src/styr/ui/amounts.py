"""Amounts as a page writes them: whole kroner to look at, with their øre where the page's table becomes a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from styr.kernel.danish import danish_number, kroner

_FOR_A_FILE: ContextVar[bool] = ContextVar("amounts_for_a_file", default=False)


@contextmanager
def to_the_ore() -> Iterator[None]:
    """Let the amounts and shares of what is drawn meanwhile keep what a page rounds away."""
    token = _FOR_A_FILE.set(True)
    try:
        yield
    finally:
        _FOR_A_FILE.reset(token)


def whole_kroner(ore: int) -> str:
    """Whole kroner, "1.234.567 kr."; for a file with øre, "1.234.567,49 kr."."""
    return kroner(ore, whole=not _FOR_A_FILE.get())


def deviation(ore: int | None) -> str:
    """A deviation with its sign, "+312.000 kr."; a dash where there is none to tell."""
    if ore is None:
        return "–"
    return f"+{whole_kroner(ore)}" if ore > 0 else whole_kroner(ore).replace("-", "−")


def percent(share: float) -> str:
    """A share between 0 and 1 as "93,4 %"; for a file with four decimals more."""
    if _FOR_A_FILE.get():
        return f"{danish_number(round(share * 100, 5))} %"  # type: ignore[arg-type]  # a Decimal or a float
    return f"{share * 100:.1f} %".replace(".", ",").replace("-", "−")
