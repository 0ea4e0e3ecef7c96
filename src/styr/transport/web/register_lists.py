"""The registers of transport as lists: their columns, and where each row leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from styr.kernel.danish import kroner
from styr.transport import register_queries as queries
from styr.transport.core.codes import Fuel, OperatorKind, PlaceKind
from styr.transport.web import register_forms as forms
from styr.ui.lists import Column, Kind, ListSpec, Tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Register:
    """A register's page: its word in the address, its rows, its columns and its form."""

    word: str
    title: str
    one: str
    rows: Callable[[queries.Wanted], QuerySet[Any]]
    form: type[forms.RecordForm]
    spec: ListSpec
    sorts: dict[str, str]
    note: str = ""


def _to(word: str) -> Callable[[Any], str]:
    return lambda row: reverse("transport_record", args=[word, row.id])


def _check(row: Any) -> Tag | None:
    return Tag("Kontrollér", "warning") if row.needs_check else Tag("Slået op", "quiet")


def _address(row: Any) -> str:
    if row.kind == PlaceKind.HOME:
        return "Borgers hjem"
    return ", ".join(part for part in (row.street, f"{row.postal_code} {row.town}".strip()) if part)


def _place_state(row: Any) -> Tag:
    fault = queries.place_fault(row)
    return Tag(fault, "warning") if fault else Tag("På kortet", "quiet")


def _room(row: Any) -> Tag:
    if not row.seats and not row.wheelchairs:
        return Tag("Ingen plads", "danger")
    return Tag(f"{row.seats} + {row.wheelchairs} kørestol" if row.wheelchairs else str(row.seats), "quiet")


def _kind(row: Any) -> str:
    return OperatorKind(row.kind).danish.capitalize()


def _kind_of(code: str) -> str:
    return OperatorKind(code).danish.capitalize() if code else "Ikke angivet"


def _bells(row: Any) -> str:
    told = [f"{bell:%H.%M}" for bell in (row.bell_in, row.bell_out) if bell]
    return " og ".join(told)


def _price(name: str) -> Callable[[Any], str]:
    return lambda row: kroner(getattr(row, name)) if getattr(row, name) else ""


def _percent(row: Any) -> str:
    return f"{row.fee_percent.normalize():f} %".replace(".", ",") if row.fee_percent else ""


_PERIOD: Final = (
    Column("valid_from", "Gælder fra", Kind.DATE, sort="valid_from"),
    Column("valid_to", "Til og med", Kind.LAST_DAY),
)


def _spec(  # noqa: PLR0913, PLR0917 -- a list's parts in the order of a page
    name: str, title: str, words: tuple[str, str], columns: tuple[Column, ...], sort: str, empty: str
) -> ListSpec:
    return ListSpec(
        name=name, title=title, one=words[0], many=words[1], default_sort=sort, columns=columns,
        empty_icon="database", empty_title=f"Ingen {words[1]} endnu", empty_text=empty,
    )  # fmt: skip


