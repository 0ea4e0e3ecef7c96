"""The list of paid months that cost something else than was paid, until later payments have settled them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.kernel.danish import danish_month, danish_section
from styr.ledger.balances import MonthBalance, balance_totals, month_balances
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_STATES: Final = [("", "Ikke udlignet"), ("udlignede", "Udlignet siden"), ("alle", "Alle")]


class BalanceFilterForm(FilterForm):
    """Which months."""

    stand = forms.ChoiceField(label="Status", choices=_STATES)

    def wanted(self) -> str:
        """The state asked for."""
        return self.values["stand"] or "aabne"


def _state(row: MonthBalance) -> Tag:
    if row.open_ore == 0:
        return Tag("Udlignet", "good")
    return Tag("Skal betales", "warning") if row.open_ore > 0 else Tag("Skal kræves tilbage", "danger")


BALANCES: Final = ListSpec(
    name="efterreguleringer",
    title="Efterreguleringer",
    one="måned",
    many="måneder",
    default_sort="-open",
    columns=(
        Column(
            "number",
            "Bevilling",
            sort="number",
            link=lambda row: reverse("grant", args=[row.grant_id]),
            note=lambda row: danish_section(row.section),
            fixed=True,
        ),
        Column("month", "Måned", value=lambda row: danish_month(row.month), sort="month", nowrap=True),
        Column("state", "Status", Kind.TAG, value=_state),
        Column("adjusted_ore", "Forskel", Kind.MONEY),
        Column("later_ore", "Betalt siden", Kind.MONEY),
        Column("paid_on", "Senest", Kind.DATE, shown=False),
        Column("open_ore", "Mangler", Kind.MONEY, sort="open", lead=True),
    ),
    empty_icon="check",
    empty_title="Intet at efterregulere",
    empty_text="Alle betalte måneder koster det, der er betalt for dem.",
)


@requires(Permission.SEE_ECONOMY)
@require_safe
def balances(request: HttpRequest) -> HttpResponse:
    """The months, what was adjusted, what has come since, and what is missing."""
    context = {"section": "economy", "totals": balance_totals()}
    form = BalanceFilterForm(request.GET)

    def fetch(wanted: str, sort: Sort, page: int, size: int) -> ListPage[Any]:
        rows, total = month_balances(state=wanted, by=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=page, size=size, total=total)

    return list_response(request, BALANCES, fetch, form, context, template="ledger/balances.html")
