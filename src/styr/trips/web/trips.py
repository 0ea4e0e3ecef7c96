"""The list of trips, as operators settled them and as the controls see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.controls.core.registry import REGISTRY
from styr.kernel import clock
from styr.kernel.danish import danish_number, kroner
from styr.people import listing as citizens
from styr.people import queries as people
from styr.trips.controls import TRIP_CONTROLS
from styr.trips.listing import ListedTrip, TripFilter, operators, products, trip_rows
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from styr.people.queries import CitizenLine

PURPOSE: Final = "kontrol af ture"
_MOST_NAMED: Final = 500
_KINDS: Final = [("", "Alle ture"), ("any", "Med en afvigelse"), *((one.code, one.title) for one in TRIP_CONTROLS)]


@dataclass(frozen=True, slots=True)
class Row:
    """A trip with the citizen it is about."""

    trip: ListedTrip
    citizen: CitizenLine | None


class TripFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(
        label="Søg",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tur, bevilling, borger"}),
    )
    afvigelse = forms.ChoiceField(label="Afvigelse", choices=_KINDS)
    operatoer = forms.TypedChoiceField(label="Operatør", coerce=UUID, empty_value=None)
    produkt = forms.ChoiceField(label="Produkt")
    fra = forms.DateField(label="Fra", widget=forms.DateInput(attrs={"type": "date"}))
    til = forms.DateField(label="Til og med", widget=forms.DateInput(attrs={"type": "date"}))
    borger = forms.UUIDField(widget=forms.HiddenInput)
    bevilling = forms.UUIDField(widget=forms.HiddenInput)
    afregning = forms.UUIDField(widget=forms.HiddenInput)
    sted = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)

    def wanted(self) -> TripFilter:
        """The filter as the domain understands it; words of three letters and more may name a citizen."""
        asked = self.values
        words = (asked["q"] or "").strip()
        named = len(words) > 2 and not words.isdigit()  # noqa: PLR2004 - as told
        found = citizens.citizen_ids(citizens.CitizenFilter(name=words), today=self.today) if named else []
        return TripFilter(
            text=words,
            citizens=found[:_MOST_NAMED],
            code=asked["afvigelse"] or "",
            operator_id=asked["operatoer"],
            product=asked["produkt"] or "",
            first=asked["fra"],
            last=asked["til"],
            citizen_id=asked["borger"],
            grant_id=asked["bevilling"],
            settlement_id=asked["afregning"],
            place_id=asked["sted"],
        )


def _citizen(row: Row) -> str:
    if row.citizen is not None:
        return row.citizen.name
    if row.trip.citizen_id:
        return "Borger i en anden enhed"
    return f"Ukendt ({row.trip.citizen_number})" if row.trip.citizen_number else "Rutens vogn"


def _times(row: Row) -> str:
    moments = (row.trip.starts_at, row.trip.ends_at)
    return "–".join(f"{timezone.localtime(one):%H.%M}" if one else "?" for one in moments)


def _found(row: Row) -> str:
    """What the controls say; the dearest first."""
    code = row.trip.finding_code
    if code is None:
        return ""
    title = REGISTRY.control(code).title if code in REGISTRY else code
    return title if row.trip.findings == 1 else f"{title} m.m."


def _state(row: Row) -> Tag | None:
    if row.trip.findings:
        return Tag("Afvigelse", "warning", "triangle-alert")
    if row.trip.no_show:
        return Tag("Udebleven", "quiet")
    return Tag("Afbestilt", "quiet") if row.trip.cancelled else None


def _page(name: str, found: UUID | None) -> str | None:
    return reverse(name, args=[found]) if found else None


TRIPS: Final = ListSpec(
    name="ture",
    title="Ture",
    one="tur",
    many="ture",
    default_sort="-dag",
    size=50,
    columns=(
        Column("dag", "Dag", Kind.DATE, value=lambda row: row.trip.service_day, sort="dag", fixed=True, note=_times),
        Column("borger", "Borger", value=_citizen, link=lambda row: _page("citizen", row.trip.citizen_id)),
        Column("vej", "Fra og til", value=lambda row: f"{row.trip.origin or '?'} → {row.trip.goal or '?'}"),
        Column("operatoer", "Operatør", value=lambda row: row.trip.operator, note=lambda row: row.trip.product),
        Column("bevilling", "Bevilling", value=lambda row: row.trip.grant_number or "", nowrap=True,
               link=lambda row: _page("grant", row.trip.grant_id)),
        Column("km", "Km", Kind.NUMBER, value=lambda row: row.trip.km, sort="km"),
        Column("minutter", "Min.", Kind.NUMBER, value=lambda row: row.trip.minutes, sort="minutter", shown=False),
        Column("afregning", "Afregning", value=lambda row: row.trip.settlement, shown=False,
               link=lambda row: _page("settlement", row.trip.settlement_id)),
        Column("tur", "Tur", value=lambda row: row.trip.external_no, sort="tur", shown=False),
        Column("afvigelse", "Afvigelse", value=_found, link=lambda row: _page("finding", row.trip.finding_id)),
        Column("status", "Status", Kind.TAG, value=_state),
        Column("pris", "Pris", Kind.MONEY, value=lambda row: row.trip.billed_ore, sort="pris", lead=True),
    ),
    row_id=lambda row: row.trip.id,
    empty_icon="route",
    empty_title="Ingen ture endnu",
    empty_text="Indlæs en afregning fra Movia eller en vognmand, så ses turene her, og de bliver kontrolleret.",
)  # fmt: skip


@requires(Permission.SEE_TRANSPORT)
@require_safe
def trips(request: HttpRequest) -> HttpResponse:
    """Every trip, filtered and sorted as the address says."""
    today = clock.today()
    offered = {
        "operatoer": [("", "Alle"), *((str(one), name) for one, name in operators())],
        "produkt": [("", "Alle"), *((name, name) for name in products())],
    }
    form = TripFilterForm(request.GET, today=today, offered=offered)
    told: dict[str, Any] = {"section": "transport"}

    def fetch(wanted: TripFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        found, total, sum_ore = trip_rows(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        told["list_summary"] = f"{kroner(sum_ore, whole=True)} i alt på {danish_number(total)}"
        ids = {row.citizen_id for row in found if row.citizen_id}
        shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today) if ids else {}
        rows = [Row(row, shown.get(row.citizen_id) if row.citizen_id else None) for row in found]
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    return list_response(request, TRIPS, fetch, form, told, template="trips/list.html")
