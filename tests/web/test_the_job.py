"""The whole job in one sitting, from the login page: what somebody who knows the job, but not the program, must manage.

Ten invoices by keyboard, why each deviates, a query sent, the citizen, what the year will cost, a new grant that moves
the forecast, and a spreadsheet with three errors that are mended. After each part the rows and the read log are asked,
not the page.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.core import mail
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from person import PASSWORD, Site
from styr.access.models import Municipality, User
from styr.access.scope import service_scope
from styr.audit.models import ReadLog
from styr.controls.models import Finding
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import cost_of, expected_by_month
from styr.grants.models import Grant, GrantStep
from styr.integrations.models import ImportFile, ImportProblem, ImportRun
from styr.invoices.models import Decision, FollowUp, Invoice, InvoiceLook, Question, SupplierQuery
from styr.kernel import clock
from styr.kernel.danish import kroner
from styr.people.models import Citizen

from . import mending
from .conftest import PATIENCE_MS, opened
from .job_town import WRONG, build

TODAY = date(2026, 11, 21)
REASON = "Prisen er aftalt pr. telefon."
MAILBOX = "bogholderi@solgaarden.example"


@dataclass
class Job:
    """Karen at her screen, the municipality behind it, and how far the read log had come."""

    site: Site
    town: Municipality
    aase: Citizen
    logged: int = 0

    def expected_ore(self, year: int) -> int:
        """What the citizen's grants cost in a year: the one relation, asked directly."""
        with service_scope(self.town.id, "test"):
            months = expected_by_month(citizen_id=self.aase.id, from_month=date(year, 1, 1), to_month=date(year, 12, 1))
        return sum(month.amount_ore for month in months)

    def newly_read(self) -> list[ReadLog]:
        """What the read log got since it was asked last: each time Karen, and never a CPR number."""
        with service_scope(self.town.id, "test"):
            rows = list(
                ReadLog.objects.filter(id__gt=self.logged, actor__isnull=False).select_related("actor").order_by("id")
            )
        assert {str(row.actor) for row in rows} <= {"Karen Vig"}
        assert not [row for row in rows if "1111" in row.page + row.purpose]
        self.logged = max([self.logged, *(row.id for row in rows)])
        return rows

    def soon(self, there: Callable[[], bool]) -> None:
        """Wait until the worker has brought it about."""
        ends = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < ends:
            with service_scope(self.town.id, "test"):
                if there():
                    return
            time.sleep(0.1)
        raise AssertionError("the worker did not bring it about")


@pytest.fixture
def job(
    browser: Browser,
    live_server: LiveServer,
    *,
    administrator: psycopg.Connection,
    worker: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Job]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    town = build(tmp_path / "files", administrator, PASSWORD)
    with service_scope(town.id, "test"):
        aase = Citizen.objects.get(source_id="1001")
    with opened(browser, live_server.url, "light", 1440) as site:
        yield Job(site, town, aase)


@pytest.mark.browser
def test_the_job(job: Job, tmp_path: Path) -> None:
    log_in(job)
    decide_ten_invoices(job)
    send_a_query(job)
    see_what_the_year_costs(job)
    grant_something_new(job)
    import_a_faulty_spreadsheet(job, tmp_path)
    assert job.site.complaints == []


def log_in(job: Job) -> None:
    job.site.open("/")
    keyboard = job.site.page.keyboard
    keyboard.type("karen")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    job.site.page.wait_for_url(lambda url: "/konto/" not in url)
    with service_scope(job.town.id, "test"):
        assert User.objects.get(username="karen").last_login is not None
    job.newly_read()


