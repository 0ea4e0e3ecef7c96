"""Payment files: what waits, the files that were made, their lines and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import kroner
from styr.ledger import queries
from styr.ledger.core.codes import LineState
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
from styr.ledger.payment_listing import LineFilter, line_page, refused_lines
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

_LARGEST_ANSWER: Final = 5_000_000
_TONES: Final = {"accepted": "good", "refused": "danger"}


class AnswerForm(forms.Form):
    """The finance system's answer as a file."""

    answer = forms.FileField(
        label="Kvittering",
        help_text="I det layout, filen blev skrevet i.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )


class LineFilterForm(FilterForm):
    """What can be asked of a file's lines."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Leverandør eller fakturanummer"})
    )
    svar = forms.ChoiceField(
        label="Svar", choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in LineState)]
    )

    def wanted(self) -> LineFilter:
        """The filter as the ledger understands it."""
        return LineFilter(words=(self.values["q"] or "").strip(), state=self.values["svar"] or "")


def _answer(row: queries.PaymentRow) -> Tag:
    if row.no_longer_approved:
        return Tag("Ikke længere godkendt", "danger", "triangle-alert")
    return Tag(row.word.capitalize(), _TONES.get(row.state, "quiet"))


LINES: Final = ListSpec(
    name="linjer-i-betalingsfilen",
    title="Linjer i betalingsfilen",
    one="linje",
    many="linjer",
    default_sort="linje",
    columns=(
        Column("leverandoer", "Leverandør", value=lambda row: row.supplier, sort="leverandoer", fixed=True,
               link=lambda row: reverse("invoice", args=[row.invoice_id]),
               note=lambda row: row.account_words or "NemKonto"),
        Column("linje", "Linje", Kind.NUMBER, value=lambda row: row.line_no, sort="linje"),
        Column("faktura", "Faktura", value=lambda row: row.invoice_number, nowrap=True),
        Column("forfald", "Forfald", Kind.DATE, value=lambda row: row.due, sort="forfald"),
        Column("svar", "Svar", Kind.TAG, value=_answer, sort="svar"),
        Column("grund", "Begrundelse", value=lambda row: row.reason, shown=False),
        Column("konto", "Konto", value=lambda row: row.account_words or "NemKonto", only_excel=True),
        Column("beloeb", "Beløb", Kind.MONEY, value=lambda row: row.amount_ore, sort="beloeb", lead=True),
    ),
    empty_icon="banknote",
    empty_title="Ingen linjer",
    empty_text="Filens linjer hører til enheder, som du ikke ser.",
)  # fmt: skip


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
    """One file with its seal, what the finance system answered, and its lines as a list."""
    file = _file_or_404(file_id)
    context: dict[str, Any] = {
        "section": "economy",
        "file": file,
        "refused": refused_lines(file_id) if file.refused else [],
        "seal_holds": seal_is_whole(file_id),
        "whole": sees_whole_municipality(),
        "form": AnswerForm(),
    }

    def fetch(wanted: LineFilter, sort: Sort, page: int, size: int) -> ListPage[queries.PaymentRow]:
        found, total, sum_ore = line_page(
            file_id, wanted, order=(sort.by, sort.falling), part=((page - 1) * size, size)
        )
        context["list_summary"] = f"{kroner(sum_ore)} i alt"
        return ListPage.of(found, page=page, size=size, total=total)

    return list_response(
        request, LINES, fetch, LineFilterForm(request.GET), context, template="ledger/payment_file.html"
    )


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
