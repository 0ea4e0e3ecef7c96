"""Files handed in on a page: looked at without writing, mended cell by cell, landed, stopped, and let go of."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.crypto import unseal
from styr.access.models import Municipality, User
from styr.access.scope import service_scope
from styr.integrations import services, upload_jobs, uploads
from styr.integrations.core.outcome import Found
from styr.integrations.core.status import FileStatus, UploadState
from styr.integrations.models import ImportUpload, UploadedFile
from styr.integrations.sealed_uploads import found_in, upload_place
from styr.integrations.sources import Held
from styr.integrations.watching import StoppedError, UploadProgress

pytestmark = pytest.mark.django_db

Query = Callable[[str], list[tuple[Any, ...]]]
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
TODAY = date(2026, 4, 1)
SHEET = """\
CPR-nr;Borger;Leverandør;CVR-nr;Paragraf;Ydelse;Takst;Enhed;Startdato;Slutdato;Kontraktnr;Underskrevet;Bemærkning
610170-1111;Åse Østergård;Solgården ApS;12345674;SEL § 107;ophold;1.950,00;døgn;01-01-2026;;K-2026-0001;15-12-2025;ro
620280-2222;Bjørn Ærø;Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-12-2026;;;
"""
HEAD = SHEET.splitlines()[0]
WRONG = SHEET.replace("620280-2222", "620280-22").replace("1.950,00", "gratis").replace(";31-12-2026", ";31-02-2026")


@pytest.fixture(autouse=True)
def uncontrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching and controls have tests of their own."""
    monkeypatch.setattr(services, "control_everything", lambda **_: None)


@pytest.fixture
def actor(municipality: Municipality) -> User:
    with service_scope(municipality.id, "test"):
        return persona("oekonom", municipality, Role.ECONOMIST).user


class Desk:
    """One person's upload, and the jobs that work on it."""

    def __init__(self, municipality: Municipality, actor: User) -> None:
        self.municipality, self.actor = municipality, actor
        self.upload_id = UUID(int=0)

    @contextmanager
    def scope(self) -> Iterator[None]:
        with service_scope(self.municipality.id, "test"):
            yield

    def hand_in(self, *files: tuple[str, bytes]) -> Found:
        with self.scope():
            self.upload_id = uploads.hand_in(
                municipality_id=self.municipality.id,
                actor_id=self.actor.id,
                files=[Held(name, data) for name, data in files],
                now=NOW,
            )
        return self.look()

    def look(self) -> Found:
        upload_jobs.look(upload_id=self.upload_id, municipality_id=self.municipality.id, now=NOW, today=TODAY)
        with self.scope():
            found = found_in(self.row())
        assert found is not None, self.state()
        return found

    def land(self) -> Found:
        with self.scope():
            uploads.request_landing(upload_id=self.upload_id, now=NOW)
        upload_jobs.land(upload_id=self.upload_id, municipality_id=self.municipality.id, now=NOW, today=TODAY)
        with self.scope():
            found = found_in(self.row())
        assert found is not None, self.state()
        return found

    def row(self) -> ImportUpload:
        return ImportUpload.objects.get(id=self.upload_id)

    def state(self) -> tuple[str, str]:
        with self.scope():
            return self.row().state, self.row().message


@pytest.fixture
def desk(municipality: Municipality, actor: User) -> Desk:
    return Desk(municipality, actor)


def test_a_sheet_with_three_errors_is_mended_cell_by_cell_and_lands(desk: Desk, seen: Query) -> None:
    found = desk.hand_in(("oversigt.csv", WRONG.encode()))
    [sheet] = found.faulty
    cells = [(row.row, cell.heading, cell.value, cell.message) for row in sheet.rows for cell in row.cells]
    assert [cell[:3] for cell in cells] == [(2, "pris", "gratis"), (3, "cpr", "620280-22"), (3, "slut", "31-02-2026")]
    assert cells[2][3] == "Datoen findes ikke i kalenderen."
    assert seen("SELECT count(*) FROM people_citizen") == [(0,)]
    with desk.scope(), pytest.raises(uploads.UnableToAnswerError, match="intet i filerne"):
        uploads.request_landing(upload_id=desk.upload_id, now=NOW)
    with desk.scope():
        uploads.mend_cells(
            upload_id=desk.upload_id,
            cells={
                ("oversigt.csv", "", 2, 6): "1.950,00",
                ("oversigt.csv", "", 3, 0): "620280-2222",
                ("oversigt.csv", "", 3, 9): "31-12-2026",
            },
            left_out=[],
            now=NOW,
        )
    mended = desk.look()
    assert mended.errors == 0
    assert {name: count.new for name, count in mended.tables.items()} == {"samlet oversigt": 2}
    assert seen("SELECT count(*) FROM people_citizen") == [(0,)], "a look writes nothing"
    landed = desk.land()
    assert landed.file_counts == {FileStatus.LANDED: 1}
    assert seen("SELECT name, first_name, last_name FROM people_citizen c JOIN suppliers_supplier s ON true "
                "WHERE c.last_name = 'Ærø' AND s.cvr = '12345682'") == [("Region Øst", "Bjørn", "Ærø")]  # fmt: skip
    assert seen("SELECT starts, ends FROM grants_grant ORDER BY section") == [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), None),
    ]
    assert seen("SELECT number, status, kind FROM contracts_contract") == [("K-2026-0001", "signed", "individual")]
    assert seen("SELECT amount FROM contracts_contractrate UNION ALL SELECT amount FROM grants_ownrate") == [
        (1950,),
        (612,),
    ]
    assert seen("SELECT message FROM integrations_importproblem WHERE code = 'mended'") == [
        ("3 celler eller rækker er rettet på skærmen, før filen blev læst ind.",)
    ]


