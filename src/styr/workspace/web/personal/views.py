"""What belongs to a person: saved filters, notices, the calendar's address and the daily mail."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import anyone_logged_in
from styr.kernel import clock
from styr.ui.sealed_words import is_sealed, seal
from styr.ui.toasts import tell, warn
from styr.workspace import mailing, notices, saved_filters
from styr.workspace.web.addresses import page_of
from styr.workspace.web.personal.forms import MailForm

_OURS: Final = frozenset({"csrfmiddlewaretoken", "_once", "sti", "frie"})
_LONGEST_KEPT: Final = 60
"""The longest path of a list whose filter can be saved: the column's length."""
_LONGEST_PATH: Final = 200


@anyone_logged_in
@require_POST
def list_words(request: HttpRequest) -> HttpResponse:
    """Send what stands in a filter on to its list; what was written freely is sealed, so that no log holds a name."""
    free = set(request.POST.getlist("frie"))
    words = [
        (name, word) for name, all_words in request.POST.lists() for word in all_words if word and name not in _OURS
    ]
    sealed = [(name, seal(word) if name in free and not is_sealed(word) else word) for name, word in words]
    page = _own_path(request, request.POST.get("sti", ""), longest=_LONGEST_PATH)
    return redirect(f"{page}?{urlencode(sealed)}")


@anyone_logged_in
@require_POST
def saved_filter_new(request: HttpRequest) -> HttpResponse:
    """Save the list's filter under a name; the same name again replaces it, so sending it twice is sending it once."""
    person = person_of(request)
    page = _own_path(request, request.POST.get("sti", ""))
    query = request.POST.get("forespoergsel", "")
    try:
        saved_filters.save_filter(
            municipality_id=person.municipality_id,
            user_id=person.id,
            page=page,
            name=request.POST.get("navn", ""),
            query=query,
            now=clock.now(),
        )
    except saved_filters.UnableToSaveFilterError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Filteret er gemt.")
    return redirect(f"{page}?{saved_filters.kept_words(query)}")


@anyone_logged_in
@require_POST
def saved_filter_delete(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Delete one's own filter, and go back to the list."""
    if saved_filters.delete_filter(filter_id=filter_id, user_id=person_of(request).id):
        tell(request, "Filteret er slettet.")
    else:
        warn(request, "Filteret er en kollegas, eller det er slettet allerede.")
    return redirect(_back(request))


@anyone_logged_in
@require_POST
def saved_filter_share(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Share one's own filter with one's unit, or take it back."""
    shared = request.POST.get("del") == "ja"
    done = saved_filters.share_filter(
        filter_id=filter_id, user_id=person_of(request).id, shared=shared, on=clock.today()
    )
    if done:
        tell(request, "Filteret er delt med din enhed." if shared else "Filteret er kun dit igen.")
    return redirect("saved_filter_list")


@anyone_logged_in
@require_safe
def saved_filter_list(request: HttpRequest) -> HttpResponse:
    """The filters that one may use, of every list."""
    saved = saved_filters.filters_of(user_id=person_of(request).id)
    return render(request, "workspace/personal/filters.html", {"section": "", "all_filters": saved})


@anyone_logged_in
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What happened to my cases, the latest first."""
    found = notices.latest(user_id=person_of(request).id)
    rows = [(one, page_of(one.kind.url_name, one.subject_id)) for one in found]
    context = {"section": "", "rows": rows, "unread": sum(one.unread for one in found)}
    return render(request, "workspace/personal/notices.html", context)


@anyone_logged_in
@require_POST
def notice_open(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read, and go to what it is about."""
    user_id = person_of(request).id
    notice = notices.one_of(notice_id=notice_id, user_id=user_id)
    if notice is None:
        warn(request, "Beskeden findes ikke længere.")
        return redirect("notices")
    notices.mark_read(user_id=user_id, now=clock.now(), notice_id=notice_id)
    return redirect(page_of(notice.kind.url_name, notice.subject_id) or reverse("notices"))


@anyone_logged_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    notices.mark_read(user_id=person_of(request).id, now=clock.now())
    return redirect("notices")


@anyone_logged_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Choose whether to get the daily mail, and where."""
    person = person_of(request)
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            mailing.choose(user_id=person.id, municipality_id=person.municipality_id, **form.cleaned_data)
            tell(request, "Dit valg er gemt.")
            return redirect("mail_choice")
    else:
        held = mailing.choice_of(person.id)
        form = MailForm(initial={"address": held.address, "daily": held.daily})
    return render(request, "workspace/personal/mail.html", {"section": "", "form": form})


def _own_path(request: HttpRequest, path: str, *, longest: int = _LONGEST_KEPT) -> str:
    """A path of this site; the start page where it is anything else."""
    fits = path.startswith("/") and len(path) <= longest and url_has_allowed_host_and_scheme(path, {request.get_host()})
    return path if fits and "?" not in path else reverse("start")


def _back(request: HttpRequest) -> str:
    """The page that the form stood on, if it is ours."""
    came_from = request.headers.get("Referer", "")
    fits = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if fits else reverse("saved_filter_list")
