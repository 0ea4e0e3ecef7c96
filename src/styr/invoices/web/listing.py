"""The list to the left: rows with names and words, tabs with counts, and the way to the next invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from styr.controls.showing import title_of
from styr.invoices.core.codes import Waiting
from styr.invoices.queries import QueuePage, QueueRow, View, queue_page
from styr.invoices.web.filters import KINDS, SHORT, QueueForm
from styr.invoices.web.people import asker_of
from styr.kernel.danish import danish_date, kroner
from styr.people.queries import CitizenLine

PAGE_SIZE = 100
_OWN = ("sorter", "side")
SORTS = {
    "frist": "Frist",
    "-beloeb": "Beløb, største først",
    "beloeb": "Beløb, mindste først",
    "leverandoer": "Leverandør",
    "-modtaget": "Senest modtaget",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is drawn."""

    id: UUID
    address: str
    supplier: str
    note: str
    amount: str
    tag: str
    tone: str
    stop: bool
    due: str
    late: bool
    ready: bool
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The list: what is asked, the page of it, and how its addresses are made."""

    form: QueueForm
    page: QueuePage
    sorter: str
    today: date

    @property
    def view(self) -> View:
        """The tab shown."""
        view: View = self.form.wanted().view
        return view

    @property
    def none_at_all(self) -> bool:
        """Whether there is nothing under any tab: without a filter, that no invoice has been read yet."""
        return not self.page.counts.get(View.ALL)

    @property
    def tabs(self) -> list[tuple[View, str, int]]:
        """(tab, address, count)."""
        kept = {name: words for name, words in self.form.address.items() if name != "visning"}
        return [
            (view, "?" + urlencode({**kept, **self._sort(), "visning": view.value}, doseq=True), self.page.counts[view])
            for view in View
        ]

    @property
    def query(self) -> str:
        """The address' words with filter, tab, order and page: "?visning=mine"; "" where there are none."""
        words: dict[str, Any] = {**self.form.address, **self._sort()}
        if self.page.page > 1:
            words["side"] = self.page.page
        return "?" + urlencode(words, doseq=True) if words else ""

    @property
    def address(self) -> str:
        """The list under this filter, without its page; what a saved filter keeps."""
        words = {**self.form.address, **self._sort()}
        return "?" + urlencode(words, doseq=True) if words else ""

    @property
    def chips(self) -> list[Any]:
        """The filters in force."""
        return self.form.chips({"sorter": [self.sorter]} if self.sorter != "frist" else {})

    @property
    def excel(self) -> str:
        """The whole list as an Excel file."""
        return self._with(hent="xlsx")

    @property
    def previous(self) -> str:
        """The page before, or ""."""
        return self._with(side=self.page.page - 1) if self.page.page > 1 else ""

    @property
    def following(self) -> str:
        """The page after, or ""."""
        return self._with(side=self.page.page + 1) if self.page.page < self.page.pages else ""

    def beside(self, invoice_id: UUID) -> UUID | None:
        """The invoice after this one in the list, else the one before it."""
        ids = [row.id for row in self.page.rows]
        if invoice_id not in ids:
            return None
        at = ids.index(invoice_id)
        return next(iter([*ids[at + 1 : at + 2], *ids[at - 1 : at]] if at else ids[1:2]), None)

    def rows(self, names: Mapping[UUID, CitizenLine]) -> list[Shown]:
        """The rows with their citizens' names."""
        return [_shown(row, names, self.query, self.today) for row in self.page.rows]

    def _sort(self) -> dict[str, str]:
        return {"sorter": self.sorter} if self.sorter != "frist" else {}

    def _with(self, **words: Any) -> str:
        return "?" + urlencode({**self.form.address, **self._sort(), **words}, doseq=True)


def listing(request: HttpRequest, *, units: Sequence[tuple[UUID, str]] | None = None) -> Listing:
    """Read the address and ask the queue; the filter offers the units. One query."""
    form = QueueForm(request.GET, units=units)
    asker = asker_of(request)
    sorter = request.GET.get("sorter", "frist")
    side = request.GET.get("side", "1")
    number = int(side) if side.isascii() and side.isdigit() and len(side) < 7 else 1  # noqa: PLR2004 - a page's number
    page = queue_page(form.wanted(), asker=asker, sort=sorter, page=number, size=PAGE_SIZE)
    return Listing(form, page, sorter if sorter in SORTS else "frist", asker.today)


def _shown(row: QueueRow, names: Mapping[UUID, CitizenLine], query: str, today: date) -> Shown:
    tag, tone = _tag(row)
    return Shown(
        id=row.id,
        address=reverse("invoice", args=[row.id]) + query,
        supplier=row.supplier_name or "Ukendt leverandør",
        note=" · ".join(filter(None, (row.number or "uden nummer", _who(row, names)))),
        amount=kroner(row.payable_ore, whole=True),
        tag=tag,
        tone=tone,
        stop=row.hard_stop,
        due=due_text(row.due_date, today),
        late=row.due_date is not None and row.due_date <= today,
        ready=row.status == "ready" and not row.waits_for,
        amount_ore=row.payable_ore,
    )


def _who(row: QueueRow, names: Mapping[UUID, CitizenLine]) -> str:
    if row.citizens > 1:
        return f"{row.citizens} borgere"
    found = names.get(row.citizen_id) if row.citizen_id else None
    return short_name(found.name) if found else ""


def short_name(name: str) -> str:
    """Write "Birgitte Holm-Sørensen" as "B. Holm-Sørensen"."""
    first, _, last = name.partition(" ")
    return f"{first[:1]}. {last.split(' ')[-1]}" if last else name


def _tag(row: QueueRow) -> tuple[str, str]:
    if row.waits_for is not Waiting.NOBODY:
        words = {Waiting.SECOND: "Anden godkender", Waiting.ANSWER: "Spørgsmål", Waiting.CREDIT_NOTE: "Kreditnota"}
        return words[row.waits_for], "info"
    if row.status in {"approved", "rejected", "paid"}:
        return row.status.danish.capitalize(), "danger" if row.status == "rejected" else "quiet"
    if row.finding:
        code = row.finding.removeprefix("invoice_")
        words_for = SHORT.get(code) or KINDS.get(row.finding) or title_of(row.finding)
        more = f" +{row.findings - 1}" if row.findings > 1 else ""
        return words_for + more, "danger" if row.hard_stop or (row.difference_ore or 0) > 0 else "warning"
    if row.status == "ready":
        return "Ingen afvigelse", "quiet"
    # Nothing is found on it: two must approve it, or its settlement is in doubt.
    return "Skal ses på" if row.status == "deviating" else "Ikke kontrolleret", "warning"


def due_text(day: date | None, today: date) -> str:
    """A due date as one says it: "i dag", "i morgen", "24. nov.", in figures where the year is another."""
    if day is None:
        return "–"
    away = (day - today).days
    if away in {0, 1}:
        return "I dag" if away == 0 else "I morgen"
    return danish_date(day).rpartition(" ")[0] if day.year == today.year else f"{day:%d.%m.%y}"
