"""Which layout payment files are written in: the program's, or one of the municipality's own, from a day on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.core.payment_layout import Layout, UnusableLayoutError, layout_of
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.ledger.models import PaymentLayoutChoice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

LAYOUTS: Final = RuleTable("betalingsfiler", PaymentLayoutChoice, ("rule",), Permission.EDIT_ECONOMY)
OURS: Final = "styr"
RULE: Final = "betalingsfil"


class UnableToSetLayoutError(Refusal):
    """The layout cannot be used; the message says what is wrong with it."""


@cache
def shipped() -> dict[str, Mapping[str, Any]]:
    """The layouts that come with the program, by code; our own format is none of them."""
    text = files("styr.ledger.reference").joinpath("payment_layouts.toml").read_text(encoding="utf-8")
    return {told["code"]: told for told in tomllib.loads(text)["layout"]}


def layout_on(day: date) -> Layout | None:
    """The layout that files of a bank day are written in; None is our own format. One query."""
    rows = PaymentLayoutChoice.objects.filter(valid_from__lte=day).order_by("-valid_from")
    row = next((row for row in rows if row.valid_to is None or row.valid_to > day), None)
    if row is None or (row.code == OURS and not row.spec):
        return None
    return layout_of(read_spec(row.spec) if row.spec else shipped()[row.code])


def read_spec(text: str) -> Mapping[str, Any]:
    """The data of a layout written in TOML, held to what the program can fill in.

    Raises:
        UnableToSetLayoutError: it cannot be read, or cannot be used.
    """
    try:
        told = tomllib.loads(text)
        layout_of(told)
    except tomllib.TOMLDecodeError as wrong:
        raise UnableToSetLayoutError(f"Layoutet kan ikke læses som TOML: {wrong}.") from None
    except UnusableLayoutError as wrong:
        raise UnableToSetLayoutError(f"Layoutet kan ikke bruges: {wrong}") from None
    except (TypeError, ValueError, AttributeError) as wrong:
        raise UnableToSetLayoutError(f"En del af layoutet er ikke af den rigtige slags: {wrong}.") from None
    return told


def set_layout(  # noqa: PLR0913 - a rule's parts, by keyword
    *, municipality_id: UUID, code: str, spec: str, source: str, starts: date, actor_id: UUID, now: datetime
) -> UUID:
    """Write files in a layout from a bank day on, and return the change; files that are made stay as they are.

    Raises:
        UnableToSetLayoutError: it is none, cannot be used, or nobody says where it is from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if code != OURS and code not in shipped():
        raise UnableToSetLayoutError("Layoutet findes ikke blandt programmets.")
    if not source.strip():
        raise UnableToSetLayoutError("Skriv, hvor layoutet er afprøvet eller slået op.")
    if spec.strip():
        read_spec(spec)
    return hold_from(
        LAYOUTS,
        municipality_id=municipality_id,
        key={"rule": RULE},
        values={"code": code, "spec": spec.strip(), "source": source.strip()[:200]},
        day=starts,
        title=f"Betalingsfiler: {name_of(code, spec)}",
        actor_id=actor_id,
        now=now,
    )


def name_of(code: str, spec: str) -> str:
    """What people call a layout."""
    if spec.strip():
        return "eget layout"
    return "vores eget format" if code == OURS else str(shipped()[code]["name"])
