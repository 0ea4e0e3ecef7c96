"""The pages of findings: the list, one finding, and what is done with them."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.controls import casework
from styr.controls.core.facts import facts
from styr.controls.core.verdict import Verdict
from styr.controls.handling import UnableToHandleFindingError
from styr.controls.services import UnableToDecideFindingError
from styr.controls.showing import FindingView
from styr.controls.stopping import stops_payment
from styr.invoices.core.queries_to_supplier import drafted
from styr.kernel import clock
from styr.kernel.danish import kroner
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, tell_with_undo, warn
from styr.workspace import finding_work, findings
from styr.workspace.core.leads import About, Lead, leads_of
from styr.workspace.core.reasons import reasons
from styr.workspace.findings import FindingPicture, Rows
from styr.workspace.web.addresses import page_of
from styr.workspace.web.findings.forms import DecisionForm, FindingFilterForm, NoteForm, ReopenForm
from styr.workspace.web.findings.listing import TABS, bulk, spec

CONFLICT = 409


@requires(Permission.SEE_FINDINGS)
@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """Findings as filtered, the most expensive first; the filter lives in the address."""
    today, person = clock.today(), person_of(request)
    form = FindingFilterForm(request.GET, user_id=person.id, offered=findings.choices(today))
    named = "borger" in ",".join(request.GET.getlist("kolonner")).split(",")
    context: dict[str, object] = {"section": "findings", "tabs": _tabs(form)}

    def fetch(wanted: object, sort: Sort, page: int, size: int) -> ListPage[findings.FindingRow]:
        word = f"-{sort.by}" if sort.falling else sort.by
        found = findings.finding_rows(wanted, sort=word, page=page, size=size, today=today, citizens=named)  # type: ignore[arg-type]  # the form's own filter
        context["list_summary"] = _summary(found)
        return ListPage(found.rows, found.page, found.pages, found.total)

    return list_response(
        request,
        spec(request.GET.urlencode()),
        fetch,
        form,
        context,
        template="workspace/findings/list.html",
        bulk=bulk() if _decides(request) else None,
    )


@requires(Permission.SEE_FINDINGS)
@require_safe
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: its sentence, what it builds on, where it leads, what people did, and what can be done."""
    return _page(request, _seen(request, finding_id))


