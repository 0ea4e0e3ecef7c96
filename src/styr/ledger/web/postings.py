"""The list of postings, as the finance system booked them and as our registers understand them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.units_in_reach import units_in_reach
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_month, danish_number, kroner
from styr.ledger.core.codes import PostingKind
from styr.ledger.listing import ListedPosting, PostingFilter, posting_rows
from styr.people import listing as citizens
from styr.people import queries as people
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from styr.people.queries import CitizenLine

PURPOSE: Final = "posteringer"
_MOST_NAMED: Final = 500
_LACKS: Final = [("", "Alle"), ("grant", "Uden bevilling"), ("citizen", "Uden borger"), ("unit", "Uden enhed")]
_TONES: Final = {PostingKind.REFUND: "good", PostingKind.USER_PAYMENT: "info", PostingKind.CORRECTION: "warning"}


@dataclass(frozen=True, slots=True)
class Row:
    """A posting with the citizen it is about."""

    posting: ListedPosting
    citizen: CitizenLine | None


class PostingFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(
        label="Søg",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Bilag, faktura, borger, leverandør"}),
    )
    art = forms.ChoiceField(
        label="Art", choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in PostingKind)]
    )
    fra = forms.DateField(label="Periode fra", widget=forms.DateInput(attrs={"type": "date"}))
    til = forms.DateField(label="Periode til", widget=forms.DateInput(attrs={"type": "date"}))
    konto = forms.CharField(label="Konto begynder med", max_length=24)
    mangler = forms.ChoiceField(label="Mangler", choices=_LACKS)
    enhed = forms.TypedChoiceField(label="Enhed", coerce=UUID, empty_value=None)
    borger = forms.UUIDField(widget=forms.HiddenInput)
    bevilling = forms.UUIDField(widget=forms.HiddenInput)
    leverandoer = forms.UUIDField(widget=forms.HiddenInput)
    faktura = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)

    def full_clean(self) -> None:
        """Offer the units that there are before one is chosen."""
        units = [(str(unit), name) for unit, name in units_in_reach()]
        self.fields["enhed"].choices = [("", "Alle"), *units]  # type: ignore[attr-defined]  # a choice field
        super().full_clean()

    def wanted(self) -> PostingFilter:
        """The filter as the ledger understands it; words of three letters and more may name a citizen."""
        asked = self.values
        words = (asked["q"] or "").strip()
        named = len(words) > 2 and not words.isdigit()  # noqa: PLR2004 - as told
        found = citizens.citizen_ids(citizens.CitizenFilter(name=words), today=self.today) if named else []
        return PostingFilter(
            text=words,
            citizens=found[:_MOST_NAMED],
            kind=asked["art"],
            unit_id=asked["enhed"],
            citizen_id=asked["borger"],
            grant_id=asked["bevilling"],
            supplier_id=asked["leverandoer"],
            invoice_id=asked["faktura"],
            from_month=_month(asked["fra"]),
            to_month=asked["til"],
            account="".join(sign for sign in asked["konto"] or "" if sign.isdigit()),
            lacks=asked["mangler"],
        )


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None


def _citizen(row: Row) -> str:
    if row.citizen is not None:
        return row.citizen.name
    return "Borger i en anden enhed" if row.posting.citizen_id else "Ikke på en borger"


def _account(row: Row) -> str:
    """The account with its function apart: `5.38.38 1 4 3284 013 40`."""
    a = row.posting.account
    return f"{a[0]}.{a[1:3]}.{a[3:5]} {a[5]} {a[6]} {a[7:11]} {a[11:14]} {a[14:]}"


def _kind(row: Row) -> Tag:
    kind = PostingKind(row.posting.kind)
    return Tag(kind.danish.capitalize(), _TONES.get(kind, "quiet"))


def _page(name: str, found: UUID | None) -> str | None:
    return reverse(name, args=[found]) if found else None


POSTINGS: Final = ListSpec(
    name="posteringer",
    title="Posteringer",
    one="postering",
    many="posteringer",
    default_sort="-bogfoert",
    columns=(
        Column("bilag", "Bilag", value=lambda row: row.posting.voucher, sort="bilag", fixed=True, nowrap=True,
               note=lambda row: f"linje {row.posting.line_no}"),
        Column("bogfoert", "Bogført", Kind.DATE, value=lambda row: row.posting.posted_on, sort="bogfoert"),
        Column("periode", "Periode", value=lambda row: danish_month(row.posting.month), sort="periode", nowrap=True),
        Column("borger", "Borger", value=_citizen, link=lambda row: _page("citizen", row.posting.citizen_id)),
        Column("bevilling", "Bevilling", value=lambda row: row.posting.grant_number or "", nowrap=True,
               link=lambda row: _page("grant", row.posting.grant_id)),
        Column("leverandoer", "Leverandør", value=lambda row: row.posting.supplier_name,
               link=lambda row: _page("supplier", row.posting.supplier_id)),
        Column("faktura", "Faktura", value=lambda row: row.posting.invoice_number,
               link=lambda row: _page("invoice", row.posting.invoice_id)),
        Column("konto", "Konto", value=_account, sort="konto", nowrap=True,
               note=lambda row: row.posting.account_name),
        Column("tekst", "Tekst", value=lambda row: row.posting.text, shown=False),
        Column("enhed", "Enhed", value=lambda row: row.posting.unit_name, shown=False),
        Column("art", "Art", Kind.TAG, value=_kind),
        Column("beloeb", "Beløb", Kind.MONEY, value=lambda row: row.posting.amount_ore, sort="beloeb", lead=True),
    ),
    empty_icon="receipt",
    empty_title="Ingen posteringer endnu",
    empty_text="Indlæs udtrækket med posteringer fra økonomisystemet, så ses forbruget her og på borgerne.",
)  # fmt: skip


@requires(Permission.SEE_ECONOMY)
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """Every posting, filtered and sorted as the address says."""
    today = clock.today()
    form = PostingFilterForm(request.GET, today=today)
    told: dict[str, Any] = {"section": "economy"}

    def fetch(wanted: PostingFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        found, total, sum_ore = posting_rows(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        told["list_summary"] = f"{kroner(sum_ore, whole=True)} i alt på {danish_number(total)}"
        ids = {row.citizen_id for row in found if row.citizen_id}
        shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today) if ids else {}
        rows = [Row(row, shown.get(row.citizen_id) if row.citizen_id else None) for row in found]
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    return list_response(request, POSTINGS, fetch, form, told, template="ledger/postings.html")
