"""The form of a grant: what people write, turned into the draft that the services take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms

from styr.grants.choices import OpenLine
from styr.grants.drafting import Draft
from styr.grants.lines import NewLine
from styr.grants.web.fields import AccountField, as_uuid
from styr.kernel.danish import danish_number
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Per, Unit
from styr.ui.fields import AmountField, DayField

Choices = Iterable[tuple[Any, Any]]
ONE = Decimal(1)
MOST_LINES = 20


class DraftForm(forms.Form):
    """All of a grant but its service lines."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    section = forms.ChoiceField(label="Paragraf")
    starts = DayField(label="Første dag")
    last_day = DayField(
        label="Sidste dag", required=False, help_text="Lad feltet stå tomt, hvis bevillingen løber indtil videre."
    )
    caseworker = forms.CharField(label="Sagsbehandler", max_length=100, required=False)
    case_number = forms.CharField(label="Sagsnummer", max_length=60, required=False)
    follow_up_on = DayField(label="Opfølgning", required=False)
    account_string = AccountField(
        label="Kontostreng",
        required=False,
        max_length=40,
        help_text="16 cifre. Tomt felt: efter kommunens konteringsregel.",
    )
    supplier = forms.TypedChoiceField(
        label="Leverandør uden kontrakt",
        required=False,
        coerce=as_uuid,
        empty_value=None,
        help_text="Kun når ingen ydelse købes på en kontrakt.",
    )
    professional_reason = forms.CharField(
        label="Faglig begrundelse", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Hvorfor hjælpen er nødvendig og egnet. Kræves, før bevillingen godkendes.",
    )  # fmt: skip
    economic_reason = forms.CharField(
        label="Økonomisk begrundelse", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Hvorfor netop dette tilbud til denne pris. Kræves, før bevillingen godkendes.",
    )  # fmt: skip

    def __init__(self, *given: Any, sections: Choices = (), suppliers: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["section"].choices = [("", "Vælg paragraf"), *sections]  # type: ignore[attr-defined]  # a choice field
        self.fields["supplier"].choices = [("", "Ingen"), *suppliers]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        given = super().clean() or {}
        starts, last_day = given.get("starts"), given.get("last_day")
        if starts and last_day and last_day < starts:
            self.add_error("last_day", "Sidste dag ligger før første dag.")
        return given


class LineForm(forms.Form):
    """A service line: bought on a contract line, or at a price of the grant's own."""

    contract_line = forms.TypedChoiceField(label="Købes på", required=False, coerce=as_uuid, empty_value=None)
    service = forms.ChoiceField(label="Ydelse", required=False)
    unit = forms.ChoiceField(
        label="Enhed", required=False, choices=[("", "–"), *((one.value, one.danish) for one in Unit)]
    )
    quantity = AmountField(label="Antal", initial=ONE)
    per = forms.ChoiceField(label="Pr.", choices=[(one.value, one.danish) for one in Per], initial=Per.DAY.value)
    factor = AmountField(label="Faktor", required=False, initial=ONE, max_value=Decimal(1000))
    price = AmountField(label="Egen pris i kr.", required=False)
    starts = DayField(label="Fra", required=False)
    last_day = DayField(label="Til og med", required=False)

    def __init__(
        self, *given: Any, lines: Sequence[OpenLine] = (), services: Mapping[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.open_lines = {line.id: line for line in lines}
        named_services = services or {}
        self.fields["contract_line"].choices = [("", "Uden kontrakt, egen pris"), *_grouped(lines, named_services)]  # type: ignore[attr-defined]  # a choice field
        self.fields["service"].choices = [("", "–"), *named_services.items()]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """What the contract line says stands; without one, service, unit and price are to be written."""
        given = super().clean() or {}
        bought = self.open_lines.get(given.get("contract_line"))  # type: ignore[arg-type]  # None finds nothing
        if bought is not None:
            given |= {"service": bought.service, "unit": bought.unit, "price": None}
        else:
            for name in ("service", "unit"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "Skal udfyldes uden kontrakt.")
            if given.get("price") is None and "price" not in self.errors:
                self.add_error("price", "Skal udfyldes uden kontrakt.")
        starts, last_day = given.get("starts"), given.get("last_day")
        if starts and last_day and last_day < starts:
            self.add_error("last_day", "Datoen ligger før den første dag.")
        return given

    def line(self) -> NewLine:
        """The line as the services take it."""
        given = self.cleaned_data
        return NewLine(
            service=given["service"],
            unit=Unit(given["unit"]),
            per=Per.TOTAL if given["unit"] == Unit.ONCE else Per(given["per"]),
            quantity=given["quantity"],
            factor=ONE if given["factor"] is None else given["factor"],
            contract_line_id=given["contract_line"],
            price=given["price"],
            starts=given["starts"],
            ends=_after(given["last_day"]),
        )


class LineForms(forms.BaseFormSet):  # type: ignore[type-arg]  # a set of LineForm
    """The lines of a grant, which buy on one contract at the most."""

    def clean(self) -> None:
        """Refuse lines of several contracts: a grant leans on one."""
        super().clean()
        if any(self.errors):
            return
        contracts = {bought.contract_id for bought in self.bought}
        if len(contracts) > 1:
            raise forms.ValidationError("En bevilling kan kun bruge én kontrakt. Opret en bevilling for hver.")

    @property
    def bought(self) -> list[OpenLine]:
        """The contract lines that are bought on."""
        chosen = [form.cleaned_data.get("contract_line") for form in self.forms if form.is_valid()]
        return [self.form_kwargs_lines[line_id] for line_id in chosen if line_id in self.form_kwargs_lines]

    @property
    def form_kwargs_lines(self) -> dict[UUID, OpenLine]:
        """The lines that there are to choose from, by id."""
        return {line.id: line for line in self.form_kwargs.get("lines", ())}


LINE_FORMS = forms.formset_factory(
    LineForm, formset=LineForms, extra=0, min_num=1, validate_min=True, max_num=MOST_LINES, absolute_max=MOST_LINES
)


def draft_of(form: DraftForm, lines: LineForms, *, citizen_id: UUID) -> Draft:
    """The draft that valid forms make."""
    given = form.cleaned_data
    bought = lines.bought[0] if lines.bought else None
    return Draft(
        citizen_id=citizen_id,
        section=given["section"],
        period=Period(given["starts"], _after(given["last_day"])),
        lines=tuple(each.line() for each in lines.forms),
        contract_id=bought.contract_id if bought else None,
        supplier_id=bought.supplier_id if bought else given["supplier"],
        provider_unit_id=bought.provider_unit_id if bought else None,
        case_number=given["case_number"],
        caseworker=given["caseworker"],
        account_string=given["account_string"],
        follow_up_on=given["follow_up_on"],
        professional_reason=given["professional_reason"],
        economic_reason=given["economic_reason"],
    )


def _after(last_day: date | None) -> date | None:
    return None if last_day is None else last_day + ONE_DAY


def _grouped(lines: Sequence[OpenLine], services: Mapping[str, str]) -> list[tuple[str, list[tuple[UUID, str]]]]:
    """The lines under their contracts, each with its price."""
    return [
        (f"{number} · {name}", [(line.id, _priced(line, services)) for line in group])
        for (number, name), group in groupby(lines, key=lambda line: (line.contract_number, line.supplier_name))
    ]


def _priced(line: OpenLine, services: Mapping[str, str]) -> str:
    what = services.get(line.service, line.service)
    if line.price is None:
        return f"{what} (ingen pris)"
    return f"{what}: {danish_number(line.price)} kr. pr. {Unit(line.unit).danish}"
