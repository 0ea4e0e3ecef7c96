"""A case system's extract with headings of its own: guessed, tried, saved with versions, known again; bad rows told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations import services, upload_jobs, uploads
from styr.integrations.core.outcome import Found
from styr.integrations.mappings import queries
from styr.integrations.mappings.services import retire_mapping, use_version
from styr.integrations.models import ImportUpload
from styr.integrations.sealed_uploads import found_in
from styr.integrations.sources import Held
from styr.integrations.upload_answers import UnableToAnswerError

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 1)
HEAD = "Borger CPR;Forløb;Indsatsnummer;Lov;Indsatstype;Fra;Til og med;Afregning;Kr.;Mængde;Interval;Firma CVR"
ROWS = (
    "610170-1111;S1;N100;Serviceloven § 107;Botilbud (døgn);01-01-2026;;pr. døgn;1.950,00;1;dag;12345674",
    "620280-2222;S2;N101;Serviceloven § 104;Samvær;01-01-2026;31-12-2026;pr. uge;612,00;1;uge;12345682",
)
WORDS = {"service": {"Botilbud (døgn)": "ophold", "Samvær": "aktivitet"}}
NAMES = "cpr case_number source_id section service starts ends unit amount quantity per cvr"
FIELDS = dict(enumerate(NAMES.split()))


@pytest.fixture(autouse=True)
def uncontrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching and controls have tests of their own."""
    monkeypatch.setattr(services, "control_everything", lambda **_: None)


