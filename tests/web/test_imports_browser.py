"""A spreadsheet with three errors, mended on screen, from the first click to the findings; nothing is mocked."""

from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect

from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope

from . import mending


def asked(municipality: Municipality, sql: str) -> list[tuple[object, ...]]:
    with service_scope(municipality.id, "test"), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.parametrize("site", ["light-1440"], indirect=True)
@pytest.mark.browser
def test_a_spreadsheet_with_three_errors_is_mended_on_screen_and_its_findings_appear(
    worker: None, site: Site, municipality: Municipality, tmp_path: Path
) -> None:
    page, nobody = site.page, [(0,)]
    site.log_in("oekonom")
    site.open("/kom-i-gang/")
    assert site.accessibility_faults() == []
    mending.hand_in(site, mending.spreadsheet(tmp_path, contract="K-2026-0001"), "#regneark")
    assert asked(municipality, "SELECT count(*) FROM people_citizen") == nobody
    mending.mend(site)
    assert asked(municipality, "SELECT count(*) FROM people_citizen") == nobody
    mending.land(site)
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
    expect(page.locator("main")).to_contain_text("K-2026-0001")
    assert site.complaints == []
