"""The decision paper as Word or PDF, and what vehicles must be as a page and an Excel file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.rules import requires
from styr.fleet.paper import as_pdf, as_word, paper
from styr.fleet.queries import fleet_sheet
from styr.kernel import clock
from styr.transport.requirements import PURCHASE, TENDER, requirements_on
from styr.ui.columns import Column
from styr.ui.lists import excel_response

if TYPE_CHECKING:
    from styr.transport.requirements import Requirement

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
USES: Final = (("", "Alle"), (PURCHASE, "Køb"), (TENDER, "Udbud"))


@requires(Permission.SEE_TRANSPORT)
@require_safe
def fleet_paper(_request: HttpRequest, what: str) -> HttpResponse:
    """The paper as a file (`word` or `pdf`)."""
    if what not in {"word", "pdf"}:
        raise Http404("Den fil findes ikke.")
    today = clock.today()
    made = paper(fleet_sheet(today), municipality=municipality_name(), today=today)
    content, kind, ending = (
        (as_pdf(made), "application/pdf", "pdf") if what == "pdf" else (as_word(made), _WORD, "docx")
    )
    headers = {"Content-Disposition": f'attachment; filename="egne-vogne-{today:%Y-%m-%d}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def fleet_requirements(request: HttpRequest) -> HttpResponse:
    """The checklist, all of it or that for purchases or tenders."""
    use = request.GET.get("til", "")
    use = use if use in {PURCHASE, TENDER} else ""
    rows = requirements_on(clock.today(), use=use)
    if request.GET.get("hent") == "xlsx":
        told = [("Til", dict(USES)[use])]
        return excel_response("krav-til-vogne", "Krav til vogne", _COLUMNS, rows, told)
    groups: dict[str, list[Requirement]] = {}
    for one in rows:
        groups.setdefault(one.group, []).append(one)
    context = {
        "section": "transport", "groups": list(groups.items()), "use": use, "uses": USES, "many": len(rows),
        "unchecked": sum(one.check for one in rows),
    }  # fmt: skip
    return render(request, "fleet/requirements.html", context)


_COLUMNS: Final = (
    Column("code", "Nr."),
    Column("group", "Om"),
    Column("title", "Krav"),
    Column("text", "Tekst"),
    Column("applies", "Gælder"),
    Column("level", "Skal/bør"),
    Column("proof", "Dokumentation"),
    Column("law", "Lov eller standard"),
    Column("check", "Kontrollér", value=lambda row: "ja" if row.check else ""),
    Column("met", "Opfyldt (udfyldes)", value=lambda _row: ""),
)
