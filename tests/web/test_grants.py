"""The pages of grants through the whole program: who may, how often they ask, what they do to the rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality, Unit
from styr.access.scope import service_scope
from styr.contracts.models import ContractLine
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import expected_by_month
from styr.grants.models import Absence, Grant, ServiceLine
from styr.kernel.clock import today
from styr.kernel.ids import uuid7
from styr.people.models import Citizen

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """Somebody's desk: a client, and the register behind it."""

    municipality: Municipality
    client: Client
    home: UUID
    ida: UUID
    line: UUID

    def post(self, address: str, **fields: object) -> HttpResponse:
        return send(self.client, address, fields)

    def grant(self, grant_id: UUID | None = None) -> Grant:
        with service_scope(self.municipality.id, "test"):
            return Grant.objects.get(id=grant_id or self.home)

    def update(self, **facts: object) -> None:
        with service_scope(self.municipality.id, "test"):
            Grant.objects.filter(id=self.home).update(**facts)

    def forecast(self) -> int:
        with service_scope(self.municipality.id, "test"):
            first = today().replace(day=1)
            months = expected_by_month(from_month=first, to_month=first + timedelta(days=360), citizen_id=self.ida)
        return sum(month.amount_ore for month in months)


@pytest.fixture
def desk(municipality: Municipality) -> Desk:
    """Mia's, who serves the whole municipality; the register is the tiny one, moved to these years."""
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        mia = persona("mia", municipality, Role.CASEWORKER)
        Grant.objects.filter(source_id="B0000017-9").update(
            professional_reason="Ida kan ikke bo alene.", economic_reason="Billigste egnede tilbud."
        )
        home = Grant.objects.get(source_id="B0000017-9").id
        ida = Citizen.objects.get(source_id="1001").id
        line = ContractLine.objects.get(contract__number="K-2026-0001", line_no=1).id
        client = logged_in_client(mia)
    return Desk(municipality, client, home, ida, line)


def written(desk: Desk, **more: object) -> dict[str, object]:
    """A stay on Ida's contract, as the form sends it."""
    return {
        "borger": desk.ida,
        "section": "SEL-107",
        "starts": today().isoformat(),
        "last_day": "",
        "linjer-TOTAL_FORMS": "1",
        "linjer-INITIAL_FORMS": "1",
        "linjer-0-contract_line": desk.line,
        "linjer-0-quantity": "1",
        "linjer-0-per": "day",
        "linjer-0-factor": "1",
        "account_string": "5 38 52 1 4 0001 001 4 0",
        "professional_reason": "Ida kan ikke bo alene.",
        "economic_reason": "Billigst.",
    } | more


def many(desk: Desk, count: int) -> None:
    """Copies of the stay, each with one line."""
    with service_scope(desk.municipality.id, "test"):
        home = Grant.objects.get(id=desk.home)
        grants = []
        for number in range(count):
            home.pk, home.number, home.source_id = uuid7(), f"B20{number:05d}-0", f"X{number}"
            grants.append(Grant(**{f.attname: getattr(home, f.attname) for f in Grant._meta.concrete_fields}))
        Grant.objects.bulk_create(grants)
        line = ServiceLine.objects.get(grant=desk.home, line_no=1)
        facts = {f.attname: getattr(line, f.attname) for f in ServiceLine._meta.concrete_fields}
        ServiceLine.objects.bulk_create(
            ServiceLine(**facts | {"id": uuid7(), "grant_id": grant.id}) for grant in grants
        )


def test_each_page_asks_the_database_twelve_times_at_most(desk: Desk) -> None:
    many(desk, 210)
    pages = ("", "?status=granted", "?paragraf=SEL-107", "?q=ida", "ny/", f"ny/?borger={desk.ida}")
    about = ("", "historik/", "ret/", "godkend/", "opfoelgning/", "handling/stop/", "handling/antal/")
    for page in (*pages, *(f"{desk.home}/{one}" for one in about)):
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get(f"/bevillinger/{page}").status_code == 200, page
        # The test's own transaction turns the request's into a savepoint.
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in (query["sql"] or "")]
        assert len(questions) <= 12, (page, questions)


