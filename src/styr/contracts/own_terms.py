"""The sections and services that a municipality adds itself: added, mended, retired from a day and taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts.core.codes import TermKind
from styr.contracts.core.own_codes import section_code, service_code, ways_to_write
from styr.contracts.models import OwnTerm
from styr.contracts.queries import sections_on, service_kinds, service_names
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

LONGEST_NAME: Final = 100
LONGEST_WORDS: Final = 500
LONGEST_REASON: Final = 300
_TAKEN: Final = "Der er allerede en {what}, der hedder eller skrives »{name}«."
_USES: Final = """
SELECT (SELECT count(*) FROM rel_grant g WHERE g.section = %(code)s AND g.status <> 'stopped'
            AND (g.ends IS NULL OR g.ends > %(day)s))
         + (SELECT count(DISTINCT s.grant_id) FROM rel_service s WHERE s.service = %(code)s
            AND (s.ends IS NULL OR s.ends > %(day)s)),
       (SELECT count(*) FROM rel_contract c WHERE c.section = %(code)s AND c.status <> 'terminated'
            AND (c.ends IS NULL OR c.ends > %(day)s))
         + (SELECT count(DISTINCT l.contract_id) FROM rel_contract_line l WHERE l.service = %(code)s)"""


class UnableToAddTermError(Refusal):
    """The section or service cannot be added, mended or retired so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class NewTerm:
    """What is added: a service by its name, a section by its law too (`law` "Lov om STU", `short` "STUL").

    `words` are other ways to write it in files, one a line; `reason` says why it is needed.
    """

    name: str
    reason: str
    words: str = ""
    law: str = ""
    short: str = ""
    paragraph: str = ""
    kle: str = ""


@dataclass(frozen=True)
class TermUse:
    """How many grants and contracts that have not ended hold a section or service."""

    grants: int
    contracts: int


@dataclass(frozen=True)
class OwnWordsInFiles:
    """What files may write for the municipality's own sections and services, and their codes."""

    sections: Mapping[str, str]
    services: Mapping[str, str]


@transaction.atomic
def add_term(  # noqa: PLR0913 - what is added, and who adds it when, all by keyword
    *, municipality_id: UUID, what: TermKind, term: NewTerm, starts: date, actor_id: UUID, today: date
) -> str:
    """Add a section or a service of the municipality's own from a day on; return its code.

    Raises:
        UnableToAddTermError: the actor may not, a word is missing or too long, the day has passed, or it is there.
    """
    _refuse_unless_allowed(actor_id, today)
    if starts < today:
        raise UnableToAddTermError("Den kan ikke gælde fra en dag, der er gået.")
    name, words, reason = _told(term)
    code = section_code(term.short, term.paragraph) if what is TermKind.SECTION else service_code(name)
    if code is None:
        raise UnableToAddTermError(
            "Skriv lovens forkortelse med bogstaver og paragraffen som et tal, fx »FSL« og »§ 20«."
            if what is TermKind.SECTION
            else "Navnet skal have bogstaver i sig."
        )
    if what is TermKind.SECTION and not term.law.strip():
        raise UnableToAddTermError("Skriv lovens navn.")
    _refuse_taken(what, code, ways_to_write(name, words), starts)
    try:
        with transaction.atomic():
            OwnTerm.objects.create(
                municipality_id=municipality_id, what=what.value, code=code, name=name, words=words, reason=reason,
                law=" ".join(term.law.split())[:60] if what is TermKind.SECTION else "",
                kle=term.kle.strip()[:10] if what is TermKind.SECTION else "",
                starts=starts, added_by_id=actor_id,
            )  # fmt: skip
    except IntegrityError as taken:
        raise UnableToAddTermError(_TAKEN.format(what=what.danish, name=name)) from taken
    return code


@transaction.atomic
def retire_term(*, what: TermKind, code: str, ends: date | None, actor_id: UUID, today: date) -> None:
    """Let nothing new be granted under it from a day on; None takes it up again. What is granted stays.

    Raises:
        UnableToAddTermError: the actor may not, it is not the municipality's own, or the day has passed.
    """
    _refuse_unless_allowed(actor_id, today)
    held = OwnTerm.objects.select_for_update().filter(what=what.value, code=code).first()
    if held is None:
        raise UnableToAddTermError("Kun det, I selv har tilføjet, kan udgå. Programmets tages ud af brug i stedet.")
    if ends is not None and ends < today:
        raise UnableToAddTermError("Den kan ikke udgå fra en dag, der er gået.")
    if ends is not None and ends <= held.starts:
        raise UnableToAddTermError("Den kan tidligst udgå dagen efter, at den begyndte at gælde.")
    held.ends = ends
    held.save(update_fields=["ends"])


def use_of(code: str, *, today: date) -> TermUse:
    """Return what the caller sees that still holds a section or service; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_USES, {"code": code, "day": today})
        return TermUse(*cursor.fetchone())


def own_words_in_files(*, on: date) -> OwnWordsInFiles:
    """Return how files may write the municipality's own sections and services that hold on a day; two queries."""
    called = service_names()
    return OwnWordsInFiles(
        {
            way: code
            for code, fact in sections_on(on).items()
            if fact.own_id is not None
            for way in (code, f"{fact.law} {fact.paragraph}", *ways_to_write(fact.name, fact.words))
        },
        {
            way: code
            for code, fact in service_kinds().items()
            if fact.own_id is not None and fact.holds(on)
            for way in ways_to_write(called[code], f"{fact.name}\n{fact.words}\n{code}")
        },
    )


def _refuse_unless_allowed(actor_id: UUID, today: date) -> None:
    """What the whole municipality may grant is decided by roles over the whole of it."""
    if not may_in(user_id=actor_id, permission=Permission.CHANGE_SETTINGS, unit_id=None, on=today):
        raise UnableToAddTermError("Egne paragraffer og ydelser kræver en rolle over hele kommunen.")


def _told(term: NewTerm) -> tuple[str, str, str]:
    name, reason = " ".join(term.name.split()), " ".join(term.reason.split())
    words = "\n".join(ways_to_write("", term.words))
    if not name or len(name) > LONGEST_NAME:
        raise UnableToAddTermError(f"Giv den et navn på højst {LONGEST_NAME} tegn.")
    if not reason or len(reason) > LONGEST_REASON:
        raise UnableToAddTermError(f"Skriv, hvorfor I har brug for den, på højst {LONGEST_REASON} tegn.")
    if len(words) > LONGEST_WORDS:
        raise UnableToAddTermError(f"De andre skrivemåder må fylde højst {LONGEST_WORDS} tegn.")
    return name, words, reason


def _refuse_taken(what: TermKind, code: str, ways: tuple[str, ...], on: date) -> None:
    """A name that another has would make a file, and a choice, mean two things."""
    if what is TermKind.SECTION:
        known = sections_on(on)
        if code in known:
            raise UnableToAddTermError(
                _TAKEN.format(what=what.danish, name=f"{known[code].law} {known[code].paragraph}")
            )
        return
    called = service_names()
    taken = {way.casefold() for one, fact in service_kinds().items() for way in ways_to_write(called[one], fact.words)}
    taken |= {fact.name.casefold() for fact in service_kinds().values()} | set(called)
    for way in (*ways, code):
        if way.casefold() in taken:
            raise UnableToAddTermError(_TAKEN.format(what=what.danish, name=way))
