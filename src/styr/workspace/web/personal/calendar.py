"""The calendar subscription: the page that makes the secret address, and the file that a calendar program fetches."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import anyone_logged_in, by_key
from styr.kernel import clock
from styr.ui.toasts import tell
from styr.workspace import calendar_feed as feed

_TOLD_ONCE = "styr_calendar_secret"


@anyone_logged_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """My calendar's secret address: make one, see it once, or make a new one so that the old one ends."""
    person = person_of(request)
    if request.method == "POST":
        secret = feed.renew_secret(user_id=person.id, municipality_id=person.municipality_id, now=clock.now())
        request.session[_TOLD_ONCE] = secret
        return redirect("calendar_feed")
    secret = request.session.pop(_TOLD_ONCE, None)
    address = f"{request.build_absolute_uri(reverse('calendar_file'))}?noegle={secret}" if secret else ""
    context = {"section": "", "held": feed.subscription_of(person.id), "address": address}
    answer = render(request, "workspace/personal/calendar.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@anyone_logged_in
@require_POST
def calendar_end(request: HttpRequest) -> HttpResponse:
    """End the secret address."""
    feed.end_subscription(user_id=person_of(request).id)
    tell(request, "Kalenderens adresse virker ikke længere.")
    return redirect("calendar_feed")


@by_key
@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The calendar file of whoever holds the key in the address; 404 for any other key."""
    content = feed.calendar_for(
        request.GET.get("noegle", ""), today=clock.today(), now=clock.now(), site=settings.STYR_SITE
    )
    if content is None:
        raise Http404("Ukendt kalender.")
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="styr-frister.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
