"""What the forecast takes for granted is shown with where it is from, and changed by whoever may where it holds."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from db.budgets_pages.conftest import MOST, NOW, TODAY
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.budgets import assumptions, queries, services
from styr.budgets.assumptions import ProvisionFacts
from styr.budgets.core.codes import ProvisionKind
from styr.budgets.core.frame import Frame
from styr.budgets.models import ForecastRun
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
PAGE = "/oekonomi/forudsaetninger/"
INDEX: dict[str, object] = {"year": "2027", "percent": "2,6", "source": "KL, budgetvejledning G.3-1", "check": "on"}
WAITING: dict[str, object] = {
    "kind": "waiting_list", "unit": "alle", "section": "SEL-107", "account": "", "persons": "2", "price": "75.000",
    "starts": "2026-11", "last": "2026-12", "source": "Visitationens venteliste",
}  # fmt: skip


def text(answer: Any) -> str:
    return str(answer.content.decode())


def set_aside(municipality: Municipality, unit: Unit | None = None, **facts: Any) -> UUID:
    given: dict[str, Any] = {
        "kind": ProvisionKind.WAITING_LIST, "persons": Decimal(2), "price_ore": 75_000_00,
        "starts": date(2026, 11, 1), "unit_id": unit.id if unit else None,
    }  # fmt: skip
    return assumptions.add_provision(municipality_id=municipality.id, facts=ProvisionFacts(**{**given, **facts}))


def form_of(page: Client, address: str) -> dict[str, object]:
    """The form as the page gives it, so that what was seen comes along."""
    form = page.get(address).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: form.fields[name].prepare_value(value) for name, value in fields.items() if value not in (None, "")}


def queued() -> int:
    return ForecastRun.objects.filter(state="queued").count()


def test_the_page_is_read_with_few_queries_however_many_rows(
    municipality: Municipality, unit: Unit, forecast: UUID, asked: Callable[[str], tuple[Any, int]]
) -> None:
    for year in range(2024, 2030):
        assumptions.set_index_rate(municipality_id=municipality.id, year=year, percent=Decimal("2.5"), note="KL")
    for _ in range(5):
        set_aside(municipality, unit)
    answer, number = asked(PAGE)
    assert answer.status_code == 200
    assert number <= MOST
    assert text(answer).count("75.000 kr.") == 5
    provision_id = assumptions.provisions()[0].id
    for address in (f"{PAGE}puljer/{provision_id}/", f"{PAGE}puljer/ny/", f"{PAGE}fremskrivning/2027/"):
        answer, number = asked(address)
        assert (answer.status_code, number <= MOST) == (200, True), (address, number)


def test_a_year_without_a_percentage_and_a_figure_to_check_are_told(
    municipality: Municipality, forecast: UUID, page: Client
) -> None:
    told = text(page.get(PAGE))
    assert "Mangler" in told
    assert "Skriv procenten for 2027" in told
    assert send(page, f"{PAGE}fremskrivning/", INDEX).headers["Location"] == PAGE
    told = text(page.get(PAGE))
    assert "Fremskrivningen for 2027 er gemt. Prognosen beregnes igen." in told
    assert "KL, budgetvejledning G.3-1" in told
    assert "(kontrollér)" not in told
    assert "Kontrollér</span>" in told
    assert "+2,6 %" in told
    assert "102,6" in told
    assert "Skriv procenten for 2027" not in told
    assert "Skriv procenten for 2028" in told


def test_what_is_written_reaches_the_forecast(municipality: Municipality, forecast: UUID, page: Client) -> None:
    before = queries.total_figures(run_id=forecast, year=2027)
    send(page, f"{PAGE}fremskrivning/", INDEX)
    send(page, f"{PAGE}puljer/ny/", WAITING)
    assert queued() == 1, "asked for once, as long as it waits"
    assert "En ny prognose er i kø" in text(page.get("/oekonomi/stand/"))
    frame = Frame.of(first_year=2026, years=2, as_of=TODAY)
    run = services.make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    after = queries.total_figures(run_id=run, year=2027)
    assert after.expected_ore + after.granted_ore > before.expected_ore + before.granted_ore
    assert queries.total_figures(run_id=run, year=2026).provision_ore == 2 * 150_000_00
    assert page.get(PAGE).context["year_ore"] == 2 * 150_000_00


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_page_counts_provisions_as_the_forecast_does(
    municipality: Municipality, home: Grant, page: Client, year: int
) -> None:
    """Also fractions of a person and of an øre, months that are closed, and what is saved."""
    begun = date(2026, 3, 1)
    set_aside(municipality, starts=begun, persons=Decimal("1.25"), price_ore=33_333_33)
    set_aside(municipality, starts=begun, ends=date(2026, 10, 1))
    set_aside(municipality, starts=begun, ends=date(2027, 3, 1), persons=Decimal("0.5"), price_ore=1)
    set_aside(
        municipality, kind=ProvisionKind.DEPARTURES, persons=Decimal("-1.5"), starts=date(2027, 2, 1), price_ore=3
    )
    frame = Frame.of(first_year=2026, years=2, as_of=TODAY)
    run = services.make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    counted = queries.total_figures(run_id=run, year=year).provision_ore
    assert page.get(f"{PAGE}?aar={year}").context["year_ore"] == counted


def test_a_provision_is_changed_and_taken_away(municipality: Municipality, unit: Unit, page: Client) -> None:
    address = f"{PAGE}puljer/{set_aside(municipality, note='Visitationen (kontrollér)')}/"
    fields = form_of(page, address)
    assert (fields["source"], fields["check"], fields["price"]) == ("Visitationen", True, "75.000")
    send(page, address, {**WAITING, "seen": fields["seen"], "unit": str(unit.id), "persons": "1,5", "last": ""})
    (row,) = assumptions.provisions()
    assert (row.persons, row.unit_id, row.ends, row.note) == (
        Decimal("1.5"), unit.id, None, "Visitationens venteliste",
    )  # fmt: skip
    assert queued() == 1
    send(page, f"{address}fjern/")
    assert assumptions.provisions() == ()
    assert page.get(address).status_code == 404


def test_a_percentage_is_changed_and_taken_away(municipality: Municipality, page: Client) -> None:
    assumptions.set_index_rate(municipality_id=municipality.id, year=2027, percent=Decimal("2.5"), note="KL")
    address = f"{PAGE}fremskrivning/2027/"
    seen = form_of(page, address)["seen"]
    send(page, address, {"percent": "-0,4", "source": "KL", "seen": seen})
    (row,) = assumptions.index_rates()
    assert (row.year, row.percent, row.note) == (2027, Decimal("-0.4"), "KL")
    assert "−0,4 %" in text(page.get(PAGE))
    send(page, f"{address}fjern/")
    assert assumptions.index_rates() == ()
    assert page.get(address).status_code == 404


def test_nobody_writes_over_what_they_have_not_seen(municipality: Municipality, page: Client) -> None:
    provision_id = set_aside(municipality)
    address = f"{PAGE}puljer/{provision_id}/"
    seen = form_of(page, address)["seen"]
    send(page, address, {**WAITING, "seen": seen, "persons": "3"})
    answer = send(page, address, {**WAITING, "seen": seen, "persons": "4"})
    assert answer.status_code == 422
    assert "En anden har ændret forudsætningen" in text(answer)
    send(page, f"{PAGE}fremskrivning/", INDEX)
    answer = send(page, f"{PAGE}fremskrivning/", {**INDEX, "percent": "9"})
    assert "Der er allerede en fremskrivning for 2027" in text(answer)
    assert assumptions.index_rates()[0].percent == Decimal("2.6")


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"persons": "-2"}, "persons", "uden minus"),
        ({"kind": "departures"}, "persons", "med minus"),
        ({"persons": "0"}, "persons", "nul"),
        ({"persons": "1.5"}, "persons", "komma"),
        ({"price": "-5"}, "price", "0"),
        ({"account": "12"}, "account", "seksten cifre"),
        ({"last": "2026-10"}, "last", "før den første"),
        ({"starts": "november"}, "starts", "2027-03"),
        ({"source": ""}, "source", "påkrævet"),
        ({"section": "SEL-1"}, "section", ""),
        ({"unit": "019313cf-0000-7000-8000-000000000000"}, "unit", ""),
    ],
)
def test_a_provision_that_cannot_be_names_its_field(
    municipality: Municipality, page: Client, wrong: dict[str, str], field: str, words: str
) -> None:
    answer: Any = send(page, f"{PAGE}puljer/ny/", {**WAITING, **wrong})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert assumptions.provisions() == ()
    assert queued() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"percent": "60"}, "percent"),
        ({"percent": "2.6"}, "percent"),
        ({"year": "26"}, "year"),
        ({"source": " "}, "source"),
    ],
)
def test_a_percentage_that_cannot_be_names_its_field(page: Client, wrong: dict[str, str], field: str) -> None:
    answer: Any = send(page, f"{PAGE}fremskrivning/", {**INDEX, **wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert assumptions.index_rates() == ()


def test_who_only_reads_sees_everything_and_writes_nothing(municipality: Municipality, forecast: UUID) -> None:
    provision_id = set_aside(municipality)
    reader = logged_in_client(persona("sagsbehandler", municipality, Role.CASEWORKER))
    told = text(reader.get(PAGE))
    assert "75.000 kr." in told
    assert "Ny pulje" not in told
    assert "Skriv procenten" not in told
    address = f"{PAGE}puljer/{provision_id}/"
    assert "Du kan ikke ændre puljen" in text(reader.get(address))
    for way in (
        address,
        f"{address}fjern/",
        f"{PAGE}puljer/ny/",
        f"{PAGE}fremskrivning/",
        f"{PAGE}fremskrivning/2027/",
    ):
        assert send(reader, way, WAITING).status_code == 403, way
    assert len(assumptions.provisions()) == 1


@pytest.fixture
def local(municipality: Municipality, home: Grant) -> Persona:
    """An economist of Ida's unit alone."""
    return persona("lokal", municipality, Role.ECONOMIST, Unit.objects.get(id=home.unit_id))