@requires(Permission.DECIDE_FINDINGS)
@require_POST
@once
def finding_decide(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Decide, and go on to the next of the list that one came from."""
    form = DecisionForm(request.POST)
    picture = _seen(request, finding_id)
    if not form.is_valid():
        return _page(request, picture, decision=form)
    person = person_of(request)
    given, verdict = form.cleaned_data, Verdict(form.cleaned_data["verdict"])
    try:
        finding_work.decide(
            municipality_id=person.municipality_id,
            finding_id=finding_id,
            verdict=verdict,
            reason=given["reason"],
            actor_id=person.id,
            seen=given["seen"],
            now=clock.now(),
        )
    except UnableToDecideFindingError as refusal:
        return _refused(request, picture, form, refusal)
    told = f"Afgjort som »{verdict.danish}«."
    tell_with_undo(request, told, undo=reverse("finding_undo", args=[finding_id]))
    return redirect(_next(request, finding_id))


@requires(Permission.DECIDE_FINDINGS)
@require_POST
def finding_undo(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Take back what was just decided: a new decision. Sent twice, the second finds nothing to take back."""
    _reopen(request, finding_id, "Fortrudt umiddelbart efter.")
    return redirect("finding", finding_id)


@requires(Permission.DECIDE_FINDINGS)
@require_POST
@once
def finding_reopen(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Take the latest decision back, with a reason."""
    form = ReopenForm(request.POST)
    if not form.is_valid():
        warn(request, "Skriv, hvorfor afgørelsen tages tilbage.")
    else:
        _reopen(request, finding_id, form.cleaned_data["reason"])
    return redirect("finding", finding_id)


@requires(Permission.DECIDE_FINDINGS)
@require_POST
@once
def finding_hand_over(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Lay the finding with a colleague, or back with everybody in the role."""
    person, chosen = person_of(request), request.POST.get("hos", "")
    try:
        assignee = UUID(chosen) if chosen else None
        finding_work.hand_over(
            municipality_id=person.municipality_id,
            finding_id=finding_id,
            assignee_id=assignee,
            actor_id=person.id,
            now=clock.now(),
            today=clock.today(),
        )
    except (UnableToHandleFindingError, ValueError) as refusal:
        warn(request, str(refusal) if isinstance(refusal, UnableToHandleFindingError) else "Vælg en medarbejder.")
    else:
        tell(request, "Afvigelsen er lagt hos en kollega." if assignee else "Afvigelsen er lagt tilbage til alle.")
    return redirect("finding", finding_id)


@requires(Permission.DECIDE_FINDINGS)
@require_POST
@once
def finding_note(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Write a note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, _seen(request, finding_id), note=form)
    person = person_of(request)
    try:
        finding_work.note(
            municipality_id=person.municipality_id,
            finding_id=finding_id,
            text=form.cleaned_data["text"],
            actor_id=person.id,
            now=clock.now(),
        )
    except UnableToHandleFindingError as refusal:
        warn(request, str(refusal))
    return redirect("finding", finding_id)


def _seen(request: HttpRequest, finding_id: UUID) -> FindingPicture:
    picture = findings.finding_picture(finding_id, page=request.path, today=clock.today())
    if picture is None:
        raise Http404("Afvigelsen findes ikke, eller den ligger uden for dit område.")
    return picture


def _page(
    request: HttpRequest,
    picture: FindingPicture,
    *,
    decision: DecisionForm | None = None,
    note: NoteForm | None = None,
    **more: object,
) -> HttpResponse:
    found, file = picture.file.finding, picture.file
    evidence = {**file.evidence, "amount_ore": found.amount_ore}
    letter = drafted(found.code, evidence, sender=municipality_name()) if found.invoice_id else None
    can = _decides(request)
    able = colleagues_who(Permission.DECIDE_FINDINGS, unit_id=found.unit_id, on=clock.today()) if can else ()
    context = {
        "section": "findings",
        "picture": picture,
        "file": file,
        "finding": found,
        "facts": facts(file.evidence),
        "links": [(link, page_of(link.url_name, link.id)) for link in picture.links],
        "leads": _leads(request, found, file.evidence),
        "letter": letter.body if letter else None,
        "may_decide": can,
        "on_invoice": stops_payment(hard_stop=found.hard_stop, invoice_id=found.invoice_id),
        "colleagues": able,
        "decision": decision or DecisionForm(initial={"seen": found.fingerprint}),
        "note": note or NoteForm(),
        "reopen": ReopenForm(),
        "reasons": [(verdict, texts) for verdict, texts in reasons().items()],
        "liste": _list_query(request),
        **more,
    }
    return render(request, "workspace/findings/finding.html", context, status=CONFLICT if more else 200)


def _leads(request: HttpRequest, found: FindingView, evidence: Mapping[str, object]) -> list[tuple[Lead, str]]:
    """The pages on which the finding can be acted upon by the person."""
    about = About(
        found.id,
        found.code,
        found.subject_kind,
        found.subject_id,
        citizen_id=found.citizen_id,
        supplier_id=found.supplier_id,
        grant_id=found.grant_id,
    )
    able = [lead for lead in leads_of(about, evidence) if may(request, lead.needs)]
    return [
        (lead, address + (f"?{lead.query}" if lead.query else ""))
        for lead in able
        if (address := page_of(lead.url_name, *lead.given))
    ]


def _refused(
    request: HttpRequest, picture: FindingPicture, form: DecisionForm, refusal: UnableToDecideFindingError
) -> HttpResponse:
    """What changed meanwhile, with what the person wrote still in the field, to be decided on what holds now."""
    found = picture.file.finding
    before = casework.evidence_seen(found.id, form.cleaned_data["seen"]) or {}
    then, now = ({fact.label: fact.text for fact in facts(one)} for one in (before, picture.file.evidence))
    changes = [
        {"label": label, "before": then.get(label), "now": now.get(label), "mine": None}
        for label in dict.fromkeys((*then, *now))
        if then.get(label) != now.get(label)
    ]
    again = DecisionForm(initial={**form.cleaned_data, "seen": found.fingerprint})
    return _page(request, picture, decision=again, refusal=str(refusal), changes=changes)


def _reopen(request: HttpRequest, finding_id: UUID, reason: str) -> None:
    person = person_of(request)
    try:
        finding_work.reopen(
            municipality_id=person.municipality_id,
            finding_id=finding_id,
            reason=reason,
            actor_id=person.id,
            now=clock.now(),
        )
    except UnableToDecideFindingError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Afgørelsen er taget tilbage, og afvigelsen er åben igen.")


def _decides(request: HttpRequest) -> bool:
    return may(request, Permission.DECIDE_FINDINGS)


def _list_query(request: HttpRequest) -> str:
    return request.POST.get("liste", "") if request.method == "POST" else request.GET.get("liste", "")


def _next(request: HttpRequest, finding_id: UUID) -> str:
    """The next finding of the list that the person came from; the finding itself when they came from no list."""
    query = _list_query(request)
    if not query:
        return reverse("finding", args=[finding_id])
    address = QueryDict(query)
    form = FindingFilterForm(address, user_id=person_of(request).id, offered=findings.choices(clock.today()))
    following = findings.next_in_list(form.wanted(), after=finding_id, sort=address.get("sorter", ""))
    if following is None:
        return f"{reverse('findings')}?{query}"
    return f"{reverse('finding', args=[following])}?{urlencode({'liste': query})}"


def _tabs(form: FindingFilterForm) -> list[tuple[str, str, bool]]:
    now = form.values["status"] or ""
    others = {name: words for name, words in form.address.items() if name != "status"}
    return [
        ("?" + urlencode({**others, **({"status": state} if state else {})}, doseq=True), title, state == now)
        for state, title in TABS
    ]


def _summary(found: Rows) -> str:
    if found.total == found.unknown:
        return ""
    return f"{kroner(found.amount_ore, whole=True)} i alt; flere kan handle om de samme kroner"
