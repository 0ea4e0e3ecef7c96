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
class OwnCard:
    """What the municipality has added, as its page shows it, in [starts, ends); `words` one a line."""

    id: UUID
    code: str
    name: str
    law: str
    kle: str
    words: str
    reason: str
    starts: date
    ends: date | None
    added_by: str

    def holds(self, day: date) -> bool:
        """Whether it can be chosen on a day."""
        return self.starts <= day and (self.ends is None or self.ends > day)


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
def change_term(  # noqa: PLR0913 - what is changed, and who changes it when, all by keyword
    *, what: TermKind, code: str, words: str, ends: date | None, actor_id: UUID, today: date
) -> None:
    """Say how files may write it besides its name, and from which day it is retired (None: it goes on).

    What is granted under it stays, and keeps its price.

    Raises:
        UnableToAddTermError: the actor may not, it is not the municipality's own, the day has passed, or another is
            written so.
    """
    _refuse_unless_allowed(actor_id, today)
    held = OwnTerm.objects.select_for_update().filter(what=what.value, code=code).first()
    if held is None:
        raise UnableToAddTermError("Kun det, I selv har tilføjet, kan udgå. Programmets tages ud af brug i stedet.")
    if ends is not None and ends != held.ends and ends < today:
        raise UnableToAddTermError("Den kan ikke udgå fra en dag, der er gået.")
    if ends is not None and ends <= held.starts:
        raise UnableToAddTermError("Den kan tidligst udgå dagen efter, at den begyndte at gælde.")
    held.words, held.ends = _words(words), ends
    if what is TermKind.SERVICE:
        _refuse_taken_words(ways_to_write("", held.words), but=code)
    held.save(update_fields=["words", "ends"])


def own_terms(what: TermKind) -> dict[str, OwnCard]:
    """Return everything of a kind that the municipality has added, retired and coming too, by code; one query."""
    rows = OwnTerm.objects.filter(what=what.value).select_related("added_by").order_by("code")
    return {
        row.code: OwnCard(
            row.id, row.code, row.name, row.law, row.kle, row.words, row.reason, row.starts, row.ends, row.added_by.name
        )
        for row in rows
    }


def use_of(code: str, *, today: date) -> TermUse:
    """Return what the caller sees that still holds a section or service; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_USES, {"code": code, "day": today})
        return TermUse(*cursor.fetchone())


def own_words_in_files(*, on: date) -> OwnWordsInFiles:
    """Return how files may write the municipality's own sections that hold on a day, and its own services; two queries.

    A retired service can still be read: files tell of the past too.
    """
    return OwnWordsInFiles(
        {
            way: code
            for code, fact in sections_on(on).items()
            if fact.own_id is not None
            for law in (fact.law, code.partition("-")[0])
            for way in (code, f"{law} {fact.paragraph}", *ways_to_write(fact.name, fact.words))
        },
        {way: code for code, ways in ways_of_own_services().items() for way in (*ways, code)},
    )


def ways_of_own_services() -> dict[str, tuple[str, ...]]:
    """Return how each service that the municipality has added, retired ones too, may be written; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name, given, words FROM rel_service_kind WHERE own_id IS NOT NULL")
        return {row[0]: ways_to_write(row[1], f"{row[2]}\n{row[3]}") for row in cursor.fetchall()}


def _refuse_unless_allowed(actor_id: UUID, today: date) -> None:
    """What the whole municipality may grant is decided by roles over the whole of it."""
    if not may_in(user_id=actor_id, permission=Permission.CHANGE_SETTINGS, unit_id=None, on=today):
        raise UnableToAddTermError("Egne paragraffer og ydelser kræver en rolle over hele kommunen.")


def _told(term: NewTerm) -> tuple[str, str, str]:
    name, reason = " ".join(term.name.split()), " ".join(term.reason.split())
    if not name or len(name) > LONGEST_NAME:
        raise UnableToAddTermError(f"Giv den et navn på højst {LONGEST_NAME} tegn.")
    if not reason or len(reason) > LONGEST_REASON:
        raise UnableToAddTermError(f"Skriv, hvorfor I har brug for den, på højst {LONGEST_REASON} tegn.")
    return name, _words(term.words), reason


def _words(text: str) -> str:
    words = "\n".join(ways_to_write("", text))
    if len(words) > LONGEST_WORDS:
        raise UnableToAddTermError(f"De andre skrivemåder må fylde højst {LONGEST_WORDS} tegn.")
    return words


def _refuse_taken(what: TermKind, code: str, ways: tuple[str, ...], on: date) -> None:
    """A name that another has would make a file, and a choice, mean two things."""
    if what is TermKind.SERVICE:
        _refuse_taken_words((*ways, code))
        return
    known = sections_on(on)
    if code in known:
        raise UnableToAddTermError(_TAKEN.format(what="paragraf", name=f"{known[code].law} {known[code].paragraph}"))


def _refuse_taken_words(ways: tuple[str, ...], *, but: str = "") -> None:
    """Refuse ways to write a service that already mean another than `but`."""
    called = service_names()
    taken = {
        way.casefold()
        for code, fact in service_kinds().items()
        if code != but
        for way in ways_to_write(called[code], f"{fact.name}\n{fact.words}\n{code}")
    }
    for way in ways:
        if way.casefold() in taken:
            raise UnableToAddTermError(_TAKEN.format(what="ydelse", name=way))
