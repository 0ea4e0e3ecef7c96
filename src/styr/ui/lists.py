"""Lists: a domain's paged query as a page, as a fragment for htmx, or as an Excel file.

The whole state is in the address: the filter's own words, `sorter` (a column, "-" in front for falling), `side` (page),
`antal` (rows a page), `kolonner` (columns chosen) and `hent=xlsx`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from styr.audit.taking import taken_out
from styr.kernel import clock
from styr.kernel.danish import danish_date, danish_number
from styr.ui.columns import Bulk, BulkButton, Column, Fetch, Kind, ListPage, ListSpec, Sort, Tag
from styr.ui.excel import MOST_ROWS, workbook
from styr.ui.filters import Chip, FilterForm
from styr.ui.list_cells import FIGURES, rows_html
from styr.ui.list_state import FETCH, SIZE, SIZES, SORT, ListState

__all__ = [
    "Bulk", "BulkButton", "Column", "Fetch", "FilterForm", "Kind", "ListPage", "ListSpec", "Sort", "Tag",
    "list_response",
]  # fmt: skip

_EXPORT_PAGE = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column on the page."""

    title: str
    number: bool
    sorted: str
    address: str


@dataclass(frozen=True, slots=True)
class ListView:
    """What the template of a list is given as `list`."""

    spec: ListSpec
    state: ListState
    page: ListPage[Any]
    form: FilterForm
    bulk: Bulk | None

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns shown."""
        return [
            Head(
                title=column.title,
                number=column.kind in FIGURES,
                sorted=self.state.sorted_by(column),
                address=self.state.sort_address(column) if column.sort else "",
            )
            for column in self.state.columns
        ]

    @property
    def rows(self) -> SafeString:
        """The rows of the table as HTML."""
        return rows_html(self.spec, self.state.columns, self.page.rows, select=self.bulk_id)

    @property
    def bulk_id(self) -> str:
        """The id of the form of selected rows; "" when rows cannot be selected."""
        return f"{self.spec.name}-valg" if self.bulk and self.spec.row_id else ""

    @property
    def count(self) -> str:
        """How many there are, in words: "1 faktura", "212 fakturaer"."""
        total = self.page.total
        return f"{danish_number(total)} {self.spec.one if total == 1 else self.spec.many}"

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return self.form.chips(self.state.own_words)

    @property
    def clear_address(self) -> str:
        """The list without its filter; tabs and other hidden fields stay."""
        hidden = {name for name, field in self.form.fields.items() if field.widget.is_hidden}
        kept = {name: words for name, words in self.state.filter_words.items() if name in hidden}
        return replace(self.state, filter_words=kept, page=1).address()

    @property
    def excel_address(self) -> str:
        """The whole list, filtered like this, as an Excel file."""
        return self.state.address(**{FETCH: "xlsx"})

    @property
    def address(self) -> str:
        """The query string of this list without its page."""
        return self.state.address()

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page may have, where that makes a difference: (rows, address)."""
        return self.state.sizes if self.page.total > SIZES[0] else []

    @property
    def hidden_words(self) -> list[tuple[str, str]]:
        """Order, columns and rows a page as hidden fields of the filter's form."""
        return [(name, word) for name, words in self.state.own_words.items() for word in words]

    @property
    def filter_fields(self) -> list[tuple[str, str]]:
        """The filter, the order and the rows a page as hidden fields of the form that chooses columns."""
        words = self.state.filter_words | {k: v for k, v in self.state.own_words.items() if k in {SORT, SIZE}}
        return [(name, word) for name, all_words in words.items() for word in all_words]

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """The columns that can be chosen, and whether each is shown."""
        shown = self.state.columns
        return [(column, column in shown) for column in self.spec.offered if not column.fixed]


def list_response(  # noqa: PLR0913 - what a list is put together from
    request: HttpRequest,
    spec: ListSpec,
    fetch: Fetch,
    filter_form: FilterForm,
    context: Mapping[str, Any] | None = None,
    *,
    template: str = "ui/list.html",
    bulk: Bulk | None = None,
) -> HttpResponse:
    """Answer the request for a list: page, fragment (htmx) or Excel file (`?hent=xlsx`).

    `context` is given to the template as well; the words it knows are in the README of ui.
    """
    state = ListState.read(spec, request.GET, filter_form)
    if request.GET.get(FETCH) == "xlsx":
        with taken_out():
            return _excel(spec, state, fetch, filter_form)
    wanted = filter_form.wanted()
    page = fetch(wanted, state.sort, state.page, state.size)
    if not page.rows and state.page > page.pages:
        page = fetch(wanted, state.sort, page.pages, state.size)  # an old link, or rows have left the list since
    view = ListView(spec, state, page, filter_form, bulk)
    fragment = request.headers.get("HX-Target") == "liste" and "HX-History-Restore-Request" not in request.headers
    answer = render(
        request,
        "ui/list_results.html" if fragment else template,
        {**(context or {}), "list": view, "fragment": fragment},
    )
    if fragment:
        answer["HX-Push-Url"] = request.path + state.address(side=str(page.page) if page.page > 1 else "")
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer


def _excel(spec: ListSpec, state: ListState, fetch: Fetch, form: FilterForm) -> HttpResponse:
    told = [*form.told(), ("Hentet", danish_date(clock.today()))]
    columns = [*state.columns, *(column for column in spec.columns if column.only_excel)]
    return excel_response(spec.name, spec.title, columns, _all_rows(state, fetch, form), told)


def excel_response(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[Any], told: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Rows as an Excel file to be kept; `told` are (name, value) of what was asked for."""
    answer = HttpResponse(workbook(title, columns, rows, told), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _all_rows(state: ListState, fetch: Fetch, form: FilterForm) -> Iterator[Any]:
    number, wanted = 1, form.wanted()
    while True:
        page = fetch(wanted, state.sort, number, _EXPORT_PAGE)
        yield from page.rows
        if number >= page.pages or number * _EXPORT_PAGE >= MOST_ROWS:
            return
        number += 1
