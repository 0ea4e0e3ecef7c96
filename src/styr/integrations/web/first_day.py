"""The first day: from an empty installation to the first findings, in three steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.integrations import first_day_queries
from styr.integrations.own_words import words_of_our_own
from styr.integrations.template_file import NAME, template_file
from styr.integrations.web.run_views import LIMITS
from styr.kernel import clock

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.IMPORT)
@require_safe
def first_day(request: HttpRequest) -> HttpResponse:
    """One spreadsheet, a folder of invoices, and what was found: what is done, and what comes next."""
    context = {"section": "imports", "steps": first_day_queries.steps(), "limits": LIMITS}
    return render(request, "integrations/first_day.html", context)


@requires(Permission.IMPORT)
@require_safe
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The spreadsheet to fill in, with the municipality's own services among the choices."""
    answer = HttpResponse(template_file(words_of_our_own(on=clock.today())), content_type=_EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer
