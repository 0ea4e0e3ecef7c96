"""Use cases on results from before (historiske resultater): register one, and the register of a whole period."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.negotiations.core.codes import SavingKind
from styr.negotiations.models import PastResult
from styr.negotiations.saving import UnableToSaveError

if TYPE_CHECKING:
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.kernel.period import Period

_TOTAL: Final = "total"
NOT_ITEMISED: Final = "Ikke specificeret i kilden"


@dataclass(frozen=True, slots=True)
class PastSum:
    """A result as a source tells it; `kind` None where it names none."""

    title: str
    kind: SavingKind | None
    amount_ore: int
    contracts: int | None = None


@transaction.atomic
def register_past(*, municipality_id: UUID, results: list[PastSum], period: Period, source: str, actor: Actor) -> int:
    """Write results that a source tells of as sums, of a period; return how many. They are held against nothing.

    Raises:
        UnableToSaveError: an amount is negative, the period has no end, no source is named, one is there already, or
            the actor may not negotiate for the whole municipality.
    """
    if not may_in(user_id=actor.id, permission=Permission.NEGOTIATE, unit_id=None, on=actor.today):
        raise UnableToSaveError("Historiske resultater registreres af en, der forhandler for hele kommunen.")
    if period.end is None or not source.strip():
        raise UnableToSaveError("Skriv både periodens sidste dag og kilden.")
    if any(one.amount_ore < 0 for one in results):
        raise UnableToSaveError("Et resultat kan ikke være under 0 kr.")
    rows = [
        PastResult(
            municipality_id=municipality_id, title=one.title, kind=one.kind or "", amount_ore=one.amount_ore,
            contracts=one.contracts, starts=period.start, ends=period.end, source=source.strip(), made_by_id=actor.id,
            made_at=actor.now,
        )
        for one in results
    ]  # fmt: skip
    try:
        with transaction.atomic():
            PastResult.objects.bulk_create(rows)
    except IntegrityError as error:
        raise UnableToSaveError("Et resultat med det navn er allerede registreret.") from error
    return len(rows)


_COLUMNS: Final = {"category": "art", "effect": "virkning", "amount_dkk": "beløb"}


def read_results(text: str) -> list[PastSum]:
    """Read `art,virkning,beløb`, or the source's English names for them.

    What the total has besides its parts becomes a part that names no kind. A kind that is none of savings is kept by
    its words alone. The contracts counted in the total's own words ("121 kontrakter") stand on what is not itemised.

    Raises:
        UnableToSaveError: a column or an amount is missing, or the parts are more than the total.
    """
    head, _, body = text.strip().partition("\n")
    names = [_COLUMNS.get(name.strip().lower(), name) for name in head.split(",")]
    try:
        told = [(row["art"], row["virkning"], _ore(row["beløb"])) for row in csv.DictReader(StringIO(body), names)]
    except (KeyError, TypeError, ArithmeticError) as error:
        raise UnableToSaveError("Filen skal have kolonnerne art, virkning og beløb, med beløb i hele kr.") from error
    parts = [PastSum(effect, _kind(code), ore) for code, effect, ore in told if code != _TOTAL]
    totals = [(effect, ore) for code, effect, ore in told if code == _TOTAL]
    if not totals:
        return parts
    words, ore = totals[0]
    rest = ore - sum(one.amount_ore for one in parts)
    if rest < 0:
        raise UnableToSaveError("Delene er tilsammen mere end totalen.")
    return [*parts, PastSum(f"{NOT_ITEMISED}: {words}", None, rest, _contracts(words))]


def _kind(code: str) -> SavingKind | None:
    return next((kind for kind in SavingKind if code in {kind.value, kind.danish}), None)


def _ore(written: str) -> int:
    return int(Decimal(written) * 100)


def _contracts(words: str) -> int | None:
    before = words.split(" kontrakter", maxsplit=1)[0].rsplit("(", maxsplit=1)[-1].strip()
    return int(before) if before.isdecimal() and " kontrakter" in words else None