class Desk:
    """One person's uploads and the jobs that work on them."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.upload_id = UUID(int=0)
        with self.scope():
            self.actor = persona("oekonom", municipality, Role.ECONOMIST).user

    @contextmanager
    def scope(self) -> Iterator[None]:
        with service_scope(self.municipality.id, "test"):
            yield

    def hand_in(self, name: str, *rows: str, head: str = HEAD) -> Found:
        data = "\r\n".join(("Nexus – Indsatsliste", "", head, *rows, "")).encode("cp1252")
        with self.scope():
            self.upload_id = uploads.hand_in(
                municipality_id=self.municipality.id, actor_id=self.actor.id, files=[Held(name, data)], now=NOW
            )
        return self.look()

    def look(self) -> Found:
        upload_jobs.look(upload_id=self.upload_id, municipality_id=self.municipality.id, now=NOW, today=TODAY)
        with self.scope():
            found = found_in(ImportUpload.objects.get(id=self.upload_id))
        assert found is not None
        return found

    def choose(self, name: str, **others: Any) -> Found:
        given = {"fields": FIELDS, "words": WORDS, "keep_as": "Nexus ugeliste", "source": "nexus_bevillinger", **others}
        with self.scope():
            uploads.choose_columns(
                upload_id=self.upload_id, file=name, sheet="", register="samlet oversigt", now=NOW, **given
            )
        return self.look()

    def land(self) -> Found:
        with self.scope():
            uploads.request_landing(upload_id=self.upload_id, now=NOW)
        upload_jobs.land(upload_id=self.upload_id, municipality_id=self.municipality.id, now=NOW, today=TODAY)
        with self.scope():
            found = found_in(ImportUpload.objects.get(id=self.upload_id))
        assert found is not None
        return found

    def message(self) -> str:
        with self.scope():
            return ImportUpload.objects.get(id=self.upload_id).message

    def saved(self) -> list[tuple[Any, ...]]:
        return self.ask("SELECT name, version, source FROM integrations_columnmapping")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.scope(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


@pytest.fixture
def desk(municipality: Municipality) -> Desk:
    return Desk(municipality)


def test_own_headings_are_guessed_tried_kept_and_known_the_next_time(desk: Desk) -> None:
    found = desk.hand_in("nexus.csv", *ROWS)
    registers = {one.register for one in (*found.proposals, *found.alternatives)}
    assert "fagsystembevillinger" in registers
    tried = desk.choose("nexus.csv")
    assert (tried.errors, {name: count.new for name, count in tried.tables.items()}) == (0, {"fagsystembevillinger": 2})
    assert desk.message() == "Kolonnevalget »Nexus ugeliste« er prøvet på nexus.csv og gemt."
    assert desk.saved() == [("Nexus ugeliste", 1, "nexus_bevillinger")]
    assert desk.ask("SELECT count(*) FROM reconciliation_casegrant") == [(0,)], "a trial writes no grants"
    desk.land()
    assert desk.ask("SELECT system, source_id, service, measure, amount FROM reconciliation_casegrant ORDER BY 2") == [
        ("nexus", "N100", "ophold", "day", 1950),
        ("nexus", "N101", "aktivitet", "week", 612),
    ]
    assert desk.ask("SELECT count(*) FROM grants_grant") == [(0,)], "an extract never writes to the registers"
    again = desk.hand_in("nexus-2.csv", *(row.replace("1.950,00", "1.999,00") for row in ROWS))
    assert again.proposals == []
    assert again.tables["fagsystembevillinger"].changed == 1


def test_a_choice_that_the_file_cannot_be_read_by_is_not_kept_and_every_wrong_row_is_told(desk: Desk) -> None:
    wrong = (
        ROWS[0].replace("1.950,00", "1.950"),
        ROWS[1].replace("Samvær", "Ukendt indsats"),
        ROWS[1].replace("N101", "N102").replace("01-01-2026", "01-01-1799"),
        ROWS[1].replace("N101", "N103").replace("Serviceloven § 104", "paragraf hundredefire"),
    )
    desk.hand_in("nexus.csv", *wrong)
    found = desk.choose("nexus.csv")
    [sheet] = found.faulty
    told = {(row.row, cell.heading) for row in sheet.rows for cell in row.cells}
    assert {(5, "ydelse"), (6, "start"), (7, "paragraf")} <= told
    assert desk.saved() == []
    assert "ikke gemt endnu" in desk.message()
    with desk.scope(), pytest.raises(UnableToAnswerError, match="intet i filerne"):
        uploads.request_landing(upload_id=desk.upload_id, now=NOW)


def test_a_total_below_is_passed_over_and_told_and_one_that_is_wrong_keeps_the_file_out(desk: Desk) -> None:
    desk.hand_in("nexus.csv", *ROWS, "I alt;;;;;;;;2.562,00;;;")
    found = desk.choose("nexus.csv")
    assert found.errors == 0
    assert any("sum" in problem.message for problem in found.problems)
    desk.hand_in("nexus-b.csv", *ROWS, "I alt;;;;;;;;9.999,00;;;")
    assert found_error(desk.look(), "total_differs")


def found_error(found: Found, code: str) -> bool:
    return any(problem.code == code for problem in found.problems)


def test_another_choice_under_the_same_name_is_a_new_version_and_the_first_can_be_taken_back(desk: Desk) -> None:
    desk.hand_in("nexus.csv", *ROWS)
    desk.choose("nexus.csv")
    desk.hand_in("anden.csv", *ROWS, head=HEAD.replace("Kr.", "Takst i kr"))
    desk.choose("anden.csv", fields={at: name for at, name in FIELDS.items() if name != "case_number"})
    assert desk.saved() == [("Nexus ugeliste", 2, "nexus_bevillinger")]
    with desk.scope():
        [line] = queries.mappings()
        view = queries.mapping_view(line.id)
        assert [(one.number, one.file, one.rows, one.errors) for one in view.versions] == [
            (2, "anden.csv", 2, 0), (1, "nexus.csv", 2, 0),
        ]  # fmt: skip
        assert any(change.startswith("sagsnr:") and change.endswith("→ intet") for change in view.versions[0].changes)
        assert use_version(mapping_id=line.id, number=1, actor_id=desk.actor.id, now=NOW) == 3
        assert "Forløb".casefold().replace("ø", "oe") in {one.heading for one in queries.mapping_view(line.id).fields}
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE integrations_columnmappingversion SET rows = 0")
        retire_mapping(mapping_id=line.id, retired=True, now=NOW)
    assert desk.hand_in("igen.csv", *ROWS).proposals, "a retired choice reads nothing"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"01-01-2026;;": "01-01-2026;30-11-2025;"}, "Sidste dag ligger før første dag"),
        ({"610170-1111": "61017-1"}, "CPR"),
    ],
)
def test_a_wrong_row_keeps_the_whole_extract_out(desk: Desk, change: dict[str, str], told: str) -> None:
    rows = list(ROWS)
    for old, new in change.items():
        rows[0] = rows[0].replace(old, new)
    desk.hand_in("nexus.csv", *rows)
    found = desk.choose("nexus.csv")
    assert any(told in problem.message for problem in found.problems), found.problems
    assert not found.lands_something
