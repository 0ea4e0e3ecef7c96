"""Use cases on savings: register, agree, give up, end, and hold against what was invoiced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.kernel.engine import compile_postgres
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import NotThere, Refusal
from styr.negotiations.consenting import consent_to_move
from styr.negotiations.core.codes import SavingKind, SavingStatus
from styr.negotiations.core.rules import refusal
from styr.negotiations.core.verified import by_saving_and_year
from styr.negotiations.models import Saving
from styr.negotiations.places import grant_place, place_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.negotiations.core.rules import WantedSaving

_SAID: Final = {
    "saving_one_a_line_a_day": (
        "Der er allerede en besparelse på ydelsen i perioden. To besparelser på de samme dage ville tælle kroner to "
        "gange: afslut den første dagen før, eller ret den."
    ),
    "saving_sum_stands_alone": (
        "Bevillingen har en anden besparelse på de samme dage. Et beløb kan ikke tælles oven i en lavere pris: "
        "vælg en anden periode, eller lad den lavere pris stå alene."
    ),
    "saving_moves_by_consent": "En flytning kræver et samtykke, der gælder den dag, den aftales.",
    "saving_line_of_grant": "Ydelsen hører ikke til bevillingen.",
    "saving_is_no_rise": "Det aftalte er højere end udgangspunktet. Det er en merudgift og ingen besparelse.",
    "saving_period": "Sidste dag ligger før første dag.",
}
_VERIFY: Final = """
UPDATE negotiations_saving s
SET realised_ore = v.realised_ore, verified_until = v.until, verified_on = %(today)s,
    status = CASE WHEN v.realised_ore > 0 THEN 'realised' ELSE 'agreed' END
FROM (SELECT held.id AS saving_id, coalesce(sum(years.realised_ore), 0)::bigint AS realised_ore,
             max(years.until) AS until
      FROM negotiations_saving held LEFT JOIN ({verified}) AS years ON years.saving_id = held.id
      WHERE held.status IN ('agreed', 'realised') GROUP BY held.id) v
WHERE s.id = v.saving_id
  AND (coalesce(s.realised_ore, 0), s.verified_until, s.status) IS DISTINCT FROM
      (v.realised_ore, v.until, CASE WHEN v.realised_ore > 0 THEN 'realised' ELSE 'agreed' END::varchar)
"""


class UnableToSaveError(Refusal):
    """The saving cannot be registered or changed as asked."""


class SavingNotThereError(NotThere):
    """There is no such saving, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Besparelsen findes ikke, eller du har ikke adgang til den.")


@transaction.atomic
def register_saving(*, wanted: WantedSaving, actor: Actor) -> UUID:
    """Write an expected saving in the ledger; return its id.

    Raises:
        UnableToSaveError: it is no saving, its days or baseline are not the grant's, it would count something twice, or
            the actor may not negotiate where the grant lies.
        GrantNotThereError: there is no such grant for the caller.
    """
    grant = grant_place(wanted.grant_id)
    _allow(actor, grant.unit_id)
    place = place_of(grant, wanted.service_line_id, before=wanted.starts - ONE_DAY)
    why = refusal(wanted, place)
    if why:
        raise UnableToSaveError(why)
    saving = Saving(
        municipality_id=grant.municipality_id, unit_id=grant.unit_id, negotiation_id=wanted.negotiation_id,
        kind=wanted.kind, status=SavingStatus.EXPECTED, measure=wanted.measure, grant_id=grant.id,
        service_line_id=wanted.service_line_id, supplier_id=grant.supplier_id, baseline=wanted.baseline,
        agreed=wanted.agreed, baseline_quantity=wanted.baseline_quantity, agreed_quantity=wanted.agreed_quantity,
        starts=wanted.starts, ends=wanted.until, evidence=wanted.evidence.strip(), made_by_id=actor.id,
        made_at=actor.now,
    )  # fmt: skip
    _kept(saving)
    return saving.id