def test_the_list_shows_what_is_filtered_and_gives_it_to_excel(desk: Desk) -> None:
    shown = desk.client.get("/bevillinger/?q=østerg").content.decode()
    assert "B0000017-9" in shown
    assert "Ida Østergård" in shown
    assert "0017" not in desk.client.get("/bevillinger/?status=draft").content.decode()
    assert "Ingen bevillinger" in desk.client.get("/bevillinger/?status=draft").content.decode()
    book = desk.client.get("/bevillinger/?hent=xlsx")
    assert book["Content-Type"].startswith("application/vnd.openxmlformats")


def test_who_may_see_may_not_write(desk: Desk) -> None:
    with service_scope(desk.municipality.id, "test"):
        reader = logged_in_client(persona("rita", desk.municipality, Role.ECONOMIST))
    assert reader.get(f"/bevillinger/{desk.home}/").status_code == 200
    assert "Opret bevilling" not in reader.get("/bevillinger/").content.decode()
    for page in ("ny/", f"{desk.home}/ret/", f"{desk.home}/godkend/", f"{desk.home}/handling/stop/"):
        assert reader.get(f"/bevillinger/{page}").status_code == 403, page


def test_a_grant_of_another_unit_is_not_there(desk: Desk, other_unit: Unit) -> None:
    with service_scope(desk.municipality.id, "test"):
        stranger = logged_in_client(persona("nils", desk.municipality, Role.CASEWORKER, other_unit))
    for page in ("", "historik/", "ret/", "godkend/", "handling/stop/"):
        assert stranger.get(f"/bevillinger/{desk.home}/{page}").status_code == 404, page


def test_a_draft_is_priced_kept_once_and_changed_only_as_seen(desk: Desk) -> None:
    price = desk.post("/bevillinger/ny/pris/", **written(desk)).content.decode()
    assert "876.000 kr." in price
    assert "Dobbeltbevilling" in price
    assert "hovedkonto" in price.lower()
    made = written(desk, _once="samme")
    first, second = (desk.client.post("/bevillinger/ny/", made) for _ in range(2))
    assert first["Location"] == second["Location"]
    grant = desk.grant(UUID(first["Location"].split("/")[-2]))
    assert (grant.status, grant.account_string) == (GrantStatus.DRAFT, "5385214000100140")
    address = f"/bevillinger/{grant.id}/ret/"
    fields = written(desk, version=1, **{"linjer-0-quantity": "2"})
    assert desk.post(address, **fields).status_code == 302
    late = desk.post(address, **fields)
    assert late.status_code == 409
    assert "har rettet siden" in late.content.decode()
    with service_scope(desk.municipality.id, "test"):
        assert ServiceLine.objects.get(grant=grant).quantity == 2


def test_wrong_words_are_told_at_their_fields(desk: Desk) -> None:
    wrong = {"account_string": "123", "last_day": "2020-01-01", "linjer-0-contract_line": ""}
    shown = desk.post("/bevillinger/ny/", **written(desk, **wrong)).content.decode()
    for said in ("her er 3", "Sidste dag ligger før første dag", "Skal udfyldes uden kontrakt"):
        assert said in shown
    more = desk.post("/bevillinger/ny/", **written(desk, tilfoej="ja")).content.decode()
    assert "Ydelse 2" in more


