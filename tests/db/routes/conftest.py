"""Two citizens who ride to a workshop, two vehicles, and their trips of the last weeks."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.registers.registers import Registers
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations.services import import_paths
from styr.routes.core.day import Terms
from styr.routes.services import Asked, ask_for_plan
from styr.routes.solving import work_out
from styr.transport.models import Place, Vehicle

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY = date(2026, 6, 15)  # a Monday
FILES = {
    "operatører": "operatør;art;leverandør_nr;bemærkning\nKommunen;egne vogne;;\nMovia;Movia;;\n",
    "prisaftaler": (
        "operatør;produkt;gyldig_fra;gyldig_til;startgebyr;pr_km;pr_minut;pr_dag;administration_pct\n"
        "Kommunen;Vogn;01-01-2026;;;2,00;4,00;300,00;\nMovia;Flexkommune;01-01-2026;;45,00;9,50;;;5\n"
    ),
    "køretøjer": (
        "operatør;vogn;siddepladser;kørestolspladser;lift;drivmiddel;co2_g_km\n"
        "Kommunen;Bus 1;8;1;ja;el;40\nKommunen;Bus 2;8;;nej;diesel;200\nKommunen;Uden plads;0;;nej;;\n"
    ),
    "steder": (
        "sted_nr;art;navn;adresse;postnr;by;bredde;længde;borger_nr;kalender;møder_ind;får_fri\n"
        "H1;hjem;;Ellevej 1;9999;Eksempel;55,950000;12,300000;1001;;;\n"
        "H2;hjem;;Askevej 2;9999;Eksempel;55,960000;12,310000;1002;;;\n"
        "M1;mål;Værkstedet;Havnen 7;9999;Eksempel;55,980000;12,330000;;;08:15;14.30\n"
    ),
    "befordringsbevillinger": (
        "bevilling_nr;kriterium;operatør;fra_sted;til_sted;ugedage;fremme_senest;hjem_tidligst;hjælpemidler\n"
        "B0000017-9;K17;Movia;H1;M1;man ons fre;08:10;14:30;kørestol\n"
        "SAG-77;K17;Movia;H2;M1;man tir;08:10;14:30;\n"
    ),
}


def trips() -> str:
    """Four Mondays of both citizens out and home, 150 kr. each trip, in the weeks before the day."""
    lines = [
        "afregning_nr;operatør;tur_nr;produkt;dato;pris;borger_nr;bevilling_nr;start;slut;fra_sted;til_sted;km;minutter"
    ]
    for week in range(1, 5):
        monday = (DAY - timedelta(weeks=week)).strftime("%d-%m-%Y")
        for number, (citizen, grant) in enumerate((("1001", "B0000017-9"), ("1002", "SAG-77")), start=1):
            told = f"A1;Movia;{week}{number}{{}};Flexkommune;{monday};150,00;{citizen};{grant}"
            lines.append(f"{told.format('u')};07:30;07:50;H{number};M1;6;20")
            lines.append(f"{told.format('h')};14:40;15:00;M1;H{number};6;20")
    return "\n".join(lines) + "\n"


@pytest.fixture
def town(municipality: Municipality, tmp_path: Path) -> Municipality:
    """The municipality with its registers and trips."""
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
    for name, text in (FILES | {"ture": trips()}).items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    report = import_paths(paths=[tmp_path], municipality_id=municipality.id, now=NOW, actor="test", processes=0)
    assert not report.problems, [str(problem) for problem in report.problems]
    return municipality


@pytest.fixture
def coordinator(town: Municipality, scope: str) -> Persona:
    """Somebody who plans transport for the whole municipality."""
    return persona("karen", town, Role.TRANSPORT_COORDINATOR)


def goal() -> UUID:
    """The workshop."""
    return Place.objects.get(number="M1").id


def asked(name: str = "Værkstedet", *, without: str = "", own_day_ore: int = 0) -> Asked:
    """A plan of the workshop with both buses."""
    buses = {row.name: row.id for row in Vehicle.objects.filter(seats__gt=0).exclude(name=without)}
    return Asked(
        name=name, day=DAY, goals=(goal(),), vehicles=tuple(buses.values()), garage=goal(), terms=Terms(), seconds=1,
        own_day_ore=own_day_ore,
    )  # fmt: skip


def planned(town: Municipality, actor: Persona, wanted: Asked) -> UUID:
    """A plan asked for and worked out."""
    plan_id = ask_for_plan(municipality_id=town.id, asked=wanted, actor_id=actor.user.id, today=DAY, now=NOW)
    work_out(municipality_id=town.id, plan_id=plan_id, now=lambda: NOW)
    return plan_id
