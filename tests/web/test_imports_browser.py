"""A spreadsheet with three errors, mended on screen, from the first click to the findings; nothing is mocked."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app

from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope

HEAD = "CPR;Borgerens navn;Leverandør;CVR;Paragraf;Ydelse;Pris;Enhed;Start;Slut;Kontraktnr;Underskrevet\n"
WRONG = (
    "610170-1111;Åse Østergård;Solgården ApS;12345674;SEL § 107;ophold;gratis;døgn;01-01-2026;;K-2026-0001;\n"
    "620280-22;Bjørn Ærø;Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-12-2026;;\n"
    "010190-1115;Carl Madsen;Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-02-2026;;\n"
)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A real worker beside the pages, in a thread of its own."""
    over = threading.Event()

    async def work() -> None:
        own = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's connector has it
        async with own.open_async():
            while not over.is_set():
                await own.run_worker_async(
                    queues=["imports"], wait=False, listen_notify=False, install_signal_handlers=False
                )
                await asyncio.sleep(0.1)

    def run() -> None:
        asyncio.run(work())
        connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join(timeout=30)


def asked(municipality: Municipality, sql: str) -> list[tuple[object, ...]]:
    with service_scope(municipality.id, "test"), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.parametrize("site", ["light-1440"], indirect=True)
@pytest.mark.xdist_group("browser")
def test_a_spreadsheet_with_three_errors_is_mended_on_screen_and_its_findings_appear(
    worker: None, site: Site, municipality: Municipality, tmp_path: Path
) -> None:
    sheet = tmp_path / "botilbud.csv"
    sheet.write_text(HEAD + WRONG, encoding="utf-8")
    page = site.page
    site.log_in("oekonom")
    site.open("/kom-i-gang/")
    assert site.accessibility_faults() == []
    page.set_input_files("#regneark", sheet)
    page.get_by_role("button", name="Se, hvad der vil ske").first.click()
    page.get_by_text("3 fejl skal rettes").wait_for(timeout=30_000)
    assert site.accessibility_faults() == []
    shown = page.locator("table.mend").inner_text()
    for told in ("pris", "cpr", "slut", "Datoen findes ikke i kalenderen."):
        assert told in shown
    assert "1111" not in page.locator("main").inner_text(), "CPR numbers that are not to be mended are not shown"
    assert asked(municipality, "SELECT count(*) FROM people_citizen") == [(0,)]
    page.get_by_label("Række 2, pris").fill("1.950,00")
    page.get_by_label("Række 3, cpr").fill("620280-2222")
    page.get_by_label("Række 4, slut").fill("28-02-2026")
    page.get_by_role("button", name="Gem rettelserne, og se igen").click()
    page.get_by_text("Ingen fejl", exact=True).wait_for(timeout=30_000)
    assert site.accessibility_faults() == []
    assert asked(municipality, "SELECT count(*) FROM people_citizen") == [(0,)]
    page.get_by_role("button", name="Indlæs", exact=True).click()
    page.get_by_text("Det er på plads").wait_for(timeout=120_000)
    assert site.accessibility_faults() == []
    assert asked(municipality, "SELECT last_name FROM people_citizen ORDER BY 1") == [
        ("Madsen",),
        ("Ærø",),
        ("Østergård",),
    ]
    assert asked(municipality, "SELECT status, actor FROM integrations_importrun") == [("finished", "Oekonom")]
    assert asked(municipality, "SELECT name, status FROM integrations_importfile") == [("botilbud.csv", "landed")]
    assert asked(municipality, "SELECT message FROM integrations_importproblem") == [
        ("3 celler eller rækker er rettet på skærmen, før filen blev læst ind.",)
    ]
    assert asked(municipality, "SELECT count(*) FROM integrations_uploadedfile WHERE content IS NOT NULL") == [(0,)]
    [(findings,)] = asked(municipality, "SELECT count(*) FROM controls_finding WHERE status = 'open'")
    assert isinstance(findings, int)
    assert findings > 0
    page.get_by_role("link", name="Se afvigelserne").click()
    page.wait_for_url("**/afvigelser/**")
    assert "K-2026-0001" in page.locator("main").inner_text()
    assert site.complaints == []