REGISTERS: Final[dict[str, Register]] = {
    one.word: one
    for one in (
        Register(
            "omraader", "Områder", "område", queries.areas, forms.AreaForm,
            _spec("befordringsomraader", "Områder", ("område", "områder"), (
                Column("number", "Nr.", Kind.NUMBER, sort="number"),
                Column("name", "Område", link=_to("omraader"), fixed=True, note=lambda row: row.description),
                Column("department", "Center", sort="department"), *_PERIOD,
            ), "number", "Tag de medfølgende 15 områder i brug, eller indlæs filen »befordringsområder«."),
            {"number": "number", "department": "department", "valid_from": "valid_from"},
        ),
        Register(
            "kriterier", "Kriterier", "kriterium", queries.criteria, forms.CriterionForm,
            _spec("befordringskriterier", "Kriterier", ("kriterium", "kriterier"), (
                Column("code", "Kode", sort="code", link=_to("kriterier"), fixed=True, nowrap=True),
                Column("name", "Kriterium", sort="name", note=lambda row: row.law),
                Column("area", "Område", value=lambda row: f"{row.area.number}. {row.area.name}", sort="area"),
                Column("target_group", "Målgruppe", shown=False), Column("form", "Befordringsform", shown=False),
                Column("terms", "Vilkår", shown=False),
                Column("needs_check", "Loven", Kind.TAG, value=_check), *_PERIOD,
            ), "code", "Tag de medfølgende 30 kriterier i brug, eller indlæs filen »befordringskriterier«."),
            {"code": "code", "name": "name", "area": "area__number", "valid_from": "valid_from"},
            "Lovtekster med mærket »Kontrollér« er almen viden, som kommunen selv skal holde op mod gældende lov.",
        ),
        Register(
            "konti", "Områdernes konti", "konto", queries.accounts, forms.AccountForm,
            _spec("befordringskonti", "Områdernes konti", ("konto", "konti"), (
                Column("prefix", "Begynder med", sort="prefix", link=_to("konti"), fixed=True, nowrap=True),
                Column("area", "Område", value=lambda row: f"{row.area.number}. {row.area.name}", sort="area"),
                Column("operator_kind", "Uden leverandør",
                       value=lambda row: _kind_of(row.operator_kind)),
                Column("is_admin", "Administration", value=lambda row: "Kun administration" if row.is_admin else ""),
                *_PERIOD,
            ), "prefix", "Angiv, hvilke konti der hører til hvilket område, så bliver posteringer en kortlægning."),
            {"prefix": "prefix", "area": "area__number", "valid_from": "valid_from"},
            "Af flere, der passer, tæller den længste. Medfølgende konti er almen viden: kontrollér dem.",
        ),
        Register(
            "steder", "Steder", "sted", queries.places, forms.PlaceForm,
            _spec("steder", "Steder", ("sted", "steder"), (
                Column("number", "Nr.", sort="number", link=_to("steder"), fixed=True, nowrap=True),
                Column("name", "Navn", sort="name",
                       value=lambda row: "" if row.kind == PlaceKind.HOME else row.name),
                Column("kind", "Art", value=lambda row: PlaceKind(row.kind).danish.capitalize()),
                Column("address", "Adresse", value=_address),
                Column("calendar", "Kalender", value=lambda row: row.calendar.code if row.calendar else ""),
                Column("bells", "Ringer", value=_bells),
                Column("state", "Kortet", Kind.TAG, value=_place_state),
            ), "number", "Indlæs filen »steder«, eller opret målene her."),
            {"number": "number", "name": "name"},
            "Et sted uden koordinater bliver stående, til nogen finder det. Borgeres hjem vises kun med nummer.",
        ),
        Register(
            "operatoerer", "Operatører", "operatør", queries.operators, forms.OperatorForm,
            _spec("operatoerer", "Operatører", ("operatør", "operatører"), (
                Column("name", "Operatør", sort="name", link=_to("operatoerer"), fixed=True, note=lambda row: row.note),
                Column("kind", "Art", value=_kind, sort="kind"),
                Column("supplier", "Leverandør", value=lambda row: "Åbn" if row.supplier_id else "Ikke knyttet",
                       link=lambda row: reverse("supplier", args=[row.supplier_id]) if row.supplier_id else None),
                Column("price_count", "Priser", Kind.NUMBER), Column("vehicle_count", "Vogne", Kind.NUMBER),
            ), "name", "Indlæs filen »operatører«, eller opret dem her."),
            {"name": "name", "kind": "kind"},
            "En operatør, der er knyttet til sin leverandør, får sine posteringer med i kortlægningen.",
        ),
        Register(
            "priser", "Prisaftaler", "prisaftale", queries.prices, forms.PriceForm,
            _spec("prisaftaler", "Prisaftaler", ("prisaftale", "prisaftaler"), (
                Column("product", "Produkt", sort="product", link=_to("priser"), fixed=True,
                       note=lambda row: row.operator.name),
                *(Column(name, title, value=_price(name), nowrap=True) for name, title in (
                    ("start_ore", "Start"), ("km_ore", "Km"), ("minute_ore", "Minut"), ("day_ore", "Dag"))),
                Column("fee_percent", "Administration", value=_percent), *_PERIOD,
            ), "product", "Indlæs filen »prisaftaler«, eller opret dem her."),
            {"product": "product", "valid_from": "valid_from"},
        ),
        Register(
            "vogne", "Vogne", "vogn", queries.vehicles, forms.VehicleForm,
            _spec("koeretoejer", "Vogne", ("vogn", "vogne"), (
                Column("name", "Vogn", sort="name", link=_to("vogne"), fixed=True, note=lambda row: row.registration),
                Column("operator", "Operatør", value=lambda row: row.operator.name, sort="operator"),
                Column("room", "Pladser", Kind.TAG, value=_room),
                Column("lift", "Lift", value=lambda row: "Ja" if row.lift else "Nej"),
                Column("fuel", "Drivmiddel", value=lambda row: Fuel(row.fuel).danish.capitalize()),
                Column("co2_g_km", "CO2 g/km", Kind.NUMBER, sort="co2"),
                Column("first_registered", "Fra", Kind.DATE, sort="age"),
                Column("home_unit", "Hører til", value=lambda row: row.home_unit.name if row.home_unit else ""),
            ), "name", "Indlæs filen »køretøjer«, eller opret dem her."),
            {"name": "name", "operator": "operator__name", "co2": "co2_g_km", "age": "first_registered"},
        ),
    )
}  # fmt: skip
"""The word of a register in addresses → its page."""
