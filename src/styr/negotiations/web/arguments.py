"""The page of arguments: what brought something, templates, and special rates whose reason should have ended."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.negotiations import cases, reading
from styr.negotiations.core.codes import Reason
from styr.negotiations.web.forms import TemplateForm
from styr.negotiations.web.who import actor_of
from styr.suppliers.core.codes import SupplierKind
from styr.ui.toasts import tell

_SOON = timedelta(days=30)


@requires(read=Permission.SEE_RESULTS, write=Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def listed(request: HttpRequest) -> HttpResponse:
    """What arguments brought with which kind of supplier, those to use again, and evaluations that are due."""
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            cases.add_template(
                municipality_id=person_of(request).municipality_id,
                reason=Reason(said["reason"]),
                title=said["title"],
                words=said["words"],
                actor=actor_of(request),
            )
        except cases.UnableToNegotiateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Argumentet er gemt som skabelon.")
            return redirect("arguments")
    today = clock.today()
    kinds = dict(SupplierKind.choices())
    context = {
        "section": "results",
        "form": form,
        "learnt": [(one, kinds.get(one.supplier_kind, "ukendt")) for one in reading.learnt()],
        "templates": reading.templates(),
        "due": reading.due_specials(today=today, until=today + _SOON),
        "today": today,
    }
    return render(request, "negotiations/arguments.html", context)
