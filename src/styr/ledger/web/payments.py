"""Payment files: what waits, the files that were made, their lines and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.ledger import queries
from styr.ledger.core.payment_file import due_before
from styr.ledger.paying import (
    UnableToPayError,
    acknowledge,
    fetch_payment_file,
    make_payment_files,
    seal_is_whole,
    sees_whole_municipality,
    send_again,
)
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

_LARGEST_ANSWER: Final = 5_000_000


class AnswerForm(forms.Form):
    """The finance system's answer as a file."""

    answer = forms.FileField(
        label="Kvittering",
        help_text="I det layout, filen blev skrevet i.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )


@requires(Permission.SEE_ECONOMY)
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What waits to be paid, and the files that were made."""
    today = clock.today()
    context = {
        "section": "economy",
        "files": queries.payment_files(limit=rows_shown(request, queries.MOST_FILES)),
        "outlook": queries.outlook(due_before=due_before(today)),
        "half_booked": queries.half_booked(limit=rows_shown(request, queries.MOST_HALF_BOOKED)),
        "whole": sees_whole_municipality(),
        "today": today,
    }
    return render(request, "ledger/payments.html", context)


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_POST
@once
def payment_make(request: HttpRequest) -> HttpResponse:
    """Make the files of today and of the days that were missed."""
    person = person_of(request)
    try:
        made = make_payment_files(
            municipality_id=person.municipality_id, today=clock.today(), now=clock.now(), actor_id=person.id
        )
    except UnableToPayError as refusal:
        warn(request, str(refusal))
        return redirect("payments")
    if not made:
        tell(request, "Der er intet at betale i dag, som ikke allerede er sendt.")
        return redirect("payments")
    if len(made) > 1:
        tell(request, f"{len(made)} betalingsfiler er lavet, også for de dage, der manglede.")
        return redirect("payments")
    tell(request, f"Betalingsfil {made[0].number} er lavet.")
    return redirect("payment_file", made[0].file_id)


@requires(Permission.SEE_ECONOMY)
@require_safe
def payment_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """One file with its lines, its seal and what the finance system answered."""
    file = _file_or_404(file_id)
    lines = queries.payment_lines(file_id, limit=rows_shown(request, queries.MOST_LINES))
    context = {
        "section": "economy",
        "file": file,
        "lines": lines,
        "hidden": file.lines - len(lines),
        "seal_holds": seal_is_whole(file_id),
        "whole": sees_whole_municipality(),
        "form": AnswerForm(),
    }
    return render(request, "ledger/payment_file.html", context)


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_safe
def payment_file_fetch(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The file, or with `?bilag` its vouchers, as it was made."""
    _file_or_404(file_id)
    try:
        name, content = fetch_payment_file(file_id=file_id, vouchers="bilag" in request.GET, now=clock.now())
    except UnableToPayError as refusal:
        warn(request, str(refusal))
        return redirect("payment_file", file_id)
    kind = "text/csv" if name.endswith(".csv") else "text/plain"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_POST
@once
def payment_file_answer(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Read the finance system's answer: all of it counts, or nothing."""
    _file_or_404(file_id)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["answer"].size > _LARGEST_ANSWER:
        warn(request, "Vælg kvitteringen som en fil på højst 5 MB.")
        return redirect("payment_file", file_id)
    try:
        accepted, refused = acknowledge(file_id=file_id, answer=form.cleaned_data["answer"].read(), now=clock.now())
    except UnableToPayError as refusal:
        warn(request, str(refusal))
        return redirect("payment_file", file_id)
    tell(request, f"Kvitteringen er læst: {accepted} modtaget, {refused} afvist.")
    return redirect("payment_file", file_id)


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_POST
@once
def payment_send_again(request: HttpRequest, file_id: UUID, line_id: UUID) -> HttpResponse:
    """Let a refused line's invoice go into the next file."""
    _file_or_404(file_id)
    try:
        send_again(file_id=file_id, line_id=line_id)
    except UnableToPayError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Fakturaen kommer med i den næste betalingsfil.")
    return redirect("payment_file", file_id)


def _file_or_404(file_id: UUID) -> queries.FileRow:
    file = queries.payment_file(file_id)
    if file is None:
        raise Http404("Betalingsfilen findes ikke.")
    return file
