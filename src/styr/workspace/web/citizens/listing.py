"""The list of citizens, and finding one by a CPR number, which goes by POST and never into an address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.people.queries import citizen_with_cpr
from styr.ui.filters import FilterForm
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.workspace.citizens import Choices, ListedCitizen, WantedCitizens, citizen_choices, citizens_with_cost

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

LISTED = "borgerliste"
EXPORTED = "borgerliste hentet som Excel"
GONE = (("", "Alle"), ("nej", "Bor i kommunen"), ("ja", "Fraflyttet eller død"))


class CitizensFilter(FilterForm):
    """The filter as it stands in the address; a name is looked for by the beginning of each of its words."""

    navn = forms.CharField(label="Navn", max_length=100, widget=forms.TextInput({"type": "search"}))
    enhed = forms.ChoiceField(label="Enhed")
    paragraf = forms.ChoiceField(label="Paragraf")
    over = forms.IntegerField(label="Efter bevillinger over (kr.)", min_value=0, max_value=10**9)
    status = forms.ChoiceField(label="Status", choices=GONE)
    afvigelser = forms.BooleanField(label="Kun med åbne afvigelser")

    def __init__(self, *given: Any, choices: Choices, **named: Any) -> None:
        offered = {"enhed": [("", "Alle"), *choices.units], "paragraf": [("", "Alle"), *choices.sections]}
        super().__init__(*given, offered=offered, **named)

    def wanted(self) -> WantedCitizens:
        """The filter as the query understands it."""
        asked = self.values
        return WantedCitizens(
            name=asked["navn"] or "",
            unit_id=asked["enhed"],
            section=asked["paragraf"] or "",
            with_findings=bool(asked["afvigelser"]),
            least_ore=None if asked["over"] is None else asked["over"] * 100,
            gone={"ja": True, "nej": False}.get(asked["status"] or ""),
        )


@require_safe
@requires(Permission.SEE_CITIZENS)
def citizens(request: HttpRequest) -> HttpResponse:
    """The list; everybody on the page is logged in one row, and everybody in an Excel file as an export."""
    today, choices = clock.today(), citizen_choices()
    purpose = EXPORTED if request.GET.get("hent") == "xlsx" else LISTED
    fetch = partial(_fetch, units=dict(choices.units), today=today, shown_on=request.path, purpose=purpose)
    return list_response(
        request,
        _spec(today),
        fetch,
        CitizensFilter(request.GET, choices=choices),
        {"section": "citizens", "find": CprForm()},
        template="workspace/citizens/list.html",
    )


class CprForm(forms.Form):
    """A whole CPR number to look up."""

    cpr = forms.CharField(
        label="CPR-nummer",
        max_length=11,
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "inputmode": "numeric"}),
    )

    @cached_property
    def found(self) -> Cpr | None:
        """The number, if what was written is one."""
        try:
            return Cpr.parse(self.data.get("cpr", ""))
        except InvalidCprError:
            return None


@require_POST
@requires(Permission.SEE_CITIZENS)
def find(request: HttpRequest) -> HttpResponse:
    """Go to the citizen with the number; whether a number exists outside one's units is not told."""
    cpr = CprForm(request.POST).found
    if cpr is None:
        messages.error(request, "Det er ikke et CPR-nummer. Skriv alle ti cifre.")
        return redirect("citizens")
    citizen_id = citizen_with_cpr(cpr)
    if citizen_id is None:
        messages.warning(request, "Ingen borger i dine enheder har det CPR-nummer.")
        return redirect("citizens")
    return redirect("citizen", citizen_id)


def _fetch(  # noqa: PLR0913 -- what a list asks, and what the page adds
    wanted: WantedCitizens,
    sort: Sort,
    page: int,
    size: int,
    *,
    units: dict[str, str],
    today: date,
    shown_on: str,
    purpose: str,
) -> ListPage[ListedCitizen]:
    rows, found = citizens_with_cost(
        wanted,
        units=units,
        today=today,
        shown_on=shown_on,
        purpose=purpose,
        sort=sort.by,
        descending=sort.falling,
        page=page,
        size=size,
    )
    return ListPage(rows, found.page, found.pages, found.total)


def _spec(today: date) -> ListSpec:
    return ListSpec(
        name="borgere",
        title="Borgere",
        one="borger",
        many="borgere",
        default_sort="navn",
        size=50,
        empty_icon="users",
        empty_title="Der er ingen borgere endnu",
        empty_text="Borgere kommer fra fagsystemets register under Indlæsninger.",
        columns=(
            Column("navn", "Navn", value=_name, sort="name", link=_address, fixed=True),
            Column("cpr", "CPR-nummer", value=lambda row: row.citizen.cpr, nowrap=True),
            Column("alder", "Alder", Kind.NUMBER, value=lambda row: row.age, sort="birth_date"),
            Column("enhed", "Enhed", value=lambda row: row.unit_name, sort="unit"),
            Column("bevillinger", "Aktive bevillinger", Kind.NUMBER, value=lambda row: row.active),
            Column(
                "forventet",
                f"Efter bevillinger {today.year}",
                Kind.MONEY,
                value=lambda row: row.expected_ore,
                lead=True,
            ),
            Column("forbrug", f"Faktureret {today.year}", Kind.MONEY, value=lambda row: row.actual_ore),
            Column("afvigelser", "Åbne afvigelser", Kind.NUMBER, value=lambda row: row.findings or None),
            Column("status", "Status", Kind.TAG, value=lambda row: state_tag(row.citizen, today)),
            Column("borgernummer", "Borgernummer", value=lambda row: row.citizen.source_id, shown=False),
            Column("født", "Født", Kind.DATE, value=lambda row: row.citizen.birth_date, shown=False),
        ),
    )


def _name(row: ListedCitizen) -> str:
    return row.citizen.name


def _address(row: ListedCitizen) -> str:
    return reverse("citizen", args=[row.citizen.id])


def state_tag(citizen: Any, today: date) -> Tag | None:
    """Dead, moved out or protected; the gravest alone."""
    if citizen.died_on is not None:
        return Tag("Død", "warning")
    if citizen.moved_out is not None and citizen.moved_out <= today:
        return Tag("Fraflyttet", "warning")
    return Tag("Beskyttet", "info", "shield") if citizen.protected else None