def decide_ten_invoices(job: Job) -> None:
    """By the keyboard alone, from the start page to the tenth and back once."""
    site, page, keyboard = job.site, job.site.page, job.site.page.keyboard
    site.go_to("fakturakontrol", "Fakturakontrol")
    site.tab_to("Afvigelser")
    keyboard.press("Enter")
    page.wait_for_url("**visning=afvigelser**")
    for wrong in WRONG:
        see_why(site, wrong.number, wrong.told)
        decide(site, wrong.number, wrong.act)
    site.press("z")
    page.get_by_text("Afgørelsen er fortrudt").wait_for()
    assert "visning=afvigelser" in page.url, "what is taken back is shown in the list that it was decided from"
    see_why(site, WRONG[-1].number, WRONG[-1].told)
    decide(site, WRONG[-1].number, WRONG[-1].act)
    with service_scope(job.town.id, "test"):
        made = Decision.objects.filter(decided_by__username="karen").select_related("invoice")
        outcomes = Counter(one.outcome for one in made)
        assert outcomes == {"rejected": 6, "approved": 2, "asked": 2, "waiting": 1, "undone": 1}
        standing = {one.invoice.number: one for one in made if one.outcome != "undone"}
        assert {number: one.outcome for number, one in standing.items()} == {
            wrong.number: wrong.outcome for wrong in WRONG
        }
        assert all(one.grounds for one in standing.values()), "what was wrong is kept with the decision"
        assert {standing[wrong.number].reason for wrong in WRONG if wrong.act == "g"} == {REASON}
        stands = dict(Invoice.objects.values_list("number", "status"))
        assert Counter(stands[wrong.number] for wrong in WRONG) == {"rejected": 5, "approved": 2, "deviating": 3}
        assert Counter(FollowUp.objects.values_list("state", flat=True)) == {"open": 6, "dropped": 1}
        assert Question.objects.count() == 2
        looked = InvoiceLook.objects.filter(looked_by__username="karen", what="page")
        assert {wrong.number for wrong in WRONG} <= set(looked.values_list("invoice__number", flat=True))
    read = job.newly_read()
    seen = [row for row in read if row.purpose == "Fakturakontrol" and job.aase.id in row.citizens]
    assert len(seen) >= len(WRONG) - 1, "one invoice names no citizen"


def see_why(site: Site, number: str, told: str) -> None:
    """The invoice is shown with the sentence that says why it deviates, and the place in the document is marked."""
    site.page.locator("#sag h1", has_text=number).wait_for()
    expect(site.page.locator("#sag .findings")).to_contain_text(told)
    if number == WRONG[0].number:
        site.page.locator("#dokumentet mark.off").first.wait_for()
        assert site.accessibility_faults() == []


def decide(site: Site, number: str, act: str) -> None:
    site.press(act)
    site.page.locator(".act[open] [data-first]:focus").wait_for()
    if act == "g":
        site.page.keyboard.type(REASON)
    site.page.keyboard.press("Control+Enter")
    site.page.get_by_text(f"Faktura {number} er").wait_for()


def send_a_query(job: Job) -> None:
    """The letter that was drafted with the first rejection: found again, addressed, sent, and delivered."""
    site, page = job.site, job.site.page
    site.go_to("2026-101", "2026-101")
    page.get_by_role("heading", name="Opfølgning og breve").wait_for()
    page.locator(".link-list li", has_text="Ikke sendt").get_by_role("link").click()
    body = page.get_by_label("Tekst").input_value()
    assert "2026-101" in body
    assert "Åse" not in body
    page.get_by_label("Mailadresse").fill(MAILBOX)
    page.get_by_role("button", name="Send som mail").click()
    page.get_by_text("Brevet sendes nu").wait_for()
    job.soon(lambda: SupplierQuery.objects.filter(state="sent").exists())
    with service_scope(job.town.id, "test"):
        letter = SupplierQuery.objects.get(state="sent")
        assert (letter.invoice.number, letter.recipient, letter.sent_by.username) == ("2026-101", MAILBOX, "karen")
    assert [(sent.to, sent.body.strip()) for sent in mail.outbox] == [([MAILBOX], letter.body)]
    assert f"/fakturaer/{letter.invoice_id}/" in {row.page for row in job.newly_read()}


def see_what_the_year_costs(job: Job) -> None:
    page, total = job.site.page, job.expected_ore(TODAY.year)
    job.site.go_to("åse", "Åse Østergård")
    page.get_by_role("navigation", name="Borgerens faner").get_by_role("link", name="Økonomi").click()
    assert year_shown(job) == total > 0
    expect(page.locator(".figures")).to_contain_text(kroner(total, whole=True))
    assert job.site.accessibility_faults() == []
    read = {row.page: row.purpose for row in job.newly_read() if row.citizens == [job.aase.id]}
    assert read[f"/borgere/{job.aase.id}/"] == "overblik"
    assert read[f"/borgere/{job.aase.id}/oekonomi/"] == "økonomi"


def year_shown(job: Job) -> int:
    job.site.page.get_by_role("heading", name="Budget, forbrug og prognose pr. måned").wait_for()
    return int(job.site.page.locator("[data-expected]").get_attribute("data-expected") or 0)


