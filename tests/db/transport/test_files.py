"""Every register file of transport comes in twice, and the printed mapping of 2021 to the krone."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from db.ledger.conftest import Booker, posting
from db.registers.registers import CLOSED, Registers
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.contracts.bulk import upsert_closing_days
from styr.integrations.services import ImportReport, import_paths
from styr.transport.bulk import upsert_area_accounts, upsert_operators
from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import Bound
from styr.transport.core.rows import AreaAccountRow, OperatorRow
from styr.transport.cost_queries import areas_in, booked_year, told_year, years_known
from styr.transport.models import Criterion, RideGrant, Vehicle
from styr.transport.year_standing import YearStanding, year_standing

pytestmark = pytest.mark.django_db
PRINTED = Path(__file__).parents[2] / "unit" / "transport" / "transport_costs_2021.csv"
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
FILES = {
    "operatører": "operatør;art;leverandør_nr;bemærkning\nMovia;Movia;;\nBostedet Ærø;private vognmænd;L1;kører selv\n",
    "prisaftaler": (
        "operatør;produkt;gyldig_fra;gyldig_til;startgebyr;pr_km;pr_dag;administration_pct\n"
        "Movia;Flexkommune;01-01-2025;31-12-2025;45,00;9,50;;5\nMovia;Flexkommune;01-01-2026;;46,00;9,75;;5\n"
    ),
    "køretøjer": (
        "operatør;vogn;siddepladser;kørestolspladser;lift;drivmiddel\nMovia;Bus 1;8;1;ja;el\nMovia;Bus 2;0;;nej;\n"
    ),
    "steder": (
        "sted_nr;art;navn;adresse;postnr;by;bredde;længde;borger_nr;kalender;møder_ind;får_fri\n"
        "H1;hjem;;Ellevej 1;9999;Eksempel;55,123456;9,5;1001;;;\n"
        "M1;mål;Værkstedet;Ukendt vej 7;9999;Eksempel;;;;Værkstedet;08:15;14.30\n"
    ),
    "befordringsbevillinger": (
        "bevilling_nr;kriterium;operatør;fra_sted;til_sted;ugedage;fremme_senest;hjem_tidligst;solokørsel;egenbetaling\n"
        "B0000017-9;K17;Movia;H1;M1;man ons fre;08:10;14:30;ja;12,50\n"
    ),
    "befordringskonti": "område_nr;konto_begynder;operatør_art;kun_administration\n5;538521;egne vogne;nej\n",
}


def _bring(municipality: Municipality, *paths: Path) -> ImportReport:
    return import_paths(paths=paths, municipality_id=municipality.id, now=NOW, actor="test", processes=0)


def test_every_register_comes_in_and_a_second_time_changes_nothing(municipality: Municipality, tmp_path: Path) -> None:
    with service_scope(municipality.id, "test"):
        made = Registers(municipality.id).load()
        upsert_closing_days([CLOSED], municipality_id=made.municipality_id)
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    report = _bring(municipality, tmp_path)
    assert not report.problems, [str(problem) for problem in report.problems]
    with service_scope(municipality.id, "test"):
        ride = RideGrant.objects.select_related("criterion", "destination", "home").get()
        assert (ride.criterion.code, ride.weekdays, ride.user_payment_ore, ride.solo) == ("K17", 0b10101, 1250, True)
        assert ride.destination
        assert ride.home
        assert (str(ride.destination.bell_out), ride.destination.latitude) == ("14:30:00", None)
        assert (ride.home.unit_id, ride.home.source) == (ride.unit_id, "file")
        assert Criterion.objects.count() == 30
        assert sorted(Vehicle.objects.values_list("name", "seats")) == [("Bus 1", 8), ("Bus 2", 0)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT area_no, operator_kind, out_arrive, calendar_id IS NOT NULL FROM rel_ride_grant")
            assert cursor.fetchall() == [(9, "movia", "08:10", True)]
            cursor.execute("SELECT start_ore, km_ore, fee_percent FROM rel_price_scheme ORDER BY valid_from")
            assert cursor.fetchall() == [(4500, 950, Decimal(5)), (4600, 975, Decimal(5))]
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(f"{text}\n", encoding="utf-8")
    again = _bring(municipality, tmp_path)
    assert not again.problems
    assert {(count.new, count.changed) for count in again.tables.values()} == {(0, 0)}


def test_the_printed_mapping_of_2021_comes_out_to_the_krone(municipality: Municipality, tmp_path: Path) -> None:
    report = _bring(municipality, PRINTED)
    assert not report.problems, [problem.message for problem in report.problems]
    with service_scope(municipality.id, "test"):
        found = told_year(2021, areas_in(2021))
        assert found.total == Bound(21_978_894_00, 5)
        assert [column.ore for column in found.columns] == [2_353_568_00, 15_640_535_00, 3_252_219_00, 732_572_00]
        assert [str(share) for share in found.shares] == ["11 %", "71 %", "15 %", "3 %"]
        assert [line.area.number for line in found.lines if not line.total.is_whole] == [8, 11, 12, 14, 15]
        assert [(one.year, one.told) for one in years_known(NOW.date()) if one.told] == [(2021, True)]
    wrong = tmp_path / "befordring 2022.csv"
    wrong.write_text("område_nr;movia;egne_vogne;i_alt\n1;100;;101\n2;50;;50\n", encoding="utf-8")
    told = _bring(municipality, wrong)
    assert [(problem.column, problem.row) for problem in told.problems if problem.code == "row_refused"] == [
        ("i_alt", 2)
    ]
    wrong.with_name("befordring.csv").write_text("område_nr;movia\n1;100\n", encoding="utf-8")
    told = _bring(municipality, wrong.with_name("befordring.csv"))
    assert [problem.column for problem in told.problems if problem.code == "row_refused"] == ["år"]


def test_the_sums_follow_the_postings_and_nobody_else_writes_them(book: Booker, registers: Registers) -> None:
    bought: dict[str, Any] = {"account_string": "5385901000100140", "supplier_cvr": "12345674"}
    book(posting("1", **bought), posting("2", **bought, amount=Decimal("50.25")), posting("3"))
    book(posting("1", **bought, amount=Decimal(90)))
    upsert_area_accounts([AreaAccountRow(area_no=9, prefix="53859")], municipality_id=registers.municipality_id)
    mine: dict[str, Any] = {"municipality_id": registers.municipality_id}
    upsert_operators([OperatorRow(name="Bostedet", kind="private", supplier_source_id="L1")], **mine)
    found = booked_year(2026, areas_in(2026))
    nine = next(line for line in found.matrix.lines if line.area.number == 9)
    assert nine.cells == (140_25, 0, None, None)
    assert (found.bought_ore, found.covered_ore, found.unplaced_ore, found.postings) == (140_25, 140_25, 0, 2)
    assert found.operators[OperatorKind.PRIVATE] == {"Bostedet Ærø ApS": 140_25}
    assert year_standing(2026) == YearStanding(140_25, None, None), "the matrix's sum, and no forecast yet"
    untold = next(line for line in found.matrix.lines if line.area.number == 5)
    assert untold.cells == (None, None, None, None), "an area without accounts is unknown"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_posting WHERE voucher = '2'")
        cursor.execute("SELECT account_string, amount_ore, postings FROM transport_postingsum WHERE postings > 0")
        assert sorted(cursor.fetchall()) == [("5385214000100140", 100_00, 1), ("5385901000100140", 90_00, 1)]
        with pytest.raises(ProgrammingError, match="by their postings alone"), transaction.atomic():
            cursor.execute("UPDATE transport_postingsum SET amount_ore = 0")
