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
# Title, icon, URL name, what it takes, and which of the finding's ids the page is about.
_BY_CODE: Final[Mapping[str, tuple[tuple[str, str, str, Permission, str | None], ...]]] = {
    "grant_without_contract": (
        ("Skriv et kontraktudkast", "pencil", "draft_new", Permission.EDIT_CONTRACTS, "grant_id"),
        ("Indsaml kontrakten", "inbox", "collection", Permission.SEE_CONTRACTS, None),
    ),
    "account_missing": (("Se konteringsreglerne", "wallet", "account_rules", Permission.SEE_SETTINGS, None),),
    "provider_not_approved": (
        ("Se leverandørens tilbud", "building-2", "supplier_offers", Permission.SEE_SUPPLIERS, "supplier_id"),
    ),
    "paid_not_delivered": (
        ("Se leverancerne", "clock", "supplier_deliveries", Permission.SEE_SUPPLIERS, "supplier_id"),
    ),
    "paid_unapproved": (("Se betalingerne", "banknote", "payments", Permission.SEE_ECONOMY, None),),
    "user_payment_missing": (("Se egenbetalingen", "wallet", "user_payments", Permission.SEE_ECONOMY, None),),
    "trip_user_payment_missing": (
        ("Se egenbetaling for kørsel", "wallet", "ride_charges", Permission.SEE_TRANSPORT, None),
    ),
    "saving_leaks": (("Se besparelserne", "trending-down", "savings", Permission.SEE_RESULTS, None),),
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
    for title, icon, url_name, needs, told in _BY_CODE.get(about.code, ()):
        if told is None:
            yield Lead(title, icon, url_name, needs)
        elif (thing := getattr(about, told, None)) is not None:
            inside = url_name != "draft_new"
            query = "" if inside else urlencode({"bevilling": thing})
            yield Lead(title, icon, url_name, needs, (thing,) if inside else (), query)
    if about.code == "settlement_without_price":
        yield Lead("Se prisaftalerne", "database", "transport_register", Permission.SEE_TRANSPORT, ("priser",))


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
