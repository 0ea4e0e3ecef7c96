"""The use cases of the reconciliation: take over what a case system says, as a real change of our grant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from styr.controls import queries as controls
from styr.controls.core.verdict import Status
from styr.controls.handling import note_finding
from styr.controls.rerunning import request_rerun
from styr.grants.acting import Act, Actor, ChangePrice, ChangeQuantity, Effect, Extend, carry_out, effect_of
from styr.grants.core.codes import GrantStatus
from styr.grants.correcting import (
    ChangeAccount,
    ChangeSupplier,
    Correction,
    MoveStart,
    effect_of_correction,
)
from styr.grants.drafting import Editor, create_draft
from styr.grants.page import GrantPage, grant_page
from styr.kernel.danish import danish_date, danish_number
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import NotThere
from styr.reconciliation.comparing import line_of
from styr.reconciliation.copying import UnableToTakeOverError, draft_of
from styr.reconciliation.queries import CaseView, case_grant_and_taken, services_of_case_grant
from styr.reconciliation.taking_back import keep_correction

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.controls.core.explain import Value
    from styr.controls.queries import FindingView
    from styr.grants.page import Line
    from styr.reconciliation.taking_back import TakenLine

__all__ = [
    "Difference",
    "NoDifferenceError",
    "UnableToTakeOverError",
    "difference",
    "draft_here",
    "effect",
    "obstacle",
    "take_over",
]

_TAKEN = {
    "case_price_differs": "prisen",
    "case_quantity_differs": "omfanget",
    "case_period_differs": "slutdatoen",
    "case_account_differs": "kontoen",
    "case_supplier_differs": "leverandøren",
}
"""What can be taken over, by the control that found it."""
DAYLESS = frozenset({"case_period_differs", "case_account_differs", "case_supplier_differs"})
"""What holds from no chosen day: the grant's own dates, or all of it."""


class NoDifferenceError(NotThere):
    """There is no such difference, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Forskellen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class Difference:
    """One difference: the finding, what it builds on, and the two sides."""

    finding: FindingView
    evidence: dict[str, Value]
    case: CaseView
    grant: GrantPage | None
    line: Line | None
    taken: tuple[TakenLine, ...] = ()

    @property
    def day(self) -> date | None:
        """The day that was compared on."""
        day = self.evidence.get("day")
        return day if not isinstance(day, (str, int)) and hasattr(day, "year") else None  # type: ignore[return-value]  # evidence of dates

    @property
    def what(self) -> str:
        """What can be taken over, in the definite form; "" where nothing can."""
        only_start = self.line is not None and self.case.ends == self.line.ends
        if self.finding.code == "case_period_differs" and only_start:
            return "startdatoen"
        return _TAKEN.get(self.finding.code, "")


def difference(finding_id: UUID, *, today: date) -> Difference:
    """Return a difference with both sides; five queries. A grant of another citizen is never the other side.

    Raises:
        NoDifferenceError: there is none for the caller, or it is not about a grant of the case system.
    """
    found = controls.finding(finding_id)
    told = None if found is None else case_grant_and_taken(found.subject_id, found.id)
    if found is None or told is None:
        raise NoDifferenceError
    case, taken = told
    evidence = controls.evidence_of(finding_id)
    grant = line = None
    if found.grant_id is not None:
        tied = grant_page(grant_id=found.grant_id, today=today, costed=False, followed=False)
        if tied.citizen_id == case.citizen_id:
            number = evidence.get("our_line")
            grant = tied
            line = line_of(grant, line_no=number if isinstance(number, int) else None, service=case.service)
    return Difference(found, evidence, case, grant, line, taken)


def effect(*, finding_id: UUID, day: date | None, actor: Actor) -> Effect:
    """Tell what taking over would do to the expected cost; nothing is kept. Raises as `take_over`."""
    known = difference(finding_id, today=actor.today)
    grant, act = _act(known, day)
    if isinstance(act, Correction):
        return effect_of_correction(grant_id=grant.id, correction=act, actor=actor)
    return effect_of(grant_id=grant.id, act=act, actor=actor)


def obstacle(known: Difference, *, today: date) -> str:
    """Why the case system's value cannot be taken over, and what to do instead; "" where it can. No query."""
    if known.finding.code == "case_grant_unknown":
        return ""
    try:
        _act(known, known.day or today)
    except UnableToTakeOverError as refused:
        return str(refused)
    return ""


@transaction.atomic
def take_over(*, finding_id: UUID, day: date | None, seen_fingerprint: str, seen_version: int, actor: Actor) -> UUID:
    """Change our grant to what the case system says, within the actor's limit; return the grant's id.

    `day` is the day from which another price or quantity holds; the end of a period has none. The act is the same as on
    the grant's own page, and a note on the finding tells what was taken over.

    Raises:
        UnableToTakeOverError: the difference is not as it was shown, or nothing of it can be taken over.
        NoDifferenceError: there is none for the caller.
        GrantChangedMeanwhileError, UnableToChangeGrantError, UnableToApproveError: as `grants.acting.carry_out`.
    """
    known = difference(finding_id, today=actor.today)
    if known.finding.status == Status.CLOSED:
        raise UnableToTakeOverError("Forskellen er væk: de to systemer er enige nu.")
    if known.finding.fingerprint != seen_fingerprint:
        raise UnableToTakeOverError("Forskellen er en anden, end da du åbnede den. Se den igen.")
    grant, act = _act(known, day)
    if isinstance(act, Correction):
        keep_correction(
            finding_id=finding_id,
            what=known.what,
            grant_id=grant.id,
            correction=act,
            seen_version=seen_version,
            actor=actor,
        )
    else:
        carry_out(grant_id=grant.id, act=act, seen_version=seen_version, actor=actor)
    told = f"Fagsystemets værdi er overtaget: {known.what} {_said(act)}."
    note_finding(finding_id=finding_id, text=told, actor_id=actor.id, now=actor.now)
    return grant.id


