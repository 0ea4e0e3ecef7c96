"""The citizen's page, tab by tab. Each looks the citizen up through the one door, which logs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.audit import queries as audit
from styr.kernel import clock
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.workspace import citizens_tabs
from styr.workspace.citizens_frame import CitizenFrame, citizen_frame
from styr.workspace.citizens_overview import citizen_economy, citizen_overview
from styr.workspace.citizens_rides import citizen_rides
from styr.workspace.core.citizen_timeline import About
from styr.workspace.web.citizens.economy_chart import economy_chart
from styr.workspace.web.citizens.listing import state_tag
from styr.workspace.web.citizens.private import CprReason

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

FIRST_YEAR, LAST_YEAR = 2000, 2100
PARTS = ("people.Guardian", "people.Consent")
ADDRESS = ("address", "postal_code", "city")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its URL name, Danish name and, where it says something, how much is under it."""

    name: str
    title: str
    count: int | None = None


def framed(request: HttpRequest, citizen_id: UUID, purpose: str) -> CitizenFrame:
    """The citizen, or 404 without a trace in the log for whoever may not see them."""
    try:
        return citizen_frame(citizen_id=citizen_id, page=request.path, purpose=purpose, today=clock.today())
    except people.CitizenNotVisibleError as refusal:
        raise Http404(str(refusal)) from refusal


def page_of(request: HttpRequest, frame: CitizenFrame, tab: str, **context: Any) -> HttpResponse:
    """The page with that tab; it names a citizen, so it is never kept by a cache."""
    shown = frame_context(request, frame, tab) | context
    answer = render(request, f"workspace/citizens/{tab.removeprefix('citizen_')}.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


def frame_context(request: HttpRequest, frame: CitizenFrame, tab: str) -> dict[str, Any]:
    """What the frame around a tab is given."""
    return {
        "section": "citizens",
        "frame": frame,
        "citizen": frame.citizen,
        "state": state_tag(frame.citizen, frame.today),
        "tab_name": "citizen" if tab == "citizen_overview" else tab,
        "tabs": _tabs(request, frame),
        "reason": CprReason(auto_id="cpr_%s"),
        "address_reason": CprReason(auto_id="address_%s"),
    }


@require_safe
@requires(Permission.SEE_CITIZENS)
def overview(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """What matters now: the year, open findings, running grants, the timeline."""
    frame = framed(request, citizen_id, "overblik")
    word = request.GET.get("vis", "")
    only = About(word) if word in set(About) else None
    found = citizen_overview(frame, only=only)
    chart = economy_chart(found.year, found.own, frame)
    return page_of(request, frame, "citizen_overview", found=found, chart=chart, only=only, kinds=list(About))


@require_safe
@requires(Permission.SEE_CITIZENS)
def economy(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """A year: expected, actual and forecast by month and by grant; `?aar=` and `?maaned=2026-03` choose."""
    frame = framed(request, citizen_id, "økonomi")
    year, month = _year_asked(request, frame.today), _month_asked(request)
    if month is not None:
        year = month.year
    found = citizen_economy(frame, year=year, month=month)
    return page_of(request, frame, "citizen_economy", found=found, chart=economy_chart(found.year, found.own, frame))


@require_safe
@requires(Permission.SEE_GRANTS)
def grants(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Every grant, the latest first."""
    frame = framed(request, citizen_id, "bevillinger")
    names = suppliers.supplier_names(frame.supplier_ids)
    return page_of(request, frame, "citizen_grants", names=names)


@require_safe
@requires(Permission.SEE_CONTRACTS)
def contracts(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """The citizen's own contracts and the frameworks that their grants lean on."""
    frame = framed(request, citizen_id, "kontrakter")
    names = suppliers.supplier_names(frame.supplier_ids)
    return page_of(request, frame, "citizen_contracts", names=names)


@require_safe
@requires(Permission.SEE_INVOICES)
def invoices(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Invoices with lines for the citizen's grants, the latest first."""
    frame = framed(request, citizen_id, "fakturaer")
    rows = citizens_tabs.invoices_of(citizen_id)
    return page_of(request, frame, "citizen_invoices", rows=rows, names=_supplier_names(rows))


@require_safe
@requires(Permission.SEE_GRANTS)
def absence(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Days away from what the grants buy."""
    frame = framed(request, citizen_id, "fravær")
    return page_of(request, frame, "citizen_absence", rows=citizens_tabs.absences_of(citizen_id))


@require_safe
@requires(Permission.SEE_GRANTS)
def transport(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """What is granted of transport, what was driven this year, and complaints about it."""
    frame = framed(request, citizen_id, "kørsel")
    names = suppliers.supplier_names(frame.supplier_ids)
    rides = citizen_rides(citizen_id=citizen_id, today=frame.today) if may(request, Permission.SEE_TRANSPORT) else None
    granted = rides.granted if rides else {}
    return page_of(request, frame, "citizen_transport", names=names, rides=rides, granted=granted)


@require_safe
@requires(Permission.SEE_INVOICES)
def documents(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """The documents behind the invoices; those that tell about other citizens as well are marked."""
    frame = framed(request, citizen_id, "dokumenter")
    rows = citizens_tabs.invoices_of(citizen_id)
    return page_of(request, frame, "citizen_documents", rows=rows, names=_supplier_names(rows))


@require_safe
@requires(Permission.SEE_CITIZENS)
def history(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Who changed which of the citizen's facts; a protected address is told as hidden."""
    frame = framed(request, citizen_id, "historik")
    hidden = ADDRESS if frame.citizen.address_hidden else ()
    changes = audit.record_history("people.Citizen", citizen_id, parts=PARTS, hidden=hidden)
    return page_of(request, frame, "citizen_history", changes=changes)


def _supplier_names(rows: list[citizens_tabs.CitizenInvoice]) -> dict[UUID, str]:
    return suppliers.supplier_names({row.supplier_id for row in rows if row.supplier_id is not None})


def _tabs(request: HttpRequest, frame: CitizenFrame) -> list[Tab]:
    tabs = [
        Tab("citizen", "Overblik"),
        Tab("citizen_economy", "Økonomi"),
        Tab("citizen_grants", "Bevillinger", len(frame.grants)),
        Tab("citizen_contracts", "Kontrakter", len(frame.contracts)),
        Tab("citizen_invoices", "Fakturaer", frame.invoices),
        Tab("citizen_absence", "Fravær", frame.absences),
        Tab("citizen_transport", "Kørsel", len(frame.transport)),
        Tab("citizen_documents", "Dokumenter", frame.invoices),
        Tab("citizen_history", "Historik"),
    ]
    if may(request, Permission.SEE_LOGS):
        tabs.append(Tab("citizen_reads", "Hvem har set"))
    return tabs


def _year_asked(request: HttpRequest, today: date) -> int:
    word = request.GET.get("aar", "")
    if word.isascii() and word.isdigit() and len(word) == 4 and FIRST_YEAR <= int(word) <= LAST_YEAR:  # noqa: PLR2004 -- four digits
        return int(word)
    return today.year


def _month_asked(request: HttpRequest) -> date | None:
    try:
        found = date.fromisoformat(f"{request.GET.get('maaned', '')}-01")
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
