"""How long citizens' data is kept (opbevaring): dated rules, and the day from which something may go."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from styr.kernel.codes import DanishCode

if TYPE_CHECKING:
    from collections.abc import Iterable


class RequestState(DanishCode):
    """How far an access request has come."""

    QUEUED = "queued", "i kø"
    WORKING = "working", "samles"
    READY = "ready", "klar"
    FAILED = "failed", "mislykket"
    DELETED = "deleted", "slettet igen"


class CaseKind(DanishCode):
    """What a retention rule is about; a citizen's is the one that keeps longest."""

    ADULT = "adult", "sag efter serviceloven"
    CHILD = "child", "sag efter barnets lov"
    NONE = "none", "borger uden sag"
    INVOICE = "invoice", "regnskabsbilag"


class ErasureState(DanishCode):
    """How far an erasure has come."""

    PROPOSED = "proposed", "foreslået"
    ARCHIVED = "archived", "afleveret"
    APPROVED = "approved", "godkendt af to"
    ERASED = "erased", "slettet"
    CANCELLED = "cancelled", "opgivet"


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """A rule: so many years after the case's end; `own` is the municipality's, else it came with the program."""

    case_kind: CaseKind
    name: str
    years: int
    archived: bool
    valid_from: date
    basis: str
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides when one citizen's data may go; None where it has not happened.

    `open` means that a grant or contract still runs. `last_end` is the latest day on which a grant or contract ended
    (exclusive), `last_invoice` the latest day an invoice covers or was issued.
    """

    kind: CaseKind
    open: bool
    last_end: date | None
    last_invoice: date | None
    gone_on: date | None


def shipped_rules() -> tuple[KeepingRule, ...]:
    """The rules that come with the program; each says where it is from, and to check it."""
    text = (files("styr.people") / "reference" / "retention_rules.csv").read_text(encoding="utf-8")
    return tuple(
        KeepingRule(
            case_kind=CaseKind(row["case_kind"]),
            name=row["name"],
            years=int(row["years"]),
            archived=row["archived"] == "ja",
            valid_from=date.fromisoformat(row["valid_from"]),
            basis=row["basis"],
            source=row["source"],
        )
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    )


def rules_on(day: date, own: Iterable[KeepingRule]) -> dict[CaseKind, KeepingRule]:
    """The rule of each kind that holds on a day: the municipality's latest, else the program's latest."""
    found: dict[CaseKind, KeepingRule] = {}
    for rule in sorted((*shipped_rules(), *own), key=lambda rule: (rule.own, rule.valid_from)):
        if rule.valid_from <= day:
            found[rule.case_kind] = rule
    return found


def due_on(facts: CaseFacts, rules: dict[CaseKind, KeepingRule]) -> date | None:
    """The first day on which the citizen may be erased; None while something runs or nothing has ended.

    The case's own years run from its end. The vouchers' years run from the end of the year they belong to, and the
    later of the two decides: a citizen cannot go before the accounts that name them.
    """
    if facts.open:
        return None
    days = []
    ended = facts.gone_on if facts.kind is CaseKind.NONE else facts.last_end
    if ended is None:
        return None
    days.append(years_after(ended, rules[facts.kind].years))
    if facts.last_invoice is not None:
        days.append(date(facts.last_invoice.year + 1 + rules[CaseKind.INVOICE].years, 1, 1))
    return max(days)


def years_after(day: date, years: int) -> date:
    """The same date some years later; 29 February becomes 1 March in a year without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
