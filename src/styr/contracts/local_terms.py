"""The municipality's own word on sections and services: whether they are in use, their own name, whether looked up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.contracts.core.codes import TermKind
from styr.contracts.models import LocalTerm
from styr.contracts.queries import SectionFact, sections_on, service_kinds
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

LONGEST_NAME = 200


class UnableToSetTermError(Refusal):
    """The section or service cannot be set so; the message says why."""


@dataclass(frozen=True)
class OwnWord:
    """What the municipality says of a section or a service in [valid_from, valid_to); `name` "" is the program's."""

    id: UUID
    code: str
    in_use: bool
    name: str
    valid_from: date
    valid_to: date | None
    checked_on: date | None
    checked_by: str


@dataclass(frozen=True)
class Offer:
    """The sections and the names of the services that can be chosen on a day, by code."""

    sections: dict[str, SectionFact]
    services: dict[str, str]


def own_words(what: TermKind, *, on: date) -> dict[str, OwnWord]:
    """Return the municipality's words that hold on a day, by code; one query."""
    rows = _holding(on).filter(what=what.value).select_related("checked_by")
    return {row.code: _word(row) for row in rows}


def words_about(what: TermKind, code: str) -> tuple[OwnWord, ...]:
    """Return every word on one section or service, past and coming, the latest first; one query."""
    rows = LocalTerm.objects.filter(what=what.value, code=code).select_related("checked_by").order_by("-valid_from")
    return tuple(_word(row) for row in rows)


def on_offer(on: date, *, also: Collection[str] = ()) -> Offer:
    """Return what the municipality uses on a day, under its own names; three queries.

    `also` are codes that stay on offer all the same: those of a form that is filled in already.
    """
    own = {(row.what, row.code): row for row in _holding(on)}

    def offered(what: TermKind, code: str) -> bool:
        return code in also or (what, code) not in own or own[what, code].in_use

    def named(what: TermKind, code: str, name: str) -> str:
        return own[what, code].name or name if (what, code) in own else name

    return Offer(
        {
            code: replace(fact, name=named(TermKind.SECTION, code, fact.name))
            for code, fact in sections_on(on).items()
            if offered(TermKind.SECTION, code)
        },
        {
            code: named(TermKind.SERVICE, code, kind.name)
            for code, kind in service_kinds().items()
            if offered(TermKind.SERVICE, code) and (kind.holds(on) or code in also)
        },
    )


@transaction.atomic
def set_term(  # noqa: PLR0913 - a word's parts, all by keyword
    *,
    municipality_id: UUID,
    what: TermKind,
    code: str,
    in_use: bool,
    name: str,
    checked: bool,
    starts: date,
    actor_id: UUID,
    today: date,
) -> UUID:
    """Let the municipality's word hold from a day on; what held before ends there and is kept. Return its id.

    `checked` notes that the actor has looked the program's row up at its source today; an earlier note stands.

    Raises:
        UnableToSetTermError: the day has passed, the code is none of the program's, or the name is too long.
    """
    if starts < today:
        raise UnableToSetTermError("Opsætningen kan ikke ændres for en dag, der er gået.")
    named = " ".join(name.split())
    if len(named) > LONGEST_NAME:
        raise UnableToSetTermError(f"Navnet må være på højst {LONGEST_NAME} tegn.")
    if not _known(what, code, starts):
        raise UnableToSetTermError("Den findes hverken blandt programmets eller jeres egne på den dag.")
    about = LocalTerm.objects.filter(municipality_id=municipality_id, what=what.value, code=code)
    noted = about.exclude(checked_on=None).order_by("-checked_on").values_list("checked_on", "checked_by_id").first()
    about.filter(valid_from__gte=starts).delete()
    about.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=starts)).update(valid_to=starts)
    checked_on, checked_by = (today, actor_id) if checked else noted or (None, None)
    made = LocalTerm.objects.create(
        municipality_id=municipality_id,
        what=what.value,
        code=code,
        in_use=in_use,
        name=named,
        valid_from=starts,
        checked_on=checked_on,
        checked_by_id=checked_by,
    )
    return made.id


def _known(what: TermKind, code: str, on: date) -> bool:
    if what is TermKind.SECTION:
        return code in sections_on(on)
    return (kind := service_kinds().get(code)) is not None and kind.holds(on)


def _holding(on: date) -> QuerySet[LocalTerm]:
    return LocalTerm.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


def _word(row: LocalTerm) -> OwnWord:
    by = row.checked_by.name if row.checked_by else ""
    return OwnWord(row.id, row.code, row.in_use, row.name, row.valid_from, row.valid_to, row.checked_on, by)
