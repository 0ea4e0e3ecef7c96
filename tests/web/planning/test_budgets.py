"""The pages of budget versions through the whole program: made, edited with a reason, approved by another, exported."""

import csv
import re
from decimal import Decimal
from io import StringIO
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from loggedin import logged_in_client
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.access.scope import acting_as, service_scope
from styr.kernel.clock import today
from styr.planning.models import BudgetVersion, VersionLine
from web.planning.conftest import Desk, Desks

pytestmark = pytest.mark.django_db
YEAR = today().year + 1
HOME = "/oekonomi/budgetlaegning/"


def made(desk: Desk, **facts: object) -> str:
    given = {"name": "Første udkast", "year": YEAR, "goes_on": "on", "transitions": "on", "negotiations": "on", **facts}
    answer = desk.post(f"{HOME}ny/", **given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def total(page: HttpResponse) -> int:
    found = re.search(r'data-total-ore="(-?\d+)"', page.content.decode())
    assert found, page.content.decode()
    return int(found[1])


def lines(desk: Desk) -> list[VersionLine]:
    with acting_as(desk.who.token):
        return list(VersionLine.objects.order_by("-total_ore", "id"))


def test_a_version_is_made_of_todays_grants_line_by_line(desks: Desks) -> None:
    page = made(desks.lone)
    answer = desks.lone.get(page)
    found = lines(desks.lone)
    assert total(answer) == sum(line.total_ore for line in found) > 0
    assert {line.part for line in found} == {"grant"}
    listed = desks.lone.get(f"{page}linjer/").content.decode()
    assert "Ida Østergård" in listed
    assert "610180-" in listed
    assert "6101801321" not in listed
    with acting_as(desks.lone.who.token):
        VersionLine.objects.exclude(id=found[0].id).update(account="5385214000100140")
        VersionLine.objects.filter(id=found[0].id).update(account="")
    assert "1 linje mangler en kontostreng." in desks.lone.get(page).content.decode()


def test_the_index_raises_prices_that_are_not_announced(desks: Desks) -> None:
    plain = total(desks.lone.get(made(desks.lone)))
    raised = desks.lone.get(made(desks.lone, name="Fremskrevet", index_percent="2,6"))
    months = [ore for line in lines(desks.lone) if line.part == "grant" for ore in line.months_ore]
    assert abs(total(raised) - plain - plain * 26 // 1000) <= len(months)
    assert "Fremskrivning" in raised.content.decode()


def test_each_reader_sees_the_lines_of_their_own_units(desks: Desks) -> None:
    page = made(desks.lone)
    whole = total(desks.lone.get(page))
    parts = [total(desk.get(page)) for desk in (desks.vera, desks.bo)]
    assert whole == sum(parts)
    assert all(parts)
    (ida,) = [line for line in lines(desks.vera) if line.part == "grant"]
    assert desks.bo.get(f"{page}linjer/{ida.id}/").status_code == 404
    assert "Ida" not in desks.bo.get(f"{page}linjer/").content.decode()


def test_a_line_is_changed_with_a_reason_and_keeps_its_months_shape(desks: Desks) -> None:
    page = made(desks.lone)
    line = lines(desks.lone)[0]
    address = f"{page}linjer/{line.id}/"
    answer = desks.lone.post(address, total="1.200,10", account="", reason="")
    assert answer.status_code == 200
    answer = desks.lone.post(address, total="1.200,10", account="9999999999999999", reason="Flytter i juni")
    assert "Kontoens funktion kendes ikke." in answer.content.decode()
    answer = desks.lone.post(address, total="1.200,10", account="5385214000100140", reason="Flytter i juni")
    assert answer.status_code == 302, answer.content.decode()
    after = next(one for one in lines(desks.lone) if one.id == line.id)
    assert (after.total_ore, sum(after.months_ore), after.edited) == (120_010, 120_010, True)
    assert after.made_ore == line.total_ore
    text = desks.lone.get(address).content.decode()
    assert "Flytter i juni" in text
    assert "Rettet fra" in text
    assert desks.lone.post(f"{address}kommentar/", text="Aftalt med Mia").status_code == 302
    assert "Aftalt med Mia" in desks.lone.get(address).content.decode()


def test_a_line_by_hand_is_added_where_ones_roles_reach(desks: Desks) -> None:
    page = made(desks.lone)
    before = total(desks.lone.get(page))
    unit = lines(desks.lone)[0].unit_id
    fields = {"text": "Ventet tilgang", "unit": unit, "section": "SEL-107", "account": "", "total": "1.000"}
    assert desks.lone.post(f"{page}linjer/ny/", **fields, reason="To på ventelisten").status_code == 302
    assert total(desks.lone.get(page)) == before + 100_000
    answer = desks.vera.post(f"{page}linjer/ny/", **fields, reason="Prøve")
    assert answer.status_code == 200
    assert "Dine roller dækker ikke" in answer.content.decode()


def test_a_budget_is_approved_by_another_who_has_not_touched_it(desks: Desks, municipality: Municipality) -> None:
    page = made(desks.lone)
    with service_scope(municipality.id, "test"):
        henrik = Desk(municipality.id, persona("henrik", municipality, Role.MANAGER), desks.lone.client)
    henrik.client = logged_in_client(henrik.who)
    assert "Godkend budgettet" not in henrik.get(page).content.decode()
    assert desks.lone.post(f"{page}handling/send/").status_code == 302
    assert desks.lone.post(f"{page}afgoerelse/godkend/").status_code == 403
    assert desks.vera.post(f"{page}afgoerelse/godkend/").status_code == 302
    assert state(desks.lone) == ["awaiting"]
    answer = henrik.post(f"{page}afgoerelse/send-tilbage/", text="Tjek § 85")
    assert answer.status_code == 302
    assert "Tjek § 85" in desks.lone.get(page).content.decode()
    line = lines(desks.lone)[0]
    assert henrik.post(f"{page}linjer/{line.id}/", total="5", account="", reason="Skøn").status_code == 302
    assert desks.lone.post(f"{page}handling/send/").status_code == 302
    henrik.post(f"{page}afgoerelse/godkend/")
    assert state(desks.lone) == ["awaiting"]
    with service_scope(municipality.id, "test"):
        birgit = Desk(municipality.id, persona("birgit", municipality, Role.MANAGER), desks.lone.client)
    birgit.client = logged_in_client(birgit.who)
    birgit.post(f"{page}afgoerelse/godkend/")
    assert state(desks.lone) == ["approved"]
    answer = desks.lone.post(f"{page}linjer/{line.id}/", total="7", account="", reason="For sent")
    assert "Kun en kladde kan ændres" in answer.content.decode()


def state(desk: Desk) -> list[str]:
    with acting_as(desk.who.token):
        return list(BudgetVersion.objects.values_list("state", flat=True))


def test_the_file_holds_every_ore_and_is_refused_while_nobody_has_approved_it(
    desks: Desks, municipality: Municipality
) -> None:
    page = made(desks.lone)
    answer = desks.lone.get(f"{page}fil/")
    assert answer.status_code == 302
    assert "Kun et godkendt budget" in desks.lone.get(page).content.decode()
    for line in lines(desks.lone):
        if not line.account:
            amount = f"{line.total_ore // 100},{line.total_ore % 100:02d}"
            fields = {"total": amount, "account": "5385014000100140", "reason": "Konto"}
            assert desks.lone.post(f"{page}linjer/{line.id}/", **fields).status_code == 302
    with service_scope(municipality.id, "test"):
        BudgetVersion.objects.update(state="approved", decided_by=User.objects.get(username="vera"))
    text = desks.lone.get(f"{page}fil/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert sum(Decimal(row["beløb"].replace(",", ".")) for row in rows) * 100 == total(desks.lone.get(page))
    assert {row["borger_nr"] for row in rows} == {"1001", "1002"}
    assert {row["år"] for row in rows} == {str(YEAR)}
    assert {row["måned"] for row in rows} == {str(month) for month in range(1, 13)}
    assert "Østergård" not in text


def test_versions_are_copied_and_compared(desks: Desks) -> None:
    page = made(desks.lone)
    copy = str(desks.lone.post(f"{page}handling/kopi/", navn="Andet udkast")["Location"])
    assert copy != page
    line = next(one for one in lines(desks.lone) if str(one.version_id) in copy)
    amount = line.total_ore // 100 - 1000
    fields = {"total": f"{amount},{line.total_ore % 100:02d}", "account": "", "reason": "Mindre"}
    assert desks.lone.post(f"{copy}linjer/{line.id}/", **fields).status_code == 302
    ids = [one.split("/")[3] for one in (page, copy)]
    answer = desks.lone.client.get(f"{HOME}sammenlign/", {"v": ids})
    assert 'data-more-ore="-100000"' in answer.content.decode()
    assert desks.lone.post(f"{copy}handling/laeg-vaek/").status_code == 302
    assert "Andet udkast" not in desks.lone.get(HOME).content.decode()


def test_nobody_but_economists_and_managers_make_versions(desks: Desks) -> None:
    assert desks.rie.get(HOME).status_code == 200
    assert desks.rie.get(f"{HOME}ny/").status_code == 403
    answer = desks.vera.post(f"{HOME}ny/", name="Alt", year=YEAR)
    assert "Dine roller dækker ikke hele kommunen" in answer.content.decode()


def test_each_page_asks_the_database_twelve_times_at_most(desks: Desks) -> None:
    page = made(desks.lone)
    line = lines(desks.lone)[0]
    version_id = UUID(page.split("/")[3])
    about = (page, f"{page}linjer/", f"{page}linjer/{line.id}/", f"{page}linjer/ny/")
    for address in (HOME, f"{HOME}ny/", *about, f"{HOME}sammenlign/?v={version_id}&v={version_id}"):
        with CaptureQueriesContext(connection) as asked:
            assert desks.lone.get(address).status_code == 200, address
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in (query["sql"] or "")]
        assert len(questions) <= 12, (address, questions)