def test_the_bytes_are_encrypted_while_they_wait_and_gone_when_they_have_landed(desk: Desk, seen: Query) -> None:
    desk.hand_in(("oversigt.csv", SHEET.encode()))
    for table, column in (("uploadedfile", "content"), ("importupload", "found")):
        clear = f"position('Østergård'::bytea IN {column}) + position('610170'::bytea IN {column})"
        assert seen(f"SELECT {clear} FROM integrations_{table}") == [(0,)]  # noqa: S608 - names above
    desk.land()
    assert seen("SELECT content FROM integrations_uploadedfile") == [(None,)]
    assert seen("SELECT state, answers FROM integrations_importupload") == [(UploadState.DONE.value, None)]


def test_the_same_overview_again_changes_nothing_and_a_new_price_is_told_field_by_field(desk: Desk) -> None:
    desk.hand_in(("oversigt.csv", SHEET.encode()))
    desk.land()
    assert desk.hand_in(("oversigt.csv", SHEET.encode())).file_counts == {FileStatus.KNOWN: 1}
    again = desk.hand_in(("kopi.csv", SHEET.replace("\n62", "\n\n62").encode()))
    assert [(count.new, count.changed, count.unchanged) for count in again.tables.values()] == [(0, 0, 2)]
    changed = desk.hand_in(("ny.csv", SHEET.replace("K-2026-0001;15-12-2025", "K-2026-0001;16-12-2025").encode()))
    told = [
        (one.register, one.record, [(c.heading, c.before, c.after) for c in one.changes]) for one in changed.differences
    ]
    assert told == [("kontrakter", "K-2026-0001", [("underskrevet", "15-12-2025", "16-12-2025")])]


def test_a_row_can_be_left_out(desk: Desk, seen: Query) -> None:
    desk.hand_in(("oversigt.csv", SHEET.replace("620280-2222", "kendes ikke").encode()))
    with desk.scope():
        uploads.mend_cells(upload_id=desk.upload_id, cells={}, left_out=[("oversigt.csv", "", 3)], now=NOW)
    assert desk.look().errors == 0
    desk.land()
    assert seen("SELECT last_name FROM people_citizen") == [("Østergård",)]


def test_what_a_register_refuses_is_told_at_the_cell_it_came_from(desk: Desk, folder: Path) -> None:
    found = desk.hand_in(
        ("enheder.csv", (folder / "enheder.csv").read_bytes()),
        ("borgere.csv", (folder / "borgere.csv").read_text().replace("265;265;11;01-02-2010", "265;265;99;").encode()),
    )
    [sheet] = found.faulty
    [row] = sheet.rows
    assert (row.row, row.name) == (2, "borger_nr 1001, enhed_nr 99")
    assert [(cell.heading, cell.value) for cell in row.cells] == [("enhed_nr", "99")]


def test_only_cells_that_are_wrong_can_be_mended(desk: Desk) -> None:
    desk.hand_in(("oversigt.csv", WRONG.encode()))
    with desk.scope(), pytest.raises(uploads.UnableToAnswerError, match="ikke blandt dem"):
        uploads.mend_cells(
            upload_id=desk.upload_id, cells={("oversigt.csv", "", 2, 1): "En anden"}, left_out=[], now=NOW
        )


