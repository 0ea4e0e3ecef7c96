"""Three of our own minibuses that drive two citizens to a workshop, and what is known of the buses."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.registers.registers import Registers
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations.services import import_paths
from styr.kernel import clock

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY = date(2026, 6, 15)  # a Monday
FILES = {
    "operatører": "operatør;art;leverandør_nr;bemærkning\nKommunen;egne vogne;;\n",
    "prisaftaler": (
        "operatør;produkt;gyldig_fra;gyldig_til;pr_km\nKommunen;Egen bus;01-01-2026;;4,80\n"
    ),
    "køretøjer": (
        "operatør;vogn;nummerplade;siddepladser;kørestolspladser;lift;drivmiddel;co2_g_km;første_registrering\n"
        "Kommunen;Bus 1;XX 10 001;8;1;ja;diesel;214;03-02-2014\nKommunen;Bus 2;;8;;nej;diesel;200;01-01-2019\n"
        "Kommunen;Bus 3;;8;;nej;el;0;01-01-2023\nKommunen;Uden plads;;0;;nej;;;\n"
    ),
    "steder": (
        "sted_nr;art;navn;adresse;postnr;by;bredde;længde;borger_nr;kalender;møder_ind;får_fri\n"
        "H1;hjem;;Ellevej 1;9999;Eksempel;55,950000;12,300000;1001;;;\n"
        "H2;hjem;;Askevej 2;9999;Eksempel;55,960000;12,310000;1002;;;\n"
        "M1;mål;Værkstedet;Havnen 7;9999;Eksempel;55,980000;12,330000;;;08:15;14.30\n"
    ),
    "befordringsbevillinger": (
        "bevilling_nr;kriterium;operatør;fra_sted;til_sted;ugedage;fremme_senest;hjem_tidligst;hjælpemidler\n"
        "B0000017-9;K17;Kommunen;H1;M1;man ons fre;08:10;14:30;kørestol\n"
        "SAG-77;K17;Kommunen;H2;M1;man tir;08:10;14:30;\n"
    ),
    "vognudgifter": (
        "vogn;gyldig_fra;leasing_pr_måned;forsikring_pr_år;service_pr_år;forbrug_pr_100_km;kilde\n"
        "Bus 1;01-01-2026;4.500,00;12.000,00;9.000,00;12,50;Leasingaftale\n"
        "Bus 2;01-01-2026;4.500,00;12.000,00;9.000,00;12,50;Leasingaftale\n"
        "Bus 3;01-01-2026;4.500,00;12.000,00;9.000,00;32,00;Leasingaftale\n"
    ),
    "faste_vogne": "vogn;sted_nr;gyldig_fra\nBus 1;M1;01-01-2026\nBus 2;M1;01-01-2026\nBus 3;M1;01-01-2026\n",
    "kørebog": (
        "vogn;dato;kl_fra;kl_til;km;formål;passagerer\n"
        "XX10001;08-06-2026;10:00;11.30;24,50;Udflugt;5\nBus 2;09-06-2026;23:30;00:15;8,00;Hjemkørsel;2\n"
    ),
}  # fmt: skip


def trips() -> str:
    """Four Mondays of both citizens out and home with our own buses, at the price of the km."""
    lines = [
        "afregning_nr;operatør;tur_nr;produkt;dato;pris;borger_nr;bevilling_nr;start;slut;fra_sted;til_sted;km;minutter"
    ]
    for week in range(1, 5):
        monday = (DAY - timedelta(weeks=week)).strftime("%d-%m-%Y")
        for number, (citizen, grant) in enumerate((("1001", "B0000017-9"), ("1002", "SAG-77")), start=1):
            told = f"E1;Kommunen;{week}{number}{{}};Egen bus;{monday};28,80;{citizen};{grant}"
            lines.append(f"{told.format('u')};07:30;07:50;H{number};M1;6;20")
            lines.append(f"{told.format('h')};14:40;15:00;M1;H{number};6;20")
    return "\n".join(lines) + "\n"


def load_fleet(municipality: Municipality, folder: Path) -> None:
    """Read the files as a person would hand them in."""
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
    for name, text in (FILES | {"ture": trips()}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = import_paths(paths=[folder], municipality_id=municipality.id, now=NOW, actor="test", processes=0)
    assert not report.problems, [str(problem) for problem in report.problems]


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the middle of June 2026."""
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def town(municipality: Municipality, tmp_path: Path) -> Municipality:
    """The municipality with its registers, buses and trips."""
    load_fleet(municipality, tmp_path)
    return municipality


@pytest.fixture
def coordinator(town: Municipality, scope: str) -> Persona:
    """Somebody who plans transport for the whole municipality."""
    return persona("karen", town, Role.TRANSPORT_COORDINATOR)
