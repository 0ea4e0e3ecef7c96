"""Searching in the contracts' texts, one clause over all contracts, and the contracts as open data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.invoices.core.masking import holds_cpr
from styr.kernel import clock
from styr.people import queries as people
from styr.texts import comparing, queries
from styr.texts.core.asking import LONGEST, UnclearSearchError, asked
from styr.texts.publishing import open_contracts
from styr.texts.web.listing import CLAUSES, ClauseFilterForm
from styr.ui.lists import ListPage, Sort, list_response

_MOST_PAGES = 1_000
_CPR = "Et CPR-nummer står ikke i det, der søges i. Find borgeren under Borgere, og se kontrakterne der."


@requires(Permission.SEE_CONTRACTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find words in the contracts' texts. They are posted, so that no address holds what somebody looked for."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    page = _page_number(request.POST.get("side", ""))
    context = {"section": "contracts", "words": text, "longest": LONGEST, "waiting": 0, "page": page}
    if text:
        context |= _found(request, text, page)
    if not context.get("total"):
        context["waiting"] = queries.documents_waiting()
    return render(request, "texts/search.html", context, status=400 if context.get("refused") else 200)


def _found(request: HttpRequest, text: str, page: int) -> dict[str, object]:
    if holds_cpr(text):
        return {"refused": _CPR, "words": ""}
    try:
        wanted = asked(text)
    except UnclearSearchError as unclear:
        return {"refused": str(unclear)}
    hits, total = queries.found_documents(wanted, page=page)
    citizens = people.citizen_lines(
        citizen_ids={hit.document.citizen_id for hit in hits if hit.document.citizen_id is not None},
        page=request.path, purpose="søgning i kontrakter", today=clock.today(),
    )  # fmt: skip
    shown = [(hit, citizens.get(hit.document.citizen_id) if hit.document.citizen_id else None) for hit in hits]
    return {"hits": shown, "total": total, "more": total > page * queries.PAGE_SIZE, "next_page": page + 1}


def _page_number(text: str) -> int:
    return min(int(text), _MOST_PAGES) if text.isascii() and text.isdigit() and int(text) else 1


@requires(Permission.SEE_CONTRACTS)
@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """One clause over all contracts: what is registered, what the document says, and the verdict."""
    today = clock.today()

    def fetch(
        wanted: comparing.ComparisonFilter, sort: Sort, page: int, size: int
    ) -> ListPage[comparing.ComparedContract]:
        rows, total = comparing.compared_contracts(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=page, size=size, total=total)

    form = ClauseFilterForm(request.GET, today=today)
    return list_response(request, CLAUSES, fetch, form, {"section": "contracts"}, template="texts/clauses.html")


@requires(Permission.SEE_CONTRACTS)
@never_cache
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view is given its request
    """The running contracts as an OCDS file, with nothing about a person in it."""
    told, _left_out = open_contracts(today=clock.today(), now=clock.now())
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="kontrakter-ocds-{clock.today():%Y-%m-%d}.json"'
    return answer