def test_approval_moves_the_forecast_or_sends_the_grant_on(desk: Desk) -> None:
    desk.update(status=GrantStatus.DRAFT)
    assert desk.forecast() == 0
    with service_scope(desk.municipality.id, "test"):
        limit = Limit.objects.create(
            municipality=desk.municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=100,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
        boss = logged_in_client(persona("bo", desk.municipality, Role.MANAGER))
    address = f"/bevillinger/{desk.home}/godkend/"
    assert "Du må godkende op til 1 kr. for de dyreste tolv måneder." in desk.client.get(address).content.decode()
    assert "Over din grænse" in desk.post(f"{address}virkning/").content.decode()
    assert limit.amount_ore == 100
    desk.post(address, version=desk.grant().version)
    assert desk.grant().status == GrantStatus.AWAITING
    assert "Afventer en leders godkendelse" in boss.get(f"/bevillinger/{desk.home}/").content.decode()
    send(boss, address, {"version": desk.grant().version})
    assert desk.grant().status == GrantStatus.GRANTED
    assert desk.forecast() > 0


def test_a_stop_shows_its_effect_is_done_once_and_can_be_undone(desk: Desk) -> None:
    last_day = (today() + timedelta(days=10)).isoformat()
    before, address = desk.forecast(), f"/bevillinger/{desk.home}/handling/stop/"
    shown = desk.post(f"{address}virkning/", version=1, last_day=last_day).content.decode()
    assert "−" in shown
    assert desk.forecast() == before
    assert desk.post(address, version=desk.grant().version, last_day=last_day).status_code == 302
    assert desk.forecast() < before
    desk.client.post(f"/bevillinger/{desk.home}/fortryd-stop/?version={desk.grant().version}")
    assert desk.forecast() == before
    assert desk.grant().status == GrantStatus.GRANTED


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("forlaeng", {"last_day": "2027-03-31"}),
        ("antal", {"day": "2026-12-01", "quantity": "2"}),
        ("fravaer", {"first_day": "2026-12-01", "last_day": "2026-12-20", "reason": "ferie"}),
    ],
)
def test_every_act_has_its_page_effect_and_deed(desk: Desk, name: str, fields: dict[str, str]) -> None:
    address = f"/bevillinger/{desk.home}/handling/{name}/"
    assert desk.client.get(address).status_code == 200
    with service_scope(desk.municipality.id, "test"):
        line = ServiceLine.objects.get(grant=desk.home, line_no=1).id
    given: dict[str, Any] = {**fields, "line": line, "version": desk.grant().version}
    assert "Forskel" in desk.post(f"{address}virkning/", **given).content.decode()
    assert desk.post(address, **given).status_code == 302
    assert desk.post(address, **given).status_code == 409
    history = desk.client.get(f"/bevillinger/{desk.home}/historik/").content.decode()
    assert "Mia" in history


def test_absence_is_taken_back_by_a_reversing_act(desk: Desk) -> None:
    address = f"/bevillinger/{desk.home}/handling/fravaer/"
    desk.post(address, version=desk.grant().version, first_day="2026-12-01", last_day="2026-12-20", reason="")
    with service_scope(desk.municipality.id, "test"):
        absence = Absence.objects.get(grant=desk.home, starts=date(2026, 12, 1)).id
    for _ in range(2):
        assert desk.client.post(f"/bevillinger/{desk.home}/fravaer/{absence}/fortryd/").status_code == 302
    with service_scope(desk.municipality.id, "test"):
        assert not Absence.objects.filter(id=absence).exists()


def test_a_cpr_number_finds_the_citizen_and_stands_in_no_address(desk: Desk) -> None:
    shown = desk.client.post("/bevillinger/ny/find/", {"q": "6101801321"}).content.decode()
    assert f"?borger={desk.ida}" in shown
    assert "6101801321" not in shown
    nobody = desk.client.post("/bevillinger/ny/find/", {"q": "Zacharias"}).content.decode()
    assert "Ingen borger passer" in nobody


def test_what_is_sent_back_and_withdrawn_keeps_its_reason(desk: Desk) -> None:
    desk.update(status=GrantStatus.AWAITING)
    desk.post(f"/bevillinger/{desk.home}/send-tilbage/", version=desk.grant().version, reason="Uddyb målet.")
    assert desk.grant().status == GrantStatus.DRAFT
    desk.post(f"/bevillinger/{desk.home}/traek-tilbage/", version=desk.grant().version, reason="Flyttet.")
    assert desk.grant().status == GrantStatus.WITHDRAWN
    desk.client.post(f"/bevillinger/{desk.home}/aabn-igen/")
    assert desk.grant().status == GrantStatus.DRAFT
    assert "Uddyb målet." in desk.client.get(f"/bevillinger/{desk.home}/").content.decode()
    desk.post(f"/bevillinger/{desk.home}/opfoelgning/", version=desk.grant().version, follow_up_on="2027-01-15")
    assert desk.grant().follow_up_on == date(2027, 1, 15)