def grant_something_new(job: Job) -> None:
    """Written from the citizen's page, priced and warned of before it is kept, approved; the forecast moves by it."""
    site, page = job.site, job.site.page
    before, this_year = (job.expected_ore(2026), job.expected_ore(2027)), 41 * 198_050  # 21 November to 31 December
    page.get_by_role("link", name="Opret bevilling").click()
    page.get_by_label("Paragraf").select_option("SEL-107")
    bought = page.locator("[name=linjer-0-contract_line]")
    bought.select_option(bought.locator("option", has_text="Ophold: 1.980,5").get_attribute("value"))
    expect(page.locator("[name=linjer-0-price]")).to_be_hidden()
    panel = page.locator("#pris")
    panel.get_by_text("Dobbeltbevilling").wait_for()
    expect(panel).to_contain_text(kroner(this_year, whole=True))  # it is worked out anew for each thing written
    shown = panel.inner_text()
    assert "dækker det samme som bevilling B1000001-2" in shown
    assert site.accessibility_faults() == []
    page.get_by_label("Faglig begrundelse").fill("Åse kan ikke bo alene.")
    page.get_by_label("Økonomisk begrundelse").fill("Billigste egnede tilbud.")
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_text("Ikke med i prognosen endnu").wait_for()
    with service_scope(job.town.id, "test"):
        draft = Grant.objects.get(status=GrantStatus.DRAFT)
        cost = cost_of(grant_id=draft.id, today=TODAY)
    assert draft.citizen_id == job.aase.id
    assert cost.this_year_ore == this_year
    assert kroner(cost.next_year_ore, whole=True) in shown
    assert (job.expected_ore(2026), job.expected_ore(2027)) == before, "a draft is in no forecast"
    page.get_by_role("link", name="Godkend").click()
    page.get_by_text(f"+{kroner(cost.this_year_ore, whole=True)}").first.wait_for()
    assert site.accessibility_faults() == []
    page.get_by_role("button", name="Godkend").click()
    page.get_by_text("prognosen er flyttet").wait_for()
    after = before[0] + cost.this_year_ore, before[1] + cost.next_year_ore
    assert (job.expected_ore(2026), job.expected_ore(2027)) == after
    with service_scope(job.town.id, "test"):
        assert Grant.objects.get(id=draft.id).status == GrantStatus.GRANTED
        step = GrantStep.objects.get(grant=draft)
        assert (step.kind, step.taken_by.username) == ("approved", "karen")
    read = [row for row in job.newly_read() if job.aase.id in row.citizens]
    assert f"/bevillinger/{draft.id}/" in {row.page for row in read}
    site.open(f"/borgere/{job.aase.id}/oekonomi/")
    assert year_shown(job) == after[0]
    job.soon(lambda: Finding.objects.filter(control_code="duplicate_grant", grant_id=draft.id, status="open").exists())
    site.open(f"/bevillinger/{draft.id}/")
    page.get_by_role("link", name="Dobbeltbevilling").wait_for()
    job.newly_read()


def import_a_faulty_spreadsheet(job: Job, folder: Path) -> None:
    """Of its three people two are known; nothing is written before the errors are mended, and then everything."""
    site, page = job.site, job.site.page
    with service_scope(job.town.id, "test"):
        citizens, grants, runs = (model.objects.count() for model in (Citizen, Grant, ImportRun))
    page.get_by_role("link", name="Indlæsninger").first.click()
    mending.hand_in(site, mending.spreadsheet(folder, contract="K-2026-0077"), "#filer")
    mending.mend(site)
    with service_scope(job.town.id, "test"):
        assert (Citizen.objects.count(), Grant.objects.count()) == (citizens, grants)
    mending.land(site)
    with service_scope(job.town.id, "test"):
        run = ImportRun.objects.order_by("started_at").last()
        assert (ImportRun.objects.count(), run.status, run.actor) == (runs + 1, "finished", "Karen Vig")
        assert list(ImportFile.objects.filter(run=run).values_list("name", "status")) == [("botilbud.csv", "landed")]
        assert "3 celler eller rækker er rettet på skærmen" in ImportProblem.objects.get(file__run=run).message
        assert (Citizen.objects.count(), Grant.objects.count()) == (citizens + 1, grants + 3)
        new = Finding.objects.filter(status="open", contract_id__isnull=False, first_seen__gte=run.started_at)
        assert new.exists()
    page.get_by_role("link", name="Se afvigelserne").click()
    page.wait_for_url("**/afvigelser/**")
    page.locator("main").get_by_text("K-2026-0077").first.wait_for()
    assert "/indlaesninger/" not in {row.page for row in job.newly_read()}, "names are shown on no page of imports"
