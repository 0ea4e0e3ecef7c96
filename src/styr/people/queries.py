"""What the scope may see of citizens.

Whoever is shown one lands in the read log; actor and time come from the scope's token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.access.crypto import blind_index
from styr.audit.services import log_read
from styr.kernel.fingerprint import fingerprint
from styr.kernel.refusal import NotThere
from styr.people.core.age import age_on
from styr.people.models import Citizen, Consent, Guardian

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from styr.kernel.cpr import Cpr

PAGE_SIZE = 200
CHANGEABLE = ("unit_id", "protected_from", "protected_to", "moved_in", "moved_out", "died_on")
"""The facts that people change; the rest comes from the registers."""


class CitizenNotVisibleError(NotThere):
    """There is no such citizen, or the caller may not see them: which of the two is not told."""

    def __init__(self) -> None:
        super().__init__("Borgeren findes ikke, eller du har ikke adgang til borgeren.")


@dataclass(frozen=True)
class CitizenLine:
    """A citizen in a list: `cpr` is masked (`010203-••••`)."""

    id: UUID
    source_id: str
    name: str
    cpr: str
    birth_date: date
    protected: bool
    died_on: date | None
    moved_out: date | None
    unit_id: UUID

    def age_on(self, day: date) -> int:
        """Whole years, on the day asked about or on the day of death."""
        return age_on(self.birth_date, min(day, self.died_on) if self.died_on else day)


@dataclass(frozen=True)
class CitizenCard(CitizenLine):
    """Everything a page about the citizen shows; `protected` is name and address protection on the day asked about.

    Under protection the three parts of the address are empty: `reveal_address` gives them, and logs it. `version` names
    the facts as they stand; a form hands it back.
    """

    address: str
    postal_code: str
    city: str
    protected_from: date | None
    protected_to: date | None
    acting_municipality: str
    paying_municipality: str
    moved_in: date | None
    version: str

    @property
    def address_hidden(self) -> bool:
        """Whether the address is kept back because of the protection."""
        return self.protected


@dataclass(frozen=True)
class GuardianLine:
    """A guardian and the period [starts, ends)."""

    id: UUID
    name: str
    kind: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class ConsentLine:
    """A consent and when it was withdrawn, if it was."""

    id: UUID
    purpose: str
    given_by: str
    given_on: date
    withdrawn_on: date | None


def visible_citizen(*, citizen_id: UUID, page: str, purpose: str, today: date) -> CitizenCard:
    """Return the citizen and log that `page` showed them; `page` and `purpose` hold no names or CPR numbers.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    citizen = _one(citizen_id)
    log_read(citizens=[citizen_id], page=page, purpose=purpose)
    hidden = _protected(citizen, today)
    return CitizenCard(
        **vars(citizen_line(citizen, today)),
        address="" if hidden else citizen.address,
        postal_code="" if hidden else citizen.postal_code,
        city="" if hidden else citizen.city,
        protected_from=citizen.protected_from,
        protected_to=citizen.protected_to,
        acting_municipality=citizen.acting_municipality,
        paying_municipality=citizen.paying_municipality,
        moved_in=citizen.moved_in,
        version=version_of(citizen),
    )


def reveal_address(*, citizen_id: UUID, page: str, purpose: str) -> str:
    """Return the whole address on one line and log it; only a POST may ask. For citizens under protection.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    citizen = _one(citizen_id)
    log_read(citizens=[citizen_id], page=page, purpose=purpose)
    place = f"{citizen.postal_code} {citizen.city}".strip()
    return ", ".join(part for part in (citizen.address, place) if part)


def reveal_cpr(*, citizen_id: UUID, page: str, purpose: str) -> Cpr:
    """Return the CPR number in clear (`.written`) and log it; only a POST may ask.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    citizen = _one(citizen_id)
    log_read(citizens=[citizen_id], page=page, purpose=purpose)
    cpr: Cpr = citizen.cpr
    return cpr


def citizen_lines(*, citizen_ids: Collection[UUID], page: str, purpose: str, today: date) -> dict[UUID, CitizenLine]:
    """Return those of the citizens that the caller may see, by id, and log that they were shown; two queries."""
    lines = {citizen.id: citizen_line(citizen, today) for citizen in Citizen.objects.filter(id__in=citizen_ids)}
    log_read(citizens=list(lines), page=page, purpose=purpose)
    return lines


def is_protected(*, citizen_id: UUID, on: date) -> bool:
    """Whether name and address are protected on the day; a citizen one does not see counts so. Nothing is logged."""
    citizen = Citizen.objects.filter(id=citizen_id).first()
    return citizen is None or _protected(citizen, on)


def citizen_with_cpr(cpr: Cpr) -> UUID | None:
    """Return the id of the visible citizen with this CPR number; nobody is shown, so nothing is logged."""
    return Citizen.objects.filter(cpr_index=blind_index(cpr.digits)).values_list("id", flat=True).first()


def unit_of(citizen_id: UUID) -> UUID:
    """Return the unit that serves the citizen.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    found = Citizen.objects.filter(id=citizen_id).values_list("unit_id", flat=True).first()
    if found is None:
        raise CitizenNotVisibleError
    return found


def guardians_of(citizen_id: UUID) -> list[GuardianLine]:
    """Return the citizen's guardians, the latest first; for a page that `visible_citizen` has let in."""
    rows = Guardian.objects.filter(citizen_id=citizen_id).order_by("-starts", "name")
    return [GuardianLine(row.id, row.name, row.kind, row.starts, row.ends) for row in rows]


def consents_of(citizen_id: UUID) -> list[ConsentLine]:
    """Return the citizen's consents, the latest first; for a page that `visible_citizen` has let in."""
    rows = Consent.objects.filter(citizen_id=citizen_id).order_by("-given_on", "purpose")
    return [ConsentLine(row.id, row.purpose, row.given_by, row.given_on, row.withdrawn_on) for row in rows]


def has_consent(*, citizen_id: UUID, purpose: str, on: date) -> bool:
    """Tell whether a consent to the purpose holds on a day (relocation always needs one)."""
    given = Consent.objects.filter(citizen_id=citizen_id, purpose=purpose, given_on__lte=on)
    return any(row.withdrawn_on is None or row.withdrawn_on > on for row in given)


def citizen_count() -> int:
    """How many citizens the scope sees; a number names nobody, so nothing is logged. One query."""
    return Citizen.objects.count()


def version_of(citizen: Citizen) -> str:
    """Name the citizen's facts as they stand: equal while nothing that a person may change has changed."""
    return fingerprint(tuple(str(getattr(citizen, name)) for name in CHANGEABLE))


def _one(citizen_id: UUID) -> Citizen:
    citizen = Citizen.objects.filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    return citizen


def citizen_line(citizen: Citizen, today: date) -> CitizenLine:
    """A citizen's row as a list shows it; whoever calls it logs the read."""
    return CitizenLine(
        id=citizen.id,
        source_id=citizen.source_id,
        name=f"{citizen.first_name} {citizen.last_name}".strip(),
        cpr=citizen.cpr.masked,
        birth_date=citizen.birth_date,
        protected=_protected(citizen, today),
        died_on=citizen.died_on,
        moved_out=citizen.moved_out,
        unit_id=citizen.unit_id,
    )


def _protected(citizen: Citizen, today: date) -> bool:
    begun = citizen.protected_from is not None and citizen.protected_from <= today
    return begun and (citizen.protected_to is None or today < citizen.protected_to)
