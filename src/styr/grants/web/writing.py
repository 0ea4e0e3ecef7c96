"""Writing a grant: whom it is for, what it buys, why; the price and the warnings follow as one types."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access import queries as access
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.contracts.local_terms import on_offer
from styr.controls.core.explain import section
from styr.grants.approving import APPROVE, reaches
from styr.grants.choices import open_lines
from styr.grants.drafting import Editor, change_draft, create_draft, preview, rule_for
from styr.grants.lines import UnableToRegisterGrantError
from styr.grants.locked import GrantChangedMeanwhileError, UnknownGrantError
from styr.grants.page import GrantPage
from styr.grants.web.conflicts import as_it_is_now, latest_change
from styr.grants.web.fields import account_parts
from styr.grants.web.forms import LINE_FORMS, DraftForm, LineForms, draft_of
from styr.grants.web.views import page_or_404
from styr.grants.web.who import actor_of, municipality_of
from styr.kernel import clock
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.period import ONE_DAY
from styr.people import listing as citizens
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.ui.toasts import tell

PURPOSE = "bevilling"
_FEW = 20


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """Find the citizen, then write the grant."""
    wanted = request.POST.get("borger") or request.GET.get("borger") or ""
    if not wanted:
        return render(request, "grants/find_citizen.html", {"section": "grants"})
    citizen = _citizen(request, wanted)
    form, lines = _forms(request, citizen.id, {"starts": clock.today(), "caseworker": str(request.user)}, [{}])
    if request.method == "POST" and "tilfoej" not in request.POST and form.is_valid() and lines.is_valid():
        try:
            grant_id = create_draft(
                municipality_id=municipality_of(request),
                draft=draft_of(form, lines, citizen_id=citizen.id),
                by=Editor(actor_of(request).id, clock.today()),
            )
        except UnableToRegisterGrantError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Bevillingen er gemt som kladde.")
            return redirect("grant", grant_id=grant_id)
    return _written(request, citizen, form, lines, None)


@requires(Permission.EDIT_GRANTS)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The citizens that the words name: posted, so that no CPR number stands in an address."""
    words = request.POST.get("q", "").strip()[:100]
    rows: tuple[people.CitizenLine, ...] = ()
    total = 0
    if words:
        page = citizens.listed_citizens(
            _named(words), today=clock.today(), shown_on=request.path, purpose=PURPOSE, size=_FEW
        )
        rows, total = page.rows, page.total
    context = {"section": "grants", "words": words, "rows": rows, "more": max(0, total - len(rows))}
    return render(request, "grants/find_citizen.html", context)


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def edit(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Write a draft anew."""
    page = page_or_404(grant_id, followed=False)
    citizen = _citizen(request, str(page.citizen_id))
    form, lines = _forms(request, citizen.id, _initial(page), [_line(page, line) for line in page.lines] or [{}])
    conflict = None
    if request.method == "POST" and "tilfoej" not in request.POST and form.is_valid() and lines.is_valid():
        try:
            change_draft(
                grant_id=grant_id,
                draft=draft_of(form, lines, citizen_id=citizen.id),
                seen_version=form.cleaned_data["version"] or 0,
                by=Editor(actor_of(request).id, clock.today()),
            )
        except UnableToRegisterGrantError as refused:
            form.add_error(None, str(refused))
        except UnknownGrantError as missing:
            raise Http404(str(missing)) from missing
        except GrantChangedMeanwhileError:
            conflict = latest_change(grant_id)
            form = as_it_is_now(form, page.version)
        else:
            tell(request, "Rettelserne er gemt.")
            return redirect("grant", grant_id=grant_id)
    return _written(request, citizen, form, lines, page, conflict=conflict)


@requires(Permission.EDIT_GRANTS)
@require_POST
def price(request: HttpRequest) -> HttpResponse:
    """A fragment: what the grant as written would cost, and what is to be looked at. Nothing is kept."""
    citizen = _citizen(request, request.POST.get("borger", ""))
    form, lines = _forms(request, citizen.id, {"section": request.POST.get("section", "")}, [{}])
    context: dict[str, Any] = {"account": account_parts(request.POST.get("account_string", ""))}
    if form.is_valid() and lines.is_valid():
        grant_id = request.POST.get("bevilling") or None
        draft = draft_of(form, lines, citizen_id=citizen.id)
        try:
            context["proposed"] = None if draft.account_string else rule_for(draft)
            context["preview"] = preview(
                municipality_id=municipality_of(request),
                draft=draft,
                grant_id=_uuid(grant_id) if grant_id else None,
                today=clock.today(),
            )
            limit = access.limit_for(
                user_id=actor_of(request).id, act=APPROVE, on=clock.today(), unit_id=people.unit_of(citizen.id)
            )
            context |= {"limit": limit, "over": not reaches(limit, context["preview"].dearest_ore)}
        except (UnableToRegisterGrantError, UnknownGrantError) as refused:
            context["refused"] = str(refused)
    return render(request, "grants/price.html", context)


def _named(words: str) -> citizens.CitizenFilter:
    try:
        found = people.citizen_with_cpr(Cpr.parse(words))
    except InvalidCprError:
        return citizens.CitizenFilter(name=words)
    return citizens.CitizenFilter(among=[found] if found else [])


def _written(  # noqa: PLR0913 - what the page is drawn from
    request: HttpRequest,
    citizen: people.CitizenCard,
    form: DraftForm,
    lines: LineForms,
    page: GrantPage | None,
    *,
    conflict: object = None,
) -> HttpResponse:
    context = {
        "section": "grants",
        "citizen": citizen,
        "form": form,
        "lines": lines,
        "page": page,
        "conflict": conflict,
        "back": reverse("grant", args=[page.id]) if page else reverse("grants"),
    }
    return render(request, "grants/write.html", context, status=409 if conflict else 200)


def _forms(
    request: HttpRequest, citizen_id: UUID, initial: dict[str, Any], lines: list[dict[str, Any]]
) -> tuple[DraftForm, LineForms]:
    data = request.POST.copy() if request.method == "POST" else None
    today = clock.today()
    if data is not None and "tilfoej" in data:
        data["linjer-TOTAL_FORMS"] = str(_count(data.get("linjer-TOTAL_FORMS")) + 1)
    offer = on_offer(today, also={initial.get("section", ""), *(line.get("service", "") for line in lines)})
    sections = [(code, f"{section(code)} {fact.name}") for code, fact in offer.sections.items()]
    known = [(one.id, one.name) for one in suppliers.all_suppliers()]
    form = DraftForm(data, initial=initial, sections=sections, suppliers=known)
    offered = {"lines": open_lines(citizen_id=citizen_id, day=today), "services": offer.services}
    formset = LINE_FORMS(data, initial=lines, prefix="linjer", form_kwargs=offered)
    formset.min_num = max(1, len(lines)) if data is None else 1
    formset.extra = 0
    return form, formset  # type: ignore[return-value]  # formset_factory gives a class of its own


def _count(text: object) -> int:
    return int(str(text)) if str(text).isdigit() and len(str(text)) < 4 else 1  # noqa: PLR2004 - digits of a sane number


def _initial(page: GrantPage) -> dict[str, Any]:
    return {
        "version": page.version,
        "section": page.section,
        "starts": page.starts,
        "last_day": page.ends and page.ends - ONE_DAY,
        "caseworker": page.caseworker,
        "case_number": page.case_number,
        "follow_up_on": page.follow_up_on,
        "account_string": page.account_string,
        "supplier": None if page.contract_id else page.supplier_id,
        "professional_reason": page.professional_reason,
        "economic_reason": page.economic_reason,
    }


def _line(page: GrantPage, line: Any) -> dict[str, Any]:
    own = None if line.by_contract or not line.prices else line.prices[0].amount
    return {
        "contract_line": line.contract_line_id,
        "service": line.service,
        "unit": line.unit,
        "quantity": line.quantity.normalize(),
        "per": line.per,
        "factor": line.factor.normalize(),
        "price": own,
        "starts": None if line.starts == page.starts else line.starts,
        "last_day": None if line.ends in (None, page.ends) else line.ends - ONE_DAY,
    }


def _citizen(request: HttpRequest, citizen_id: str) -> people.CitizenCard:
    try:
        return people.visible_citizen(
            citizen_id=_uuid(citizen_id), page=request.path, purpose=PURPOSE, today=clock.today()
        )
    except people.CitizenNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404("Borgeren findes ikke.") from wrong