@transaction.atomic
def agree_saving(*, saving_id: UUID, agreed_on: date, actor: Actor) -> None:
    """The supplier has agreed: from now on invoices are held to the agreed price. A move needs a consent that holds.

    Raises:
        UnableToSaveError: it is agreed or given up already, the day is to come, or nobody has consented to the move.
    """
    saving = _locked(saving_id, actor)
    if saving.status != SavingStatus.EXPECTED:
        raise UnableToSaveError(f"Besparelsen er allerede {SavingStatus(saving.status).danish}.")
    if agreed_on > actor.today:
        raise UnableToSaveError("En aftale kan ikke være indgået i fremtiden.")
    if saving.kind == SavingKind.RELOCATION:
        consent = consent_to_move(citizen_id=grant_place(saving.grant_id).citizen_id, on=agreed_on)
        if consent.id is None:
            raise UnableToSaveError(consent.why)
        saving.consent_id = consent.id
    saving.status, saving.agreed_on = SavingStatus.AGREED, agreed_on
    _kept(saving)
    request_rerun(municipality_id=saving.municipality_id, ids=[saving.grant_id])


@transaction.atomic
def give_up_saving(*, saving_id: UUID, because: str, actor: Actor) -> None:
    """Take a saving out of the ledger's sums, with a reason; the history keeps it.

    Raises:
        UnableToSaveError: no reason is given, it is given up already, or invoices have realised some of it.
    """
    saving = _locked(saving_id, actor)
    if saving.status in (SavingStatus.DROPPED, SavingStatus.REALISED):
        raise UnableToSaveError(
            "Besparelsen er opgivet." if saving.status == SavingStatus.DROPPED
            else "Fakturaerne viser, at noget af besparelsen er realiseret. Afslut den på en dag i stedet."
        )  # fmt: skip
    if not because.strip():
        raise UnableToSaveError("Skriv, hvorfor besparelsen opgives.")
    saving.status, saving.dropped_because = SavingStatus.DROPPED, because.strip()
    _kept(saving)
    request_rerun(municipality_id=saving.municipality_id, ids=[saving.grant_id])


@transaction.atomic
def end_saving(*, saving_id: UUID, last_day: date, actor: Actor) -> None:
    """Let a saving hold no longer than a day, as when a new agreement takes over.

    Raises:
        UnableToSaveError: it is given up, or the day lies before its first.
    """
    saving = _locked(saving_id, actor)
    if saving.status == SavingStatus.DROPPED:
        raise UnableToSaveError("Besparelsen er opgivet.")
    if last_day < saving.starts:
        raise UnableToSaveError("Sidste dag ligger før besparelsens første dag.")
    saving.ends = last_day + ONE_DAY
    _kept(saving)
    request_rerun(municipality_id=saving.municipality_id, ids=[saving.grant_id])


@transaction.atomic
def verify_savings(*, today: date) -> int:
    """Hold every agreed saving in the scope against what is invoiced; return how many say something new.

    A saving becomes realised when invoices show some of it, and agreed again when they no longer do, or are gone.
    """
    verified = compile_postgres(by_saving_and_year, key="negotiations.verified").replace("%", "%%")
    with connection.cursor() as cursor:
        cursor.execute(_VERIFY.format(verified=verified), {"today": today})
        return int(cursor.rowcount)


def _locked(saving_id: UUID, actor: Actor) -> Saving:
    saving = Saving.objects.select_for_update().filter(id=saving_id).first()
    if saving is None:
        raise SavingNotThereError
    _allow(actor, saving.unit_id)
    return saving


def _allow(actor: Actor, unit_id: UUID) -> None:
    if not may_in(user_id=actor.id, permission=Permission.NEGOTIATE, unit_id=unit_id, on=actor.today):
        raise UnableToSaveError("Din rolle giver dig ikke lov til at forhandle i denne enhed.")


def _kept(saving: Saving) -> None:
    """Save it; what the database refuses is told in words.

    Raises:
        UnableToSaveError: the database's own rules say no.
    """
    try:
        with transaction.atomic():
            saving.save()
    except IntegrityError as error:
        named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        raise UnableToSaveError(_SAID.get(named, "Besparelsen kan ikke gemmes, som den er skrevet.")) from error
