"""Claims between municipalities (mellemkommunale krav): raised in time, settled or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.kernel.danish import kroner
from styr.kernel.refusal import NotThere, Refusal
from styr.refunds.core.codes import ClaimState
from styr.refunds.models import MunicipalClaim, MunicipalClaimMonth

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_OPEN: Final = """
SELECT c.month, c.payer, c.unit_id, c.cost_ore - coalesce(k.claimed_ore, 0), c.due_on
FROM refunds_municipalcost c
LEFT JOIN refunds_claimed k ON k.citizen_id = c.citizen_id AND k.month = c.month AND k.payer = c.payer
WHERE c.citizen_id = %(citizen)s AND c.cost_ore <> coalesce(k.claimed_ore, 0) ORDER BY c.month, c.cost_ore, c.payer
"""
_LONGEST_NOTE: Final = 300
_NEXT: Final = "SELECT refunds_next_municipal_claim(%s)"


class UnableToRaiseError(Refusal):
    """The claim cannot be raised or changed; the message says why."""


class MunicipalClaimNotThereError(NotThere):
    """There is no such claim for the caller."""

    def __init__(self) -> None:
        super().__init__("Kravet findes ikke, eller du har ikke adgang til det.")


@transaction.atomic
def raise_claim(
    *, municipality_id: UUID, citizen_id: UUID, today: date, note: str = "", seen_ore: int | None = None
) -> UUID:
    """Raise everything that is not claimed yet for a citizen against the municipality that pays; return the claim.

    A month that cost more or less than claimed before is there with the difference; a claim below nothing is what we
    owe them back. Months of an earlier payer are claimed first, by themselves. The number is `M-2026-0001`. `seen_ore`
    is what the person was shown that the claim would come to.

    Raises:
        UnableToRaiseError: nothing is left to claim or to give back, or the last day of a month (`due_on`, itself in
            time) has passed and nobody says why it comes now, or it comes to something else than the person saw.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('municipal'), hashtext(%s))", [str(municipality_id)])
        cursor.execute(_OPEN, {"citizen": citizen_id})
        rows = cursor.fetchall()
        rows = [row for row in rows if row[1] == rows[0][1]]
        total = sum(ore for _, _, _, ore, _ in rows)
        if not rows:
            raise UnableToRaiseError("Der er ikke noget at kræve for borgeren: alt er rejst, eller intet er bogført.")
        if seen_ore not in {None, total}:
            raise UnableToRaiseError(f"Kravet er nu på {kroner(total)}, ikke det beløb, du så. Se månederne igen.")
        if not note.strip() and any(ore > 0 and due < today for _, _, _, ore, due in rows):
            raise UnableToRaiseError("Fristen er gået for en del af kravet. Skriv, hvorfor det først rejses nu.")
        cursor.execute(_NEXT, [today.year])
        (number,) = cursor.fetchone()
    _, payer, unit_id, _, _ = rows[-1]
    claim = MunicipalClaim.objects.create(
        municipality_id=municipality_id, number=f"M-{today.year}-{number:04d}", citizen_id=citizen_id, payer=payer,
        unit_id=unit_id, raised_on=today, state=ClaimState.RAISED, amount_ore=total, note=note.strip()[:300],
    )  # fmt: skip
    MunicipalClaimMonth.objects.bulk_create(
        MunicipalClaimMonth(
            municipality_id=municipality_id, claim=claim, citizen_id=citizen_id, unit_id=unit_id, month=month,
            amount_ore=ore,
        )
        for month, _, _, ore, _ in rows
    )  # fmt: skip
    return claim.id


@transaction.atomic
def settle_claim(*, claim_id: UUID, today: date) -> None:
    """Note that a claim was paid; raises `MunicipalClaimNotThereError`, `UnableToRaiseError`."""
    _close(claim_id, ClaimState.SETTLED, today)


@transaction.atomic
def drop_claim(*, claim_id: UUID, today: date, note: str) -> None:
    """Give a claim up, saying why after what was noted; its months can be claimed anew while the deadline holds.

    Raises:
        MunicipalClaimNotThereError: there is none for the caller.
        UnableToRaiseError: it is not raised any more, nobody says why, or both notes together are too long.
    """
    if not note.strip():
        raise UnableToRaiseError("Skriv, hvorfor kravet frafaldes.")
    claim = _close(claim_id, ClaimState.DROPPED, today)
    before = f"{claim.note} Frafaldet: " if claim.note else ""
    if len(before + note.strip()) > _LONGEST_NOTE:
        left = _LONGEST_NOTE - len(before)
        raise UnableToRaiseError(f"Kravet har et notat i forvejen. Skriv begrundelsen med højst {left} tegn.")
    claim.note = before + note.strip()
    claim.save(update_fields=["note"])
    MunicipalClaimMonth.objects.filter(claim=claim).delete()


def _close(claim_id: UUID, state: ClaimState, today: date) -> MunicipalClaim:
    claim = MunicipalClaim.objects.select_for_update().filter(id=claim_id).first()
    if claim is None:
        raise MunicipalClaimNotThereError
    if claim.state != ClaimState.RAISED:
        raise UnableToRaiseError(f"Kravet er allerede {ClaimState(claim.state).danish}.")
    claim.state, claim.settled_on = state, max(today, claim.raised_on)
    claim.save(update_fields=["state", "settled_on"])
    return claim
