"""The list of findings: its columns and its tabs."""

from urllib.parse import urlencode

from django.urls import reverse

from styr.access.core.roles import Role
from styr.ui.lists import Bulk, BulkButton, Column, Kind, ListSpec, Tag
from styr.workspace.findings import FindingRow

TABS = (("", "Åbne"), ("afgjort", "Afgjorte"), ("lukket", "Lukkede"), ("alle", "Alle"))


def _tags(row: FindingRow) -> Tag | None:
    if row.finding.hard_stop:
        return Tag("Stoppet", "danger", "ban")
    if row.finding.lapsed:
        return Tag("Bortfaldet", "warning", "history")
    return None


_COLUMNS = (
    Column("tag", "", Kind.TAG, value=_tags, fixed=True),
    Column(
        "rolle", "Ansvarlig rolle", value=lambda row: Role(row.finding.owner_role).danish, sort="rolle", nowrap=True
    ),
    Column("hos", "Lagt hos", value=lambda row: row.finding.holder),
    Column("leverandoer", "Leverandør", value=lambda row: row.supplier),
    Column("borger", "Borger", value=lambda row: row.citizen, shown=False),
    Column("foerst", "Først set", Kind.DATE, value=lambda row: row.finding.first_seen, sort="foerst"),
    Column("senest", "Senest ændret", Kind.DATE, value=lambda row: row.finding.last_seen, sort="senest", shown=False),
    Column("kilde", "Kilde", value=lambda row: row.finding.source, shown=False),
    Column(
        "beloeb",
        "Beløb",
        Kind.MONEY,
        value=lambda row: row.finding.amount_ore,
        sort="beloeb",
        lead=True,
        fixed=True,
    ),
    Column("forklaring", "Forklaring", value=lambda row: row.finding.sentence, only_excel=True),
)
"""What is told of a finding besides its title."""


def _title(carried: str) -> Column:
    return Column(
        "title",
        "Afvigelse",
        value=lambda row: row.finding.title,
        sort="type",
        fixed=True,
        link=lambda row: reverse("finding", args=[row.finding.id]) + carried,
        note=lambda row: row.finding.sentence,
    )


def spec(list_query: str = "") -> ListSpec:
    """The list; a row's link carries the list's own filter, so that a decision can lead on to the next."""
    carried = f"?{urlencode({'liste': list_query})}" if list_query else ""
    return ListSpec(
        name="afvigelser",
        title="Afvigelser",
        one="afvigelse",
        many="afvigelser",
        default_sort="-beloeb",
        size=50,
        columns=(_title(carried), *_COLUMNS),
        row_id=lambda row: row.finding.id,
        row_tone=lambda row: "danger" if row.finding.hard_stop else "",
        empty_icon="circle-check",
        empty_title="Ingen åbne afvigelser",
        empty_text="Når en kontrol finder noget, står det her med forklaring, beløb og kilde.",
    )


def bulk() -> Bulk:
    """What can be done with selected findings."""
    return Bulk(reverse("findings_selected"), (BulkButton("Afgør valgte …", value="afgoer", icon="gavel", key="a"),))
