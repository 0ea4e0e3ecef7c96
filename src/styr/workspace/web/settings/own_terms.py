"""Sections and services of the municipality's own: added, and changed and retired afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.held import held_address
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts import own_terms
from styr.contracts.core.codes import TermKind
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ui.toasts import tell, warn
from styr.workspace.web.settings.forms import NewTermForm, OwnTermForm

PAGES = {TermKind.SECTION: "section_term", TermKind.SERVICE: "service_term"}


@requires(Permission.CHANGE_SETTINGS, everywhere=True)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def section_new(request: HttpRequest) -> HttpResponse:
    """Add a section of the law."""
    return _new(request, TermKind.SECTION)


@requires(Permission.CHANGE_SETTINGS, everywhere=True)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def service_new(request: HttpRequest) -> HttpResponse:
    """Add a kind of service."""
    return _new(request, TermKind.SERVICE)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
@held_address
def section_own(request: HttpRequest, code: str) -> HttpResponse:
    """Change how files may write an own section, and when it is retired."""
    return _changed(request, TermKind.SECTION, code)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
@held_address
def service_own(request: HttpRequest, code: str) -> HttpResponse:
    """Change how files may write an own service, and when it is retired."""
    return _changed(request, TermKind.SERVICE, code)


def _new(request: HttpRequest, what: TermKind) -> HttpResponse:
    today = clock.today()
    form = NewTermForm(request.POST or None, initial={"starts": today}, of_law=what is TermKind.SECTION)
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        starts = form.cleaned_data["starts"]
        try:
            code = own_terms.add_term(
                municipality_id=person.municipality_id, what=what, term=form.term(), starts=starts,
                actor_id=person.id, today=today,
            )  # fmt: skip
        except own_terms.UnableToAddTermError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, f"»{form.cleaned_data['name']}« kan vælges fra {danish_date(starts)}.")
            return redirect(PAGES[what], code)
    title = "Ny paragraf" if what is TermKind.SECTION else "Ny ydelse"
    return render(request, "workspace/settings/term_new.html", {"section": "settings", "form": form, "title": title})


def _changed(request: HttpRequest, what: TermKind, code: str) -> HttpResponse:
    held = own_terms.own_terms(what).get(code)
    form = OwnTermForm(request.POST, initial={"words": held.words, "ends": held.ends} if held else {})
    actor = person_of(request).id
    if not form.is_valid():
        warn(request, str(next(iter(form.non_field_errors()), "Skriv en dato, eller lad feltet stå tomt.")))
        return redirect(PAGES[what], code)
    given = form.cleaned_data
    try:
        own_terms.change_term(
            what=what, code=code, words=given["words"], ends=given["ends"], actor_id=actor, today=clock.today()
        )
    except own_terms.UnableToAddTermError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, f"Den udgår fra {danish_date(given['ends'])}." if given["ends"] else "Ændringen er gemt.")
    return redirect(PAGES[what], code)
