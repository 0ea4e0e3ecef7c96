"""The queue's filter as it stands in the address."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import QueryDict

from styr.controls.core.control import EXCEPTION_CODES
from styr.invoices.core.codes import FollowUpState, Status
from styr.invoices.queries import QueueFilter, View
from styr.invoices.queue import due_span
from styr.invoices.recovered import FollowUpFilter
from styr.kernel import clock
from styr.ui.filters import FilterForm

KINDS: Final = {
    "citizen_unclear": "Borgeren er uklar",
    "no_grant": "Ingen bevilling",
    "no_contract": "Ingen kontrakt",
    "outside_period": "Uden for perioden",
    "duplicate": "Krævet to gange",
    "rate_high": "Takst for høj",
    "rate_low": "Takst for lav",
    "quantity": "Antal",
    "absence_not_deducted": "Fravær",
    "uncontracted_extra": "Ikke aftalt",
    "wrong_payer": "Forkert modtager",
    "document_error": "Dokumentfejl",
    "invoice_new_bank_account": "Ny bankkonto",
    "invoice_supplier_not_party": "Ikke part",
}
"""Exception codes, and the hard stops that have none, by the words of the filter and of the tags."""
SHORT: Final = {
    **KINDS,
    "grant_ended": "Bevilling udløbet",
    "citizen_dead_or_moved": "Død eller fraflyttet",
    "already_paid": "Allerede betalt",
    "rate_high_changing": "Takst for høj",
    "rate_low_changing": "Takst for lav",
    "contract_unsigned": "Ikke underskrevet",
    "supplier_not_party": "Ikke part",
    "wrong_paying_municipality": "Betalingskommune",
    "too_late": "For sent krævet",
    "outdated": "Forældet",
    "ahead": "For tidligt",
    "unsure": "Usikker bevilling",
    "new_bank_account": "Ny bankkonto",
    "sent_before": "Sendt før",
    "document_fatal": "Dokumentfejl",
    "unknown_supplier": "Ukendt leverandør",
    "other_currency": "Valuta",
    "taxed": "Moms",
    "other_amount": "Andet beløb",
    "beside_lines": "Uden for linjerne",
    "undated": "Uden dato",
    "waiting": "Afventer kreditnota",
    "beyond_notice": "Efter opsigelsen",
    "held_by_registers": "Stoppet af register",
    "after_invoicing_deadline": "Efter fristen",
    "long_chain": "For mange led",
    "settlement_invoice_differs": "Ikke summen af ture",
}
"""By control: what fits a tag."""
assert set(KINDS) >= EXCEPTION_CODES  # noqa: S101 - every exception can be asked for
_DUE: Final = {"overskredet": "overskredet", "idag": "i dag", "uge": "denne uge", "14dage": "inden for 14 dage"}


class QueueForm(FilterForm):
    """Every field is optional; `visning` is the tab."""

    q = forms.CharField(
        label="Søg", max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Leverandør, faktura, bevilling"}),
    )  # fmt: skip
    afvigelse = forms.ChoiceField(label="Afvigelse", choices=[("", "Alle"), *KINDS.items()])
    frist = forms.ChoiceField(label="Frist", choices=[("", "Alle"), *_DUE.items()])
    fra = forms.DecimalField(label="Beløb fra", min_value=0, max_digits=12, decimal_places=2, localize=True)
    til = forms.DecimalField(label="Beløb til", min_value=0, max_digits=12, decimal_places=2, localize=True)
    maaned = forms.DateField(
        label="Periode", input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )
    paragraf = forms.CharField(label="Paragraf", max_length=20)
    leverandoer = forms.CharField(label="Leverandør (navn eller CVR)", max_length=80)
    enhed = forms.TypedChoiceField(label="Enhed", coerce=UUID, empty_value=None)
    status = forms.ChoiceField(label="Status", choices=[("", "Alle"), *((one.value, one.danish) for one in Status)])
    visning = forms.ChoiceField(choices=[(one.value, one.danish) for one in View], widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, units: Sequence[tuple[UUID, str]] | None = None) -> None:
        """`units` are those to choose among; without them the address's own counts, and is not shown as a field."""
        asked = [(word, word) for word in [data.get("enhed", "")] if units is None and _is_id(word)]
        known = [(str(unit), name) for unit, name in units or ()]
        super().__init__(data, offered={"enhed": [("", "Alle"), *known, *asked]})
        if units is None:
            self.fields["enhed"].widget = forms.HiddenInput()

    def wanted(self) -> QueueFilter:
        """The filter as the queue understands it."""
        given = self.values
        due_from, due_before = due_span(given["frist"] or "", clock.today())
        return QueueFilter(
            view=View(given["visning"] or View.MINE),
            words=given["q"] or "",
            supplier=given["leverandoer"] or "",
            kind=given["afvigelse"] or "",
            status=given["status"] or "",
            least_ore=_ore(given["fra"]),
            most_ore=_ore(given["til"]),
            due_from=due_from,
            due_before=due_before,
            unit_id=given["enhed"],
            section=_section(given["paragraf"] or ""),
            month=given["maaned"],
        )


class FollowUpForm(FilterForm):
    """The filter of the list of follow-ups."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}), max_length=80)
    tilstand = forms.ChoiceField(
        label="Status", choices=[("", "Åbne"), ("settled", "Afsluttede"), ("dropped", "Frafaldne"), ("alle", "Alle")]
    )
    afvigelse = forms.ChoiceField(label="Afvigelse", choices=[("", "Alle"), *KINDS.items()])
    hvis = forms.ChoiceField(label="Ansvarlig", choices=[("", "Alle"), ("mig", "Mig")])

    def __init__(self, *given: Any, user_id: Any, **named: Any) -> None:
        self._user_id = user_id
        super().__init__(*given, **named)

    def wanted(self) -> FollowUpFilter:
        """The filter as the query understands it."""
        given = self.values
        state = given["tilstand"] or FollowUpState.OPEN.value
        return FollowUpFilter(
            state="" if state == "alle" else state,
            owner_id=self._user_id if given["hvis"] == "mig" else None,
            words=given["q"] or "",
            exception_code=given["afvigelse"] or "",
        )


def _is_id(word: str) -> bool:
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False


def _ore(kroner: Any) -> int | None:
    return None if kroner is None else int(kroner * 100)


def _section(words: str) -> str:
    return words.strip().upper().replace(" ", "").replace("§", "-").replace("--", "-")
