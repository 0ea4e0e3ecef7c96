"""The list of differences: its columns."""

from typing import Final

from django.urls import reverse

from styr.access.core.roles import Role
from styr.controls.core.control import SubjectKind
from styr.controls.queries import FindingView
from styr.ui.lists import Column, Kind, ListSpec, Tag


def _address(row: FindingView) -> str:
    name = "reconciliation_difference" if row.subject_kind == SubjectKind.CASE_GRANT else "finding"
    return reverse(name, args=[row.id])


def _tag(row: FindingView) -> Tag | None:
    return Tag("Bortfaldet", "warning", "history") if row.lapsed else None


DIFFERENCES: Final = ListSpec(
    name="afstemning",
    title="Afstemning",
    one="forskel",
    many="forskelle",
    default_sort="-beloeb",
    size=50,
    columns=(
        Column(
            "title", "Forskel", sort="type", fixed=True, link=_address, note=lambda row: row.sentence,
        ),
        Column("tag", "", Kind.TAG, value=_tag),
        Column("rolle", "Ansvarlig rolle", value=lambda row: Role(row.owner_role).danish, sort="rolle", nowrap=True),
        Column("hos", "Lagt hos", value=lambda row: row.holder, shown=False),
        Column("foerst", "Først set", Kind.DATE, value=lambda row: row.first_seen, sort="foerst"),
        Column("beloeb", "Beløb", Kind.MONEY, value=lambda row: row.amount_ore, sort="beloeb", lead=True, fixed=True),
        Column("forklaring", "Forklaring", value=lambda row: row.sentence, only_excel=True),
    ),
    row_id=lambda row: row.id,
    empty_icon="circle-check",
    empty_title="Systemerne er enige",
    empty_text="Når et udtræk fra fagsystemet eller økonomisystemet afviger fra vores registre, vises forskellen her.",
)  # fmt: skip
