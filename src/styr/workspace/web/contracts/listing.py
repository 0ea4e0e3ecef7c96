"""The list of contracts: its filter and its columns."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.urls import reverse

from styr.contracts.core.codes import ContractKind, ContractStatus
from styr.contracts.listing import ContractFilter
from styr.contracts.queries import sections_on
from styr.controls.core.explain import section
from styr.kernel import clock
from styr.kernel.units import Unit
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag
from styr.workspace.contracts import ContractListRow

_SOON: Final = timedelta(days=90)
_TONES: Final = {ContractStatus.SIGNED: "good", ContractStatus.TERMINATED: "quiet"}


class ContractFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Nummer, leverandør"})
    )
    status = forms.ChoiceField(
        label="Status",
        choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in ContractStatus)],
    )
    type = forms.ChoiceField(
        label="Type", choices=[("", "Alle"), ("individual", "Individuel"), ("framework", "Rammeaftale")]
    )
    paragraf = forms.ChoiceField(label="Paragraf")
    loeber = forms.DateField(label="Løber den", widget=forms.DateInput(attrs={"type": "date"}))
    udloeber = forms.BooleanField(label="Udløber inden 90 dage")
    saertakst = forms.BooleanField(label="Har særtakst")
    mangler = forms.ChoiceField(
        label="Mangler",
        choices=[("", "–"), ("signature", "Underskrift"), ("price", "Pris"), ("end", "Slutdato")],
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        known = [(code, section(code)) for code in sections_on(today)]
        super().__init__(*given, offered={"paragraf": [("", "Alle"), *known]}, **named)

    def wanted(self) -> ContractFilter:
        """The filter as the contracts understand it."""
        asked = self.values
        return ContractFilter(
            text=asked["q"] or "",
            status=asked["status"],
            kind=asked["type"],
            section=asked["paragraf"],
            running_on=asked["loeber"],
            ends_before=self.today + _SOON if asked["udloeber"] else None,
            special_rate=bool(asked["saertakst"]),
            lacks=asked["mangler"],
        )


def _contract_address(row: ContractListRow) -> str:
    return reverse("contract", args=[row.contract.id])


def _citizen(row: ContractListRow) -> str:
    return row.citizen.name if row.citizen else ("Rammeaftale" if row.contract.kind == ContractKind.FRAMEWORK else "")


def _citizen_address(row: ContractListRow) -> str | None:
    return reverse("citizen", args=[row.citizen.id]) if row.citizen else None


def _findings(row: ContractListRow) -> Tag | None:
    found = row.findings
    if not found.count:
        return None
    words = "1 afvigelse" if found.count == 1 else f"{found.count} afvigelser"
    return Tag(words, "danger" if found.hard_stops else "warning")


def _row_tone(row: ContractListRow) -> str:
    """An ending contract wants attention: the row says so when it ends within the period of the filter."""
    ends, today = row.contract.ends, clock.today()
    soon = ends is not None and today < ends <= today + _SOON
    return "warning" if soon and row.contract.status == ContractStatus.SIGNED else ""


CONTRACTS = ListSpec(
    name="kontrakter",
    title="Kontrakter",
    one="kontrakt",
    many="kontrakter",
    default_sort="nummer",
    columns=(
        Column("nummer", "Kontrakt", value=lambda row: row.contract.number, sort="nummer", fixed=True,
               link=_contract_address, note=lambda row: section(row.contract.section)),
        Column("leverandoer", "Leverandør", value=lambda row: row.contract.supplier_name, sort="leverandoer",
               link=lambda row: reverse("supplier", args=[row.contract.supplier_id]),
               note=lambda row: row.contract.provider_unit_name),
        Column("borger", "Borger", value=_citizen, link=_citizen_address,
               note=lambda row: row.citizen.cpr if row.citizen else None),
        Column("start", "Fra", Kind.DATE, value=lambda row: row.contract.starts, sort="start"),
        Column("slut", "Til og med", Kind.LAST_DAY, value=lambda row: row.contract.ends, sort="slut"),
        Column("varsel", "Varsel i dage", Kind.NUMBER, value=lambda row: row.contract.notice_days, shown=False),
        Column("pris", "Grundtakst", Kind.RATE, value=lambda row: row.contract.price, sort="pris", lead=True,
               note=lambda row: f"pr. {Unit(row.contract.price_unit).danish}" if row.contract.price_unit else None),
        Column("underskrevet", "Underskrevet", Kind.DATE, value=lambda row: row.contract.signed_on, shown=False),
        Column("status", "Status", Kind.TAG, sort="status",
               value=lambda row: Tag(ContractStatus(row.contract.status).danish.capitalize(),
                                     _TONES.get(ContractStatus(row.contract.status), "warning"))),
        Column("afvigelser", "Afvigelser", Kind.TAG, value=_findings),
    ),
    row_tone=_row_tone,
    empty_icon="file-text",
    empty_title="Ingen kontrakter endnu",
    empty_text="Indlæs kontraktregistret, eller opret den første kontrakt her.",
)  # fmt: skip