def test_who_keeps_one_units_economy_writes_there_alone(
    municipality: Municipality, home: Grant, help_at_home: Grant, local: Persona
) -> None:
    own, other = Unit.objects.get(id=home.unit_id), Unit.objects.get(id=help_at_home.unit_id)
    everyones, others = set_aside(municipality), set_aside(municipality, other)
    client = logged_in_client(local)
    told = text(client.get(PAGE))
    assert "Nyt år" not in told
    assert "Hele kommunen" in told, "what holds everywhere is seen"
    assert client.get(f"{PAGE}puljer/{others}/").status_code == 404
    assert "Du kan ikke ændre puljen" in text(client.get(f"{PAGE}puljer/{everyones}/"))
    send(client, f"{PAGE}puljer/ny/", {**WAITING, "unit": str(own.id)})
    (made,) = [row for row in assumptions.provisions() if row.unit_id == own.id]
    mine = f"{PAGE}puljer/{made.id}/"
    seen = form_of(client, mine)["seen"]
    for unit in ("alle", str(other.id)):
        assert send(client, f"{PAGE}puljer/ny/", {**WAITING, "unit": unit}).status_code == 422
        assert send(client, mine, {**WAITING, "unit": unit, "seen": seen}).status_code == 422
    send(client, f"{PAGE}puljer/{everyones}/fjern/")
    assert send(client, f"{PAGE}puljer/{others}/fjern/").status_code == 404
    assert send(client, f"{PAGE}fremskrivning/", INDEX).status_code == 422
    send(client, f"{PAGE}fremskrivning/2027/fjern/")
    assert len(assumptions.provisions()) == 3
    assert assumptions.index_rates() == ()
    send(client, f"{mine}fjern/")
    assert len(assumptions.provisions()) == 2


def test_who_keeps_several_units_moves_nothing_out_of_reach(
    municipality: Municipality, home: Grant, help_at_home: Grant
) -> None:
    """A role that only reads in the other unit is no role to write there."""
    own, other = Unit.objects.get(id=home.unit_id), Unit.objects.get(id=help_at_home.unit_id)
    both = persona("begge", municipality, Role.ECONOMIST, own)
    both.user.memberships.create(
        municipality_id=municipality.id, role=Role.CASEWORKER, unit=other, starts=date(2020, 1, 1)
    )
    client = logged_in_client(both)
    others = set_aside(municipality, other)
    answer = send(client, f"{PAGE}puljer/ny/", {**WAITING, "unit": str(other.id)})
    assert "Dine roller dækker ikke enheden" in text(answer)
    send(client, f"{PAGE}puljer/{others}/fjern/")
    assert [row.id for row in assumptions.provisions()] == [others]


def test_a_form_sent_twice_writes_once(municipality: Municipality, page: Client) -> None:
    marked = {**WAITING, "_once": "samme"}
    assert page.post(f"{PAGE}puljer/ny/", marked).status_code == 302
    assert page.post(f"{PAGE}puljer/ny/", marked).status_code == 302
    assert len(assumptions.provisions()) == 1
