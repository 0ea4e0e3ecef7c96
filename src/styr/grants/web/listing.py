"""The list of grants: its filter, its columns, and what a page of it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.urls import NoReverseMatch, reverse

from styr.access.units_in_reach import units_in_reach
from styr.contracts.queries import sections_on
from styr.controls.core.explain import section
from styr.grants.core.codes import GrantStatus
from styr.grants.listing import GrantFilter, GrantYear, ListedGrant
from styr.people import listing as citizens
from styr.people.queries import CitizenLine
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag

_SOON: Final = timedelta(days=30)
_MOST_NAMED: Final = 500
TONES: Final[Mapping[str, str]] = {
    GrantStatus.GRANTED: "good",
    GrantStatus.AWAITING: "warning",
    GrantStatus.EXPECTED: "info",
    GrantStatus.STOPPED: "quiet",
    GrantStatus.WITHDRAWN: "quiet",
}
NONE: Final = GrantYear(0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A grant in the list, with its citizen, the names of what it buys, and its year."""

    grant: ListedGrant
    citizen: CitizenLine | None
    services: str
    year: GrantYear
    today: date


class GrantFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Nummer, borger, leverandør"})
    )
    status = forms.ChoiceField(choices=[("", "Alle"), *GrantStatus.choices()], widget=forms.HiddenInput)
    paragraf = forms.ChoiceField(label="Paragraf")
    loeber = forms.DateField(label="Løber den", widget=forms.DateInput(attrs={"type": "date"}))
    opfoelgning = forms.DateField(label="Opfølgning senest", widget=forms.DateInput(attrs={"type": "date"}))
    sagsbehandler = forms.CharField(label="Sagsbehandler", max_length=100)
    udenkontrakt = forms.BooleanField(label="Uden kontrakt")
    enhed = forms.TypedChoiceField(label="Enhed", coerce=UUID, empty_value=None)
    borger = forms.UUIDField(widget=forms.HiddenInput)
    leverandoer = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)

    def full_clean(self) -> None:
        """Offer what there is before anything is chosen among it."""
        known = [(code, section(code)) for code in sections_on(self.today)]
        self.fields["paragraf"].choices = [("", "Alle"), *known]  # type: ignore[attr-defined]  # a choice field
        units = [(str(unit), name) for unit, name in units_in_reach()]
        self.fields["enhed"].choices = [("", "Alle"), *units]  # type: ignore[attr-defined]  # the same
        super().full_clean()

    def wanted(self) -> GrantFilter:
        """The filter as the grants understand it; words of three letters and more may name a citizen."""
        asked = self.values
        words = asked["q"] or ""
        named = citizens.CitizenFilter(name=words)
        found = citizens.citizen_ids(named, today=self.today) if len(words) > 2 else []  # noqa: PLR2004 - as told
        return GrantFilter(
            text=words,
            citizens=found[:_MOST_NAMED],
            status=asked["status"],
            section=asked["paragraf"],
            unit_id=asked["enhed"],
            citizen_id=asked["borger"],
            supplier_id=asked["leverandoer"],
            running_on=asked["loeber"],
            follow_up_by=asked["opfoelgning"],
            without_contract=bool(asked["udenkontrakt"]),
            caseworker=asked["sagsbehandler"],
        )


def address(name: str, found: object) -> str | None:
    """The page of that name, where there is one."""
    if found is None:
        return None
    try:
        return reverse(name, args=[found])
    except NoReverseMatch:
        return None


def _citizen(row: Row) -> str:
    return row.citizen.name if row.citizen else "Uden for dit område"


def _status(row: Row) -> Tag:
    return Tag(GrantStatus(row.grant.status).danish.capitalize(), TONES.get(row.grant.status, ""))


def _findings(row: Row) -> Tag | None:
    count = row.grant.findings
    return Tag("1 afvigelse" if count == 1 else f"{count} afvigelser", "warning") if count else None


def _due(row: Row) -> str:
    """How near the follow-up is."""
    due = row.grant.follow_up_on
    if due is None or row.grant.status != GrantStatus.GRANTED:
        return ""
    return "danger" if due < row.today else ("warning" if due <= row.today + _SOON else "")


GRANTS = ListSpec(
    name="bevillinger",
    title="Bevillinger",
    one="bevilling",
    many="bevillinger",
    default_sort="nummer",
    columns=(
        Column("nummer", "Bevilling", value=lambda row: row.grant.number, sort="nummer", fixed=True, nowrap=True,
               link=lambda row: reverse("grant", args=[row.grant.id]), note=lambda row: section(row.grant.section)),
        Column("borger", "Borger", value=_citizen, link=lambda row: address("citizen", row.grant.citizen_id),
               note=lambda row: row.citizen.cpr if row.citizen else None),
        Column("ydelser", "Ydelser", value=lambda row: row.services),
        Column("leverandoer", "Leverandør", value=lambda row: row.grant.supplier_name, sort="leverandoer",
               link=lambda row: address("supplier", row.grant.buys_from_id),
               note=lambda row: row.grant.contract_number or ("uden kontrakt" if row.grant.supplier_name else None)),
        Column("start", "Fra", Kind.DATE, value=lambda row: row.grant.starts, sort="start"),
        Column("slut", "Til og med", Kind.LAST_DAY, value=lambda row: row.grant.ends, sort="slut"),
        Column("status", "Status", Kind.TAG, sort="status",
               value=_status),
        Column("iaar", "Forventet i år", Kind.MONEY, value=lambda row: row.year.amount_ore, lead=True,
               note=lambda row: f"{row.year.unpriced_days} dage uden pris" if row.year.unpriced_days else None),
        Column("afvigelser", "Afvigelser", Kind.TAG, value=_findings),
        Column("sagsbehandler", "Sagsbehandler", value=lambda row: row.grant.caseworker, sort="sagsbehandler",
               shown=False),
        Column("opfoelgning", "Opfølgning", Kind.DATE, value=lambda row: row.grant.follow_up_on, sort="opfoelgning",
               tone=_due),
        Column("sagsnummer", "Sagsnummer", value=lambda row: row.grant.case_number, shown=False),
    ),
    row_tone=lambda row: "danger" if _due(row) == "danger" else "",
    empty_icon="square-check",
    empty_title="Ingen bevillinger endnu",
    empty_text="Indlæs bevillingsregistret, eller opret den første bevilling her.",
)  # fmt: skip
