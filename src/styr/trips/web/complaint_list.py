"""The list of complaints about rides, and each operator's share of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.people.queries import citizen_lines
from styr.trips import complaining
from styr.trips.complaint_listing import ComplaintFilter, complaint_page
from styr.trips.core.codes import ComplaintKind, ComplaintStatus
from styr.trips.listing import operators
from styr.trips.web.complaints import PURPOSE
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from styr.people.queries import CitizenLine

_YEAR: Final = timedelta(days=365)
_DAY: Final = timedelta(days=1)
_LONGEST: Final = 90
_TONES: Final = {ComplaintStatus.CLOSED: "good", ComplaintStatus.ASKED: "info", ComplaintStatus.OPEN: "warning"}


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint with the citizen it is about."""

    card: complaining.ComplaintCard
    citizen: CitizenLine | None


class ComplaintFilterForm(FilterForm):
    """What can be asked of the list."""

    status = forms.ChoiceField(
        label="Status", choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in ComplaintStatus)]
    )
    om = forms.ChoiceField(
        label="Om", choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in ComplaintKind)]
    )
    operatoer = forms.TypedChoiceField(label="Operatør", coerce=UUID, empty_value=None)
    fra = forms.DateField(label="Fra", widget=forms.DateInput(attrs={"type": "date"}))
    til = forms.DateField(label="Til og med", widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> ComplaintFilter:
        """The filter as the list understands it."""
        asked = self.values
        return ComplaintFilter(asked["status"] or "", asked["om"] or "", asked["operatoer"], asked["fra"], asked["til"])


def _citizen(row: Row) -> str:
    if row.citizen is not None:
        return row.citizen.name
    return "Borger i en anden enhed" if row.card.citizen_id else ""


def _status(row: Row) -> Tag:
    status = ComplaintStatus(row.card.status)
    return Tag(status.danish.capitalize(), _TONES[status])


COMPLAINTS: Final = ListSpec(
    name="klager",
    title="Klager",
    one="klage",
    many="klager",
    default_sort="status",
    columns=(
        Column("dag", "Dag", Kind.DATE, value=lambda row: row.card.happened_on, sort="dag", fixed=True,
               link=lambda row: reverse("complaint", args=[row.card.id])),
        Column("om", "Om", value=lambda row: row.card.kind_word.capitalize(), sort="om",
               note=lambda row: Truncator(row.card.text).chars(_LONGEST)),
        Column("minutter", "Minutter", Kind.NUMBER, value=lambda row: row.card.minutes, sort="minutter"),
        Column("borger", "Borger", value=_citizen),
        Column("operatoer", "Operatør", value=lambda row: row.card.operator or "Ved ikke", sort="operatoer"),
        Column("noteret", "Noteret af", value=lambda row: row.card.made_by, shown=False),
        Column("hvad", "Hvad skete der", value=lambda row: row.card.text, only_excel=True),
        Column("svar", "Svar", value=lambda row: row.card.answer, only_excel=True),
        Column("status", "Status", Kind.TAG, value=_status, sort="status"),
    ),
    empty_icon="message-square",
    empty_title="Ingen klager",
    empty_text="Når nogen klager over en tur, noteres det her, så det kan tælles og besvares.",
)  # fmt: skip


@requires(Permission.SEE_TRANSPORT)
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints, those that wait first, and each operator's share of them in a year."""
    today = clock.today()
    offered = [("", "Alle"), *((str(one), name) for one, name in operators())]
    form = ComplaintFilterForm(request.GET, offered={"operatoer": offered})

    def fetch(wanted: ComplaintFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        found, total = complaint_page(wanted, order=(sort.by, sort.falling), part=((page - 1) * size, size))
        ids = {one.citizen_id for one in found if one.citizen_id}
        shown = citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today) if ids else {}
        rows = [Row(one, shown.get(one.citizen_id) if one.citizen_id else None) for one in found]
        return ListPage.of(rows, page=page, size=size, total=total)

    context: dict[str, Any] = {
        "section": "transport",
        "quality": complaining.quality(first=today - _YEAR, until=today + _DAY),
    }
    return list_response(request, COMPLAINTS, fetch, form, context, template="trips/complaints.html")
