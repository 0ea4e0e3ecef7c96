"""Claims on the state (hjemtagning): made as differences, sealed, and looked over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Max

from styr.kernel.danish import danish_month
from styr.kernel.ids import uuid7
from styr.kernel.refusal import NotThere, Refusal
from styr.ledger.rule_queries import changed_since
from styr.refunds.account_rules import ACCOUNTS
from styr.refunds.law_numbers import NUMBERS
from styr.refunds.limiting import LIMITS
from styr.refunds.models import RefundClaim, RefundClaimLine, RefundRun
from styr.refunds.scoping import sees_whole_municipality

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

_FIRST_SEAL: Final = "0" * 64
_LINES: Final = """
INSERT INTO refunds_refundclaimline (id, municipality_id, claim_id, unit_id, scheme, case_id, pooled, month, basis_ore,
                                     refund_ore, earlier_ore, amount_ore, booked)
WITH earlier AS (
    SELECT l.scheme, l.case_id, l.month, sum(l.amount_ore)::bigint AS claimed, bool_or(l.pooled) AS pooled,
           (array_agg(l.unit_id))[1] AS unit_id
    FROM refunds_refundclaimline l JOIN refunds_refundclaim c ON c.id = l.claim_id
    WHERE c.year = %(year)s GROUP BY l.scheme, l.case_id, l.month
), computed AS (
    SELECT * FROM refunds_refundmonth WHERE run_id = %(run)s AND month <= %(through)s
)
SELECT gen_random_uuid(), %(municipality)s, %(claim)s, coalesce(n.unit_id, e.unit_id), coalesce(n.scheme, e.scheme),
       coalesce(n.case_id, e.case_id), coalesce(n.pooled, e.pooled), coalesce(n.month, e.month),
       coalesce(n.basis_ore, 0), coalesce(n.refund_ore, 0), coalesce(e.claimed, 0),
       coalesce(n.refund_ore, 0) - coalesce(e.claimed, 0), coalesce(n.booked, true)
FROM computed n
FULL JOIN earlier e ON e.scheme = n.scheme AND e.case_id = n.case_id AND e.month = n.month
WHERE coalesce(n.refund_ore, 0) <> coalesce(e.claimed, 0) AND coalesce(n.month, e.month) <= %(through)s
  AND coalesce(n.booked, true)
"""


_RULES: Final = (LIMITS.what, NUMBERS.what, ACCOUNTS.what)


class UnableToClaimError(Refusal):
    """The claim cannot be made; the message says why."""


class ClaimNotThereError(NotThere):
    """There is no such claim for the caller."""

    def __init__(self) -> None:
        super().__init__("Hjemtagningen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that was made."""

    claim_id: UUID
    number: int
    lines: int
    total_ore: int


@transaction.atomic
def make_claim(*, municipality_id: UUID, year: int, through: date, actor_id: UUID, now: datetime) -> Made:
    """Claim the year's refund up to and with the month `through`, less what earlier claims of the year asked for.

    Months of a case that rest on expected cost wait until they are booked. What has changed in months claimed before
    becomes lines of its own, also negative ones. The claim is sealed and never changed. The scope must span the whole
    municipality, or it would claim a part.

    Raises:
        UnableToClaimError: nothing is computed, limits are missing or were changed since, as were rules; the caller
            sees a part only, or nothing is new.
    """
    _refuse_a_part()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('refund claim'), hashtext(%s))", [str(municipality_id)])
    run = RefundRun.objects.filter(year=year, made_at__isnull=False).first()
    if run is None:
        raise UnableToClaimError(f"Refusionen for {year} er ikke beregnet. Beregn den først.")
    if run.missing:
        raise UnableToClaimError(f"Beløbsgrænserne for {year} mangler ({run.missing}). Indtast dem først.")
    if run.made_at and changed_since(_RULES, run.made_at):
        raise UnableToClaimError("Grænser eller regler er ændret, siden refusionen blev beregnet. Beregn den igen.")
    number = (RefundClaim.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    claim = RefundClaim(
        id=uuid7(), municipality_id=municipality_id, year=year, number=number, through=through, made_at=now,
        made_by_id=actor_id, lines=0, total_ore=0, seal=_FIRST_SEAL,
    )  # fmt: skip
    rows = _lines(claim, run)
    if not rows:
        raise UnableToClaimError(f"Der er ikke noget nyt at hjemtage for {year} til og med {danish_month(through)}.")
    return Made(claim.id, number, claim.lines, claim.total_ore)


def _lines(claim: RefundClaim, run: RefundRun) -> int:
    """Write the lines and the sealed claim; the foreign key between them is looked at when all is written."""
    given: dict[str, object] = {"municipality": claim.municipality_id, "claim": claim.id, "run": run.id}
    given |= {"year": claim.year, "through": claim.through}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(_LINES, given)  # type: ignore[arg-type] # ids, a number and a date
        if not cursor.rowcount:
            return 0
    lines = list(RefundClaimLine.objects.filter(claim_id=claim.id))
    claim.lines, claim.total_ore = len(lines), sum(line.amount_ore for line in lines)
    claim.seal = _seal(claim, lines)
    claim.save(force_insert=True)
    return claim.lines


def seal_holds(claim_id: UUID) -> bool:
    """Tell whether the claim is as it was made; raises `ClaimNotThereError`."""
    claim = RefundClaim.objects.filter(id=claim_id).first()
    if claim is None:
        raise ClaimNotThereError
    return claim.seal == _seal(claim, list(RefundClaimLine.objects.filter(claim_id=claim_id)))


def _seal(claim: RefundClaim, lines: list[RefundClaimLine]) -> str:
    before = RefundClaim.objects.filter(year=claim.year, number=claim.number - 1).values_list("seal", flat=True).first()
    text = "\n".join(_sealed_text(claim, lines, before or _FIRST_SEAL))
    return hashlib.sha256(text.encode()).hexdigest()


def _sealed_text(claim: RefundClaim, lines: list[RefundClaimLine], before: str) -> Iterator[str]:
    yield f"{before}|{claim.municipality_id}|{claim.year}|{claim.number}|{claim.through:%Y-%m}|{claim.total_ore}"
    for line in sorted(lines, key=lambda one: (one.scheme, str(one.case_id), one.month)):
        yield (
            f"{line.scheme}|{line.case_id}|{line.month:%Y-%m}|{line.basis_ore}|{line.refund_ore}|{line.earlier_ore}|"
            f"{line.amount_ore}|{line.booked}"
        )


def _refuse_a_part() -> None:
    if not sees_whole_municipality():
        raise UnableToClaimError(
            "En hjemtagning dækker hele kommunen. Den skal dannes af en, der har adgang til alle enheder og sager."
        )
