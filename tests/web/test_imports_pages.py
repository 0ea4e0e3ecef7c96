"""The pages of imports as a client meets them: who may, what they hold, and how many queries each takes."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations import services, undo_requests, undoing, upload_jobs, uploads
from styr.integrations.models import ImportRun, ImportUpload
from styr.integrations.sources import Held
from styr.integrations.spreadsheets.core.reading import read_tables, registers_of
from styr.integrations.template_file import template_file
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db

NOW, TODAY = datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 1)
SHEET = """\
cpr;navn;leverandør;cvr;paragraf;ydelse;pris;enhed;start;slut;kontrakt_nr;underskrevet
610170-1111;Åse Østergård;Solgården ApS;12345674;SEL § 107;ophold;1.950,00;døgn;01-01-2026;;K-2026-0001;15-12-2025
620280-2222;Bjørn Ærø;Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-12-2026;;
"""
BUDGET = 12 + 2  # and the request's transaction, which inside a test's own is a savepoint and its release


@pytest.fixture(autouse=True)
def uncontrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching and controls have tests of their own."""
    monkeypatch.setattr(services, "control_everything", lambda **_: None)
    monkeypatch.setattr(undoing, "control_everything", lambda **_: None)


@pytest.fixture
def client(municipality: Municipality) -> Client:
    with service_scope(municipality.id, "test"):
        who = persona("oekonom", municipality, Role.ECONOMIST)
    return logged_in_client(who)


@pytest.fixture
def inside(municipality: Municipality) -> Callable[[], Any]:
    @contextmanager
    def scope() -> Iterator[None]:
        with service_scope(municipality.id, "test"):
            yield

    return scope


def worked(municipality: Municipality, address: str) -> None:
    """What the worker does for the files of that page."""
    upload_id = address.rstrip("/").rpartition("/")[2]
    for job in (upload_jobs.look, upload_jobs.land):
        job(upload_id=upload_id, municipality_id=municipality.id, now=NOW, today=TODAY)  # type: ignore[arg-type]  # text does as well


def handed_in(client: Client, municipality: Municipality, *files: tuple[str, str]) -> str:
    """The address of files that were handed in and looked at."""
    sent = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    answer = send(client, reverse("import_hand_in"), {"filer": sent})
    assert answer.status_code == 302
    worked(municipality, answer["Location"])
    return answer["Location"]


