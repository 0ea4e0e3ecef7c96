"""The page of new contract prices that somebody with the limit is to answer, and of what was answered."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.grants.core.codes import PriceAnswer
from styr.grants.price_listing import WAITING, PriceFilter, PriceRow, price_page
from styr.kernel.units import Unit
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

_TONES: Final = {PriceAnswer.WAITING: "warning", PriceAnswer.APPROVED: "good", PriceAnswer.REFUSED: "danger"}


class PriceFilterForm(FilterForm):
    """What can be asked of the list; without a word those that wait."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Kontrakt, leverandør"})
    )
    svar = forms.ChoiceField(
        choices=[("", "Venter"), ("alle", "Alle"), *PriceAnswer.choices()], widget=forms.HiddenInput
    )

    def wanted(self) -> PriceFilter:
        """The filter as the grants understand it."""
        asked = self.values["svar"] or WAITING
        return PriceFilter(words=self.values["q"] or "", answer="" if asked == "alle" else asked)


def _unit(row: PriceRow) -> str:
    return f"pr. {Unit(row.unit).danish}"


def _dearer(row: PriceRow) -> str:
    return "1 bevilling" if row.grants == 1 else f"{row.grants} bevillinger"


PRICES: Final = ListSpec(
    name="nye-priser",
    title="Nye kontraktpriser",
    one="ny pris",
    many="nye priser",
    default_sort="-bedt",
    columns=(
        Column("kontrakt", "Kontrakt", value=lambda row: row.number, sort="kontrakt", fixed=True, nowrap=True,
               link=lambda row: reverse("contract", args=[row.contract_id]), note=lambda row: row.supplier),
        Column("pris", "Ny pris", Kind.RATE, value=lambda row: row.amount, note=_unit),
        Column("fra", "Fra", Kind.DATE, value=lambda row: row.valid_from),
        Column("dyreste", "Dyreste år", Kind.MONEY, value=lambda row: row.dearest_ore, sort="dyreste", lead=True,
               note=_dearer),
        Column("bedt", "Bedt om", Kind.MOMENT, value=lambda row: row.asked_at, sort="bedt",
               note=lambda row: row.asked_by),
        Column("svar", "Svar", Kind.TAG, note=lambda row: row.answered_by or None,
               value=lambda row: Tag(row.answer.danish.capitalize(), _TONES.get(row.answer, "quiet"))),
        Column("begrundelse", "Begrundelse", value=lambda row: row.reason),
    ),
    empty_icon="circle-check",
    empty_title="Ingen nye priser venter",
    empty_text="Gør en ny kontraktpris bevillinger dyrere, end de er godkendt til, venter den her på en, der må "
    "godkende beløbet.",
)  # fmt: skip


@requires(Permission.SEE_GRANTS)
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """The prices that wait, or those that were answered."""
    form = PriceFilterForm(request.GET)

    def fetch(wanted: PriceFilter, sort: Sort, page: int, size: int) -> ListPage[PriceRow]:
        rows, total = price_page(wanted, by=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    context = {
        "section": "grants",
        "now": form.values["svar"] or "",
        "tabs": [("", "Venter"), (PriceAnswer.APPROVED.value, "Godkendt"), (PriceAnswer.REFUSED.value, "Afvist"),
                 ("alle", "Alle")],
    }  # fmt: skip
    return list_response(request, PRICES, fetch, form, context, template="grants/prices.html")