def test_the_error_file_holds_the_users_own_rows_with_the_wrong_cells_marked(desk: Desk) -> None:
    desk.hand_in(("oversigt.csv", (WRONG + "=1+1;a;b;c;d;e;f;g;h;i;j;k;=cmd|'/c calc'!A1\n").encode()))
    with desk.scope():
        row = desk.row()
        assert row.error_file is not None
        data = unseal(row.error_file, place=upload_place(row.id, "error_file"))
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == [*HEAD.split(";"), "Fejl"]
    assert rows[1][6].fill.start_color.rgb == "FFFBE3E4"
    assert rows[1][0].fill.start_color.rgb != "FFFBE3E4"
    assert str(rows[2][13].value).startswith("cpr: ")
    assert (rows[3][0].value, rows[3][0].data_type, rows[3][12].data_type) == ("=1+1", "s", "s"), "no formula"


def test_the_municipalitys_own_headings_are_guessed_chosen_and_known_the_next_time(desk: Desk, seen: Query) -> None:
    own = SHEET.replace(HEAD, "Person;Hvem;Hos;Firmanr;Jf.;Hvad;Kr.;Per;Begynder;Ophører;Aftale;Skrevet under;Note")
    found = desk.hand_in(("egen.csv", own.encode()))
    [proposal] = found.proposals
    guessed = {guess.heading: guess.field for guess in proposal.columns}
    assert {
        "Person": "cpr",
        "Firmanr": "cvr",
        "Jf.": "section",
        "Hvad": "service",
        "Per": "unit",
    }.items() <= guessed.items()
    assert all("1111" not in sample for guess in proposal.columns for sample in guess.samples)
    fields = ["cpr", "name", "supplier_name", "cvr", "section", "service", "amount", "unit", "starts", "ends",
              "contract_number", "signed_on"]  # fmt: skip
    with desk.scope():
        uploads.choose_columns(
            upload_id=desk.upload_id,
            file="egen.csv",
            sheet="",
            register="samlet oversigt",
            fields=dict(enumerate(fields)),
            now=NOW,
            keep_as="Vores botilbudsark",
        )
    assert desk.look().errors == 0
    desk.land()
    assert seen("SELECT count(*) FROM grants_grant") == [(2,)]
    assert seen("SELECT name, register FROM integrations_columnmapping") == [("Vores botilbudsark", "samlet oversigt")]
    next_time = desk.hand_in(("marts.csv", own.replace("612,00", "640,00").encode()))
    assert next_time.proposals == []
    assert next_time.tables["samlet oversigt"].changed == 1


def test_an_import_that_is_stopped_keeps_what_had_landed(
    desk: Desk, folder: Path, seen: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hand_in(*((name, (folder / name).read_bytes()) for name in ("enheder.csv", "borgere.csv", "leverandører.csv")))
    went = UploadProgress.went

    def stopping(self: UploadProgress, *, files: int, rows: int, errors: int) -> None:
        if self.done:
            raise StoppedError
        went(self, files=files, rows=rows, errors=errors)

    with desk.scope():
        uploads.request_landing(upload_id=desk.upload_id, now=NOW)
    monkeypatch.setattr(UploadProgress, "went", stopping)
    upload_jobs.land(upload_id=desk.upload_id, municipality_id=desk.municipality.id, now=NOW, today=TODAY)
    assert desk.state() == (UploadState.CANCELLED.value, "Indlæsningen blev standset af en bruger.")
    assert seen("SELECT count(*) FROM people_citizen") == [(3,)]
    assert seen("SELECT count(*) FROM suppliers_supplier") == [(0,)]
    monkeypatch.undo()
    with desk.scope():
        uploads.look_again(upload_id=desk.upload_id, now=NOW)
    assert desk.look().file_counts == {FileStatus.KNOWN: 2, FileStatus.LANDED: 1}


def test_a_job_that_fails_unforeseen_leaves_the_files_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(upload_jobs, "import_and_control", broken)
    with pytest.raises(ZeroDivisionError):
        desk.hand_in(("oversigt.csv", SHEET.encode()))
    state, message = desk.state()
    assert state == UploadState.FAILED.value
    assert message.startswith("Der skete en fejl")
    with desk.scope():
        assert UploadedFile.objects.get().content is not None


def test_another_municipality_sees_no_upload(desk: Desk, other_municipality: Municipality) -> None:
    desk.hand_in(("oversigt.csv", SHEET.encode()))
    with service_scope(other_municipality.id, "test"):
        assert not ImportUpload.objects.exists()
        assert not UploadedFile.objects.exists()


def test_too_much_is_refused_before_it_is_kept(desk: Desk) -> None:
    for files, told in (
        ([], "mindst én"),
        ([Held("a.csv", b"x")] * 2_001, "højst 2000"),
        ([Held("stor.csv", b"x" * (uploads.MOST_FILE_BYTES + 1))], "større end 64 MB"),
    ):
        with desk.scope(), pytest.raises(uploads.UnableToHandInError, match=told):
            uploads.hand_in(municipality_id=desk.municipality.id, actor_id=desk.actor.id, files=files, now=NOW)
