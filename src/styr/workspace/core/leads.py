"""Where a finding can be acted upon, besides the pages of what it names: the settlement of a trip, the postings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from styr.access.core.permissions import Permission
from styr.controls.core.control import SubjectKind


@dataclass(frozen=True, slots=True)
class About:
    """A finding, as far as it tells where to go."""

    id: UUID
    code: str
    subject_kind: str
    subject_id: UUID
    citizen_id: UUID | None = None
    supplier_id: UUID | None = None
    grant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A page: what one does there, its URL name, what stands in its address, its query, and what it takes."""

    title: str
    icon: str
    url_name: str
    needs: Permission
    given: tuple[object, ...] = ()
    query: str = ""


_RECONCILED: Final = {SubjectKind.CASE_GRANT, SubjectKind.PAYMENT}
# Findings about grants that the reconciliation shows too.
_COMPARED: Final = {"grant_not_in_case_system", "grant_without_payment"}
_OUTSIDE: Final = {"paid_unapproved"}
"""About payments, and not of the reconciliation."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A lead before its finding is known: `about` is the id that the page is about, `word` the query's word for it.

    Without a word the id stands in the address, after `given`; `about` "" is a page about nothing of the finding's.
    """

    title: str
    icon: str
    url_name: str
    needs: Permission
    about: str = ""
    word: str = ""
    given: tuple[object, ...] = ()

    def of(self, about: About) -> Lead | None:
        """The lead for that finding; None where it lacks what the page is about."""
        thing = getattr(about, self.about) if self.about else None
        if self.about and thing is None:
            return None
        if self.word:
            return Lead(self.title, self.icon, self.url_name, self.needs, query=urlencode({self.word: thing}))
        given = self.given if thing is None else (*self.given, thing)
        return Lead(self.title, self.icon, self.url_name, self.needs, given)


_BY_CODE: Final[Mapping[str, tuple[_Way, ...]]] = {
    "grant_without_contract": (
        _Way("Skriv et kontraktudkast", "pencil", "draft_new", Permission.EDIT_CONTRACTS, "grant_id", "bevilling"),
        _Way("Indsaml kontrakten", "inbox", "collection", Permission.SEE_CONTRACTS),
    ),
    "account_missing": (_Way("Se konteringsreglerne", "wallet", "account_rules", Permission.SEE_SETTINGS),),
    "provider_not_approved": (
        _Way("Se leverandørens tilbud", "building-2", "supplier_offers", Permission.SEE_SUPPLIERS, "supplier_id"),
    ),
    "paid_not_delivered": (
        _Way("Se leverancerne", "clock", "supplier_deliveries", Permission.SEE_SUPPLIERS, "supplier_id"),
    ),
    "paid_unapproved": (_Way("Se betalingerne", "banknote", "payments", Permission.SEE_ECONOMY),),
    "user_payment_missing": (_Way("Se egenbetalingen", "wallet", "user_payments", Permission.SEE_ECONOMY),),
    "trip_user_payment_missing": (
        _Way("Se egenbetaling for kørsel", "wallet", "ride_charges", Permission.SEE_TRANSPORT),
    ),
    "saving_leaks": (_Way("Se besparelserne", "trending-down", "savings", Permission.SEE_RESULTS),),
    "settlement_without_price": (
        _Way("Se prisaftalerne", "database", "transport_register", Permission.SEE_TRANSPORT, given=("priser",)),
    ),
}


def leads_of(about: About, evidence: Mapping[str, object]) -> tuple[Lead, ...]:
    """The pages on which the finding can be settled, the nearest first."""
    return (*_of_code(about), *_of_subject(about, evidence))


def _of_code(about: About) -> Iterator[Lead]:
    compared = about.subject_kind in _RECONCILED or about.code in _COMPARED
    if compared and about.code not in _OUTSIDE:
        yield Lead(
            "Afgør i afstemningen", "scan-search", "reconciliation_difference", Permission.SEE_ECONOMY, (about.id,)
        )
    for way in _BY_CODE.get(about.code, ()):
        if (lead := way.of(about)) is not None:
            yield lead


def _of_subject(about: About, evidence: Mapping[str, object]) -> Iterator[Lead]:
    match about.subject_kind:
        case SubjectKind.TRIP:
            query = urlencode({"q": str(evidence.get("external_no") or "")})
            yield Lead("Se turen", "route", "trips", Permission.SEE_TRANSPORT, query=query)
            if about.grant_id:
                yield Lead(
                    "Se befordringsbevillingen", "coins", "ride_grant", Permission.SEE_TRANSPORT, (about.grant_id,)
                )
        case SubjectKind.SETTLEMENT:
            yield Lead("Behandl afregningen", "receipt", "settlement", Permission.SEE_TRANSPORT, (about.subject_id,))
        case SubjectKind.RIDE_PLACE:
            yield Lead("Sammenlign ruter og enkeltture", "sparkles", "flexroutes", Permission.SEE_TRANSPORT)
            query = urlencode({"sted": about.subject_id})
            yield Lead("Se turene dertil", "route", "trips", Permission.SEE_TRANSPORT, query=query)
        case SubjectKind.PAYMENT:
            of = {"borger": about.citizen_id, "leverandoer": about.supplier_id, "bevilling": about.grant_id}
            account = "".join(sign for sign in str(evidence.get("account") or "") if sign.isdigit())
            query = urlencode({name: value for name, value in {**of, "konto": account}.items() if value})
            yield Lead("Se posteringerne", "database", "postings", Permission.SEE_ECONOMY, query=query)
