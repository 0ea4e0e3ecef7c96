"""The queue as an Excel file: every row of the filter, without citizens' names."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from styr.controls.showing import title_of
from styr.invoices.queries import Asker, QueueFilter, queue_page
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort

INVOICES = ListSpec(
    name="fakturaer",
    title="Fakturaer",
    one="faktura",
    many="fakturaer",
    default_sort="frist",
    columns=(
        Column("number", "Faktura", link=lambda row: reverse("invoice", args=[row.id])),
        Column("supplier_name", "Leverandør"),
        Column("payable_ore", "Beløb", Kind.MONEY),
        Column("due_date", "Frist", Kind.DATE, sort="frist"),
        Column("received_at", "Modtaget", Kind.MOMENT),
        Column("status", "Status", value=lambda row: row.status.danish),
        Column("waits_for", "Venter på", value=lambda row: row.waits_for.danish),
        Column("finding", "Afvigelse", value=lambda row: title_of(row.finding) if row.finding else ""),
        Column("findings", "Antal afvigelser", Kind.NUMBER),
        Column("difference_ore", "Forskel", Kind.MONEY),
        Column("citizens", "Borgere", Kind.NUMBER),
    ),
)


def queue_rows(asker: Asker) -> Callable[[QueueFilter, Sort, int, int], ListPage[Any]]:
    """What the file asks the queue for, page by page."""

    def fetch(wanted: QueueFilter, sort: Sort, page: int, size: int) -> ListPage[Any]:
        found = queue_page(wanted, asker=asker, sort="-frist" if sort.falling else "frist", page=page, size=size)
        return ListPage(found.rows, found.page, found.pages, found.total)

    return fetch
