"""The lists of refunds: their columns."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from styr.kernel.danish import danish_month, danish_section
from styr.refunds.cases import CaseLine, Standing
from styr.refunds.core.codes import ClaimState
from styr.refunds.web.forms import SCHEMES, STANDINGS
from styr.ui.lists import Column, Kind, ListSpec, Tag

_TONES: Final = {Standing.PASSED: "warning", Standing.AHEAD: "info", Standing.NEAR: "quiet"}
_STATES: Final = {ClaimState.RAISED: "warning", ClaimState.SETTLED: "good", ClaimState.DROPPED: "quiet"}


def cases_of(year: int) -> ListSpec:
    """The cases of a year."""

    def address(row: CaseLine) -> str:
        return f"{reverse('refund_case', args=[row.case_id])}?aar={year}"

    return ListSpec(
        name="refusionssager",
        title="Central refusion",
        one="sag",
        many="sager",
        default_sort="-aaret",
        columns=(
            Column("sag", "Sag", value=lambda row: row.title, link=address, note=_who, fixed=True),
            Column("stand", "Status", Kind.TAG, value=lambda row: Tag(STANDINGS[row.standing], _TONES[row.standing])),
            Column("ordning", "Ordning", value=lambda row: SCHEMES[row.scheme], sort="scheme", nowrap=True),
            Column("foerst", "Først over", value=_first, sort="first", nowrap=True),
            Column("trin", "Trin", Kind.NUMBER, value=lambda row: row.step or None),
            Column(
                "andel", "Højest, % af 1. grænse", Kind.NUMBER, value=lambda row: row.near, sort="near", shown=False
            ),
            Column("bogfoert", "Bogført", Kind.MONEY, value=lambda row: row.booked_ore, sort="booked"),
            Column("forventet", "Forventet", Kind.MONEY, value=lambda row: row.expected_ore),
            Column("aaret", "Refusion i året", Kind.MONEY, value=lambda row: row.year_ore, sort="year", lead=True),
            Column("hjemtaget", "Hjemtaget", Kind.MONEY, value=lambda row: row.claimed_ore),
        ),
        empty_icon="receipt",
        empty_title="Ingen sager er over eller tæt på en grænse",
        empty_text="Når en borgers måned når over en tolvtedel af første grænse, står sagen her med sin refusion.",
    )


def _who(row: CaseLine) -> str:
    return " · ".join(row.names) if row.pooled else ""


def _first(row: CaseLine) -> str | None:
    return danish_month(row.first).capitalize() if row.first else None


DEBTS: Final = ListSpec(
    name="mellemkommunal",
    title="Mellemkommunalt",
    one="borger",
    many="borgere",
    default_sort="frist",
    columns=(
        Column("borger", "Borger", value=lambda row: row.name, fixed=True,
               link=lambda row: reverse("intermunicipal_raise", args=[row.citizen_id]),
               note=lambda row: f"{danish_month(row.first)} – {danish_month(row.last)}"),
        Column("kommune", "Betalingskommune", value=lambda row: row.payer, sort="payer"),
        Column("frist", "Frist for den ældste måned", Kind.DATE, value=lambda row: row.due_on, sort="due",
               tone=lambda row: "danger" if row.late else ""),
        Column("beloeb", "Ikke rejst", Kind.MONEY, value=lambda row: row.open_ore, sort="ore", lead=True),
    ),
    empty_icon="map-pin",
    empty_title="Ingen udgifter at kræve",
    empty_text="Når der er bogført udgifter på borgere med en anden betalingskommune, står de her med deres frist.",
)  # fmt: skip
CLAIMS: Final = ListSpec(
    name="mellemkommunale-krav",
    title="Mellemkommunale krav",
    one="krav",
    many="krav",
    columns=(
        Column("nummer", "Krav", value=lambda row: row.number, fixed=True,
               link=lambda row: reverse("intermunicipal_claim", args=[row.id]), note=lambda row: row.name),
        Column("stand", "Status", Kind.TAG,
               value=lambda row: Tag(row.state.danish.capitalize(), _STATES[row.state])),
        Column("kommune", "Betalingskommune", value=lambda row: row.payer),
        Column("rejst", "Rejst", Kind.DATE, value=lambda row: row.raised_on),
        Column("afsluttet", "Afsluttet", Kind.DATE, value=lambda row: row.settled_on),
        Column("beloeb", "Beløb", Kind.MONEY, value=lambda row: row.amount_ore, lead=True),
    ),
    empty_icon="map-pin",
    empty_title="Ingen krav er rejst",
    empty_text="Et krav rejses fra siden om mellemkommunal afregning.",
)  # fmt: skip


def _payment_tag(row: Any) -> Tag:
    if row.missing_ore > 0:
        return Tag("Mangler", "warning")
    return Tag("Mere end opkrævet", "info") if row.missing_ore < 0 else Tag("Betalt", "quiet")


PAYMENTS: Final = ListSpec(
    name="egenbetaling",
    title="Egenbetaling",
    one="egenbetaling",
    many="egenbetalinger",
    default_sort="-mangler",
    columns=(
        Column("borger", "Borger", value=lambda row: row.name, fixed=True,
               link=lambda row: reverse("user_payment_end", args=[row.id]),
               note=lambda row: row.kind.danish.capitalize()),
        Column("bevilling", "Bevilling", value=lambda row: row.grant_number, sort="number",
               link=lambda row: reverse("grant", args=[row.grant_id]), note=lambda row: danish_section(row.section)),
        Column("stand", "Status", Kind.TAG, value=_payment_tag),
        Column("fra", "Fra", Kind.DATE, value=lambda row: row.starts, sort="starts"),
        Column("til", "Til og med", Kind.LAST_DAY, value=lambda row: row.ends),
        Column("maaned", "Om måneden", Kind.MONEY, value=lambda row: row.month_ore, sort="month"),
        Column("opkraevet", "Opkrævet i år", Kind.MONEY, value=lambda row: row.due_ore),
        Column("bogfoert", "Bogført i år", Kind.MONEY, value=lambda row: row.paid_ore),
        Column("mangler", "Mangler", Kind.MONEY, value=lambda row: row.missing_ore, sort="missing", lead=True),
    ),
    empty_icon="wallet",
    empty_title="Ingen egenbetaling er registreret",
    empty_text="Registrér, hvad borgerne efter afgørelsen skal betale om måneden. Så sammenlignes det med bogføringen.",
)  # fmt: skip
"""Charged and posted are the grant's, in this year's booked months."""
