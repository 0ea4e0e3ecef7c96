"""The list of negotiations, those under way unless others are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.negotiations.core.codes import CaseStatus
from styr.negotiations.reading import CaseLine, negotiation_page
from styr.negotiations.web.cases import TONES
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ALL: Final = "alle"
_VIEWS: Final = (*((one.value, one.danish.capitalize()) for one in CaseStatus), (_ALL, "Alle"))


class CaseFilterForm(FilterForm):
    """What can be asked of the list; the status is a tab."""

    q = forms.CharField(
        label="Søg",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Emne, leverandør …"}),
    )
    status = forms.ChoiceField(choices=_VIEWS, widget=forms.HiddenInput)

    @property
    def now(self) -> str:
        """The tab."""
        return self.values["status"] or CaseStatus.OPEN.value


NEGOTIATIONS: Final = ListSpec(
    name="forhandlinger",
    title="Forhandlinger",
    one="forhandling",
    many="forhandlinger",
    default_sort="-aabnet",
    columns=(
        Column("emne", "Emne", value=lambda one: one.title, note=lambda one: one.kind.danish.capitalize(), sort="emne",
               link=lambda one: reverse("negotiation", args=[one.id]), fixed=True),
        Column("leverandoer", "Leverandør", value=lambda one: one.supplier_name, sort="leverandoer",
               link=lambda one: reverse("supplier", args=[one.supplier_id])),
        Column("bevilling", "Bevilling", value=lambda one: one.grant_number, sort="bevilling", nowrap=True,
               link=lambda one: reverse("grant", args=[one.grant_id])),
        Column("forhandler", "Forhandler", value=lambda one: one.negotiator, sort="forhandler"),
        Column("aabnet", "Åbnet", Kind.DATE, value=lambda one: one.opened_at, sort="aabnet"),
        Column("lukket", "Lukket", Kind.DATE, value=lambda one: one.closed_on, shown=False),
        Column("status", "Status", Kind.TAG, value=lambda one: Tag(one.status.danish.capitalize(), TONES[one.status])),
        Column("potentiale", "Potentiale pr. år", Kind.MONEY, value=lambda one: one.likely_ore, sort="potentiale",
               lead=True),
    ),
    empty_icon="handshake",
    empty_title="Ingen forhandlinger her",
    empty_text="En forhandling åbnes fra Potentiale.",
)  # fmt: skip


@requires(Permission.SEE_RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The negotiations, filtered and sorted as the address says; those under way unless another status is asked for."""
    form = CaseFilterForm(request.GET)
    status = None if form.now == _ALL else CaseStatus(form.now)

    def fetch(wanted: dict[str, Any], sort: Sort, page: int, size: int) -> ListPage[CaseLine]:
        rows, total = negotiation_page(
            status=status,
            words=(wanted["q"] or "").strip(),
            order=(sort.by, sort.falling),
            part=((page - 1) * size, size),
        )
        return ListPage.of(rows, page=page, size=size, total=total)

    context = {"section": "results", "now": form.now, "views": _VIEWS}
    return list_response(request, NEGOTIATIONS, fetch, form, context, template="negotiations/negotiations.html")