def undone(municipality: Municipality, run: ImportRun) -> None:
    """What the worker does when somebody has asked for the import to be taken back."""
    undo_requests.carry_out_undo(run_id=run.id, municipality_id=municipality.id, actor="Vera", now=NOW, today=TODAY)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_files_are_handed_in_looked_at_landed_listed_and_taken_back(
    client: Client, municipality: Municipality, inside: Callable[[], Any]
) -> None:
    page = handed_in(client, municipality, ("oversigt.csv", SHEET))
    shown = text_of(client, page)
    assert "Det vil ske" in shown
    assert "Østergård" not in shown
    assert "610170" not in shown
    send(client, page + "indlaes/")
    send(client, page + "stands/")
    assert "Klar til at blive indlæst" in text_of(client, page), "a job that has not begun is stopped at once"
    landing = send(client, page + "indlaes/")
    assert landing["Location"] == page
    assert "venter på indlæsning" in text_of(client, page).lower()
    worked(municipality, page)
    assert "Det er på plads" in text_of(client, page)
    with inside():
        run = ImportRun.objects.get()
    address = reverse("import_run", args=[run.id])
    assert "oversigt.csv" in text_of(client, reverse("imports"))
    assert "Fortryd indlæsningen" in text_of(client, address)
    assert "Det tages tilbage" in text_of(client, reverse("import_undo", args=[run.id]))
    undo = reverse("import_undo", args=[run.id])
    assert send(client, undo)["Location"] == undo
    assert "Venter på at blive fortrudt" in text_of(client, undo)
    assert "Indlæsningen fortrydes nu" in text_of(client, address)
    part = client.get(undo, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="fremdrift"')
    undone(municipality, run)
    answer = client.get(undo, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (286, address)
    assert "Indlæsningen er fortrudt" in text_of(client, address)


def test_what_comes_in_the_way_after_the_request_is_told_on_the_page(
    client: Client, municipality: Municipality, inside: Callable[[], Any]
) -> None:
    page = handed_in(client, municipality, ("oversigt.csv", SHEET))
    send(client, page + "indlaes/")
    worked(municipality, page)
    with inside():
        run = ImportRun.objects.get()
    undo = reverse("import_undo", args=[run.id])
    send(client, undo)
    with inside(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET city = 'Ribe'")
    undone(municipality, run)
    for address in (undo, reverse("import_run", args=[run.id])):
        shown = text_of(client, address)
        assert "Indlæsningen blev ikke fortrudt" in shown
        assert "Disse borgere er ændret siden" in shown


def test_every_page_keeps_its_budget_of_queries(
    client: Client, municipality: Municipality, inside: Callable[[], Any], django_assert_max_num_queries: Any
) -> None:
    wrong = handed_in(client, municipality, ("fejl.csv", SHEET.replace("1.950,00", "gratis")), ("x.csv", "a;b\n1;2\n"))
    right = handed_in(client, municipality, ("oversigt.csv", SHEET))
    send(client, right + "indlaes/")
    waiting = text_of(client, right)
    assert "Ingen baggrundsjob kører" in waiting
    addresses = [wrong, right, right + "fremdrift/", reverse("imports"), reverse("first_day")]
    worked(municipality, right)
    with inside():
        run = ImportRun.objects.get()
    addresses += [
        reverse("import_run", args=[run.id]),
        reverse("import_undo", args=[run.id]),
        reverse("imports_kept_out"),
        right,
    ]
    for address in addresses:
        with django_assert_max_num_queries(BUDGET):
            client.get(address)


def test_the_progress_page_sends_the_browser_on_when_the_job_is_done(
    client: Client, municipality: Municipality
) -> None:
    page = handed_in(client, municipality, ("oversigt.csv", SHEET))
    answer = client.get(page + "fremdrift/")
    assert (answer.status_code, answer["HX-Redirect"]) == (286, page)


def test_a_double_click_hands_in_once(client: Client, inside: Callable[[], Any]) -> None:
    mark = {"_once": "samme"}
    for _ in range(2):
        file = SimpleUploadedFile("oversigt.csv", SHEET.encode())
        client.post(reverse("import_hand_in"), {**mark, "filer": [file]})
    with inside():
        assert ImportUpload.objects.count() == 1


def test_without_the_permission_nothing_is_shown_or_taken(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        other = logged_in_client(persona("revisor", municipality, Role.AUDITOR))
    for name in ("imports", "first_day", "import_template", "imports_kept_out"):
        assert other.get(reverse(name)).status_code == 403
    file = SimpleUploadedFile("oversigt.csv", SHEET.encode())
    assert send(other, reverse("import_hand_in"), {"filer": [file]}).status_code == 403


def test_files_of_another_municipality_are_not_found(
    client: Client, municipality: Municipality, other_municipality: Municipality
) -> None:
    page = handed_in(client, municipality, ("oversigt.csv", SHEET))
    with service_scope(other_municipality.id, "test"):
        neighbour = logged_in_client(persona("nabo", other_municipality, Role.ECONOMIST))
    assert neighbour.get(page).status_code == 404
    assert neighbour.get(page + "fejl.xlsx").status_code == 404
    for act in ("indlaes/", "stands/", "igen/", "ret/", "laeg-vaek/"):
        assert send(neighbour, page + act).status_code == 404


def test_files_that_are_not_there_are_told_so_by_every_use_case(inside: Callable[[], Any]) -> None:
    for act in (uploads.request_landing, uploads.request_stop, uploads.look_again, uploads.put_away):
        with inside(), pytest.raises(uploads.UploadNotVisibleError, match="Filerne findes ikke"):
            act(upload_id=uuid7(), now=NOW)


def test_files_can_be_put_away_and_are_then_gone(
    client: Client, municipality: Municipality, inside: Callable[[], Any]
) -> None:
    page = handed_in(client, municipality, ("oversigt.csv", SHEET))
    assert send(client, page + "laeg-vaek/")["Location"] == reverse("imports")
    with inside():
        upload = ImportUpload.objects.prefetch_related("files").get()
        assert (upload.state, [file.content for file in upload.files.all()]) == ("cancelled", [None])


def test_the_template_filled_in_with_its_own_examples_is_read_as_an_overview(client: Client) -> None:
    answer = client.get(reverse("import_template"))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    sheet, example = book["Oversigt"], book["Eksempel"]
    for row in example.iter_rows(min_row=4):
        for cell in row:
            sheet.cell(row=cell.row, column=cell.column, value=cell.value)
    held = io.BytesIO()
    book.save(held)
    [table] = registers_of(read_tables(held.getvalue(), file="skabelon.xlsx", workbook=True), file="skabelon.xlsx")
    assert table.spec.name == "samlet oversigt"
    assert [problem.sentence() for problem in table.problems] == []
    assert [(row.name, row.service, row.per) for _, row in table.rows] == [
        ("Anna Eksempel", "ophold", None),
        ("Bo Eksempel", "stoette", "week"),
    ]
    assert {rule.type for rule in sheet.data_validations.dataValidation} >= {"list"}
    assert Held("x", b"").open("rb").read() == b""