@transaction.atomic
def draft_here(*, finding_id: UUID, municipality_id: UUID, today: date, now: datetime, actor_id: UUID) -> UUID:
    """Make a draft of a grant that the case system has and we lack, with all its services; return its id.

    Granting it is a step of its own.

    Raises:
        UnableToTakeOverError: we have it, do not know the citizen, or the case system tells too little or too much.
        UnableToRegisterGrantError: the actor has no role in the citizen's unit, or a rule of the register is broken.
    """
    known = difference(finding_id, today=today)
    if known.finding.code != "case_grant_unknown" or known.finding.status == Status.CLOSED:
        raise UnableToTakeOverError("Bevillingen findes her allerede.")
    services = services_of_case_grant(system=known.case.system, source_id=known.case.source_id)
    draft = draft_of(services)
    grant_id = create_draft(municipality_id=municipality_id, draft=draft, by=Editor(actor_id, today))
    note_finding(finding_id=finding_id, text="Bevillingen er oprettet her som kladde.", actor_id=actor_id, now=now)
    request_rerun(municipality_id=municipality_id, ids=[service.id for service in services])
    return grant_id


def _act(known: Difference, day: date | None) -> tuple[GrantPage, Act | Correction]:
    """The change of our grant that makes it as the case system says."""
    grant, line = known.grant, known.line
    if grant is None and known.finding.grant_id is not None:
        raise UnableToTakeOverError(
            "Fagsystemets bevilling har samme nummer, men er en anden borgers. Ret nummeret der, hvor fejlen er."
        )
    if not known.what or grant is None or line is None:
        raise UnableToTakeOverError("Denne forskel kan ikke overtages her. Ret den der, hvor fejlen er.")
    if grant.status != GrantStatus.GRANTED:
        raise UnableToTakeOverError("Bevillingen er ikke bevilget og i gang, så den kan ikke ændres.")
    match known.finding.code:
        case "case_price_differs":
            return grant, _price(known.case, grant, line, _asked(day))
        case "case_quantity_differs":
            return grant, _quantity(known.case, line, _asked(day))
        case "case_account_differs":
            return grant, ChangeAccount(known.case.account_string)
        case "case_supplier_differs":
            return grant, _supplier(known.case, grant)
        case _:
            return grant, _end(known.case, grant, line)


def _price(case: CaseView, grant: GrantPage, line: Line, day: date) -> Act:
    if line.by_contract:
        number = f" {grant.contract_number}" if grant.contract_number else ""
        raise UnableToTakeOverError(f"Prisen er aftalt i kontrakt{number}. Ret den dér, hvis fagsystemet har ret.")
    if case.amount is None or (case.measure and case.measure != line.unit):
        raise UnableToTakeOverError("Fagsystemet angiver prisen i en anden enhed. Ret prisen på bevillingen selv.")
    return ChangePrice(line.id, day, case.amount)


def _quantity(case: CaseView, line: Line, day: date) -> Act:
    if case.quantity is None or (case.per and case.per != line.per):
        raise UnableToTakeOverError("Fagsystemet tæller omfanget på en anden måde. Ret antallet på bevillingen selv.")
    return ChangeQuantity(line.id, day, case.quantity)


def _supplier(case: CaseView, grant: GrantPage) -> Correction:
    if grant.contract_number:
        raise UnableToTakeOverError(
            f"Leverandøren følger kontrakt {grant.contract_number}. Ret den dér, hvis fagsystemet har ret."
        )
    if case.supplier_id is None:
        raise UnableToTakeOverError(f"Leverandøren med CVR {case.cvr} findes ikke her. Opret den først.")
    return ChangeSupplier(case.supplier_id)


def _end(case: CaseView, grant: GrantPage, line: Line) -> Act | Correction:
    if case.ends == line.ends:
        if line.starts != grant.starts:
            raise UnableToTakeOverError("Ydelsen har en anden startdato end bevillingen. Ret den på bevillingen selv.")
        return MoveStart(case.starts)
    if line.ends != grant.ends:
        raise UnableToTakeOverError("Ydelsen har en anden slutdato end bevillingen. Ret den på bevillingen selv.")
    return Extend(None if case.ends is None else case.ends - ONE_DAY)


def _asked(day: date | None) -> date:
    if day is None:
        raise UnableToTakeOverError("Vælg den dag, det gælder fra.")
    return day


def _said(act: Act | Correction) -> str:
    match act:
        case MoveStart(first_day=day):
            return danish_date(day)
        case ChangeAccount(account_string=account):
            return account
        case ChangePrice(amount=amount, day=day):
            return f"{danish_number(amount)} kr. fra {danish_date(day)}"
        case ChangeQuantity(quantity=quantity, day=day):
            return f"{danish_number(quantity)} fra {danish_date(day)}"
        case Extend(last_day=last_day):
            return danish_date(last_day) if last_day else "indtil videre"
        case _:
            return ""
