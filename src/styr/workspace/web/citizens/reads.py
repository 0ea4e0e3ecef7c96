"""Who looked at a citizen: for those who see logs, not for every colleague (see the README of people)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.audit.queries import ReadFilter, ReadRow, reads_of
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, list_response
from styr.workspace.templatetags.citizens import short_path
from styr.workspace.web.citizens.tabs import frame_context, framed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class ReadFilterForm(FilterForm):
    """What can be asked of the list."""

    hvem = forms.CharField(label="Hvem", widget=forms.TextInput(attrs={"type": "search"}))
    fra = forms.DateField(label="Fra", widget=forms.DateInput(attrs={"type": "date"}))
    til = forms.DateField(label="Til og med", widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> ReadFilter:
        """The filter as the log understands it."""
        asked = self.values
        return ReadFilter((asked["hvem"] or "").strip(), asked["fra"], asked["til"])


READS: Final = ListSpec(
    name="opslag",
    title="Hvem har set borgeren",
    one="opslag",
    many="opslag",
    default_sort="-tidspunkt",
    size=100,
    columns=(
        Column("tidspunkt", "Tidspunkt", Kind.MOMENT, value=lambda row: row.at, sort="tidspunkt", fixed=True),
        Column("hvem", "Hvem", value=lambda row: row.who or f"job: {row.job}"),
        Column("formaal", "Formål", value=lambda row: row.purpose),
        Column("side", "Side", value=lambda row: short_path(row.page)),
        Column("adresse", "Adresse", value=lambda row: row.page, only_excel=True),
        Column("andre", "Andre på siden", Kind.NUMBER, value=lambda row: row.others),
    ),
    empty_icon="eye",
    empty_title="Ingen har set borgeren",
    empty_text="Hvert opslag lægger en linje her.",
)


@require_safe
@requires(Permission.SEE_LOGS)
def reads(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Every look, filtered and sorted as the address says; this one is logged as well."""
    frame = framed(request, citizen_id, "hvem har set")

    def fetch(wanted: ReadFilter, sort: Sort, page: int, size: int) -> ListPage[ReadRow]:
        rows, total = reads_of(citizen_id, wanted, oldest=not sort.falling, part=((page - 1) * size, size))
        return ListPage.of(rows, page=page, size=size, total=total)

    context = frame_context(request, frame, "citizen_reads")
    answer = list_response(
        request, READS, fetch, ReadFilterForm(request.GET), context, template="workspace/citizens/reads.html"
    )
    answer["Cache-Control"] = "no-store"
    return answer
