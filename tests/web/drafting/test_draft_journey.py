"""A contract from the scan to the signature in the browser: three people, two rounds, every step on the page."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from db.drafting.journey import Office, changed, office
from db.registers.registers import Registers
from loggedin import logged_in_client
from person import Site
from personas import Persona
from signing import make_signer
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.agreements.models import AgreementDocument, QualityMark
from styr.agreements.scanning import read_scans
from styr.contracts.queries import contract_card
from styr.drafting import queries
from styr.drafting.core.codes import DraftState
from styr.drafting.models import ContractDraft, DraftVersion
from styr.drafting.reference.load import checklist
from styr.drafting.rendering import render
from styr.grants.queries import grant_card
from unit.agreements.test_scans import scan as scan_of
from web.conftest import opened

SCANNED = """KONTRAKT OM BOTILBUD

Aftalen er indgået mellem Bostedet Ærø ApS, CVR-nr. 12345674, og kommunen.
Den gælder ophold på Ærøhus, P-nr. 1012345678.
Aftalen angår borgeren 610180-1321 efter serviceloven § 107.
Aftalen gælder fra 1. marts 2026.

§ 2 Pris
Prisen er 2.300,00 kr. pr. døgn.

§ 3 Fravær
Fuld takst betales uanset fravær.

§ 4 Opsigelse
Begge parter kan opsige aftalen med løbende måned + 30 dage.
"""


class Journey:
    """The people at one browser, by turns, and what lies behind the pages."""

    def __init__(self, site: Site, municipality: Municipality, desk: Office) -> None:
        self.site, self.page, self.municipality, self.desk = site, site.page, municipality, desk
        people = (desk.mads, desk.lone, desk.henrik)
        self.sessions = {one.user.username: session_of(one) for one in people}

    def as_(self, name: str) -> None:
        """Let somebody else sit down."""
        named = settings.SESSION_COOKIE_NAME
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": named, "value": self.sessions[name], "url": self.site.url}])

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name).first.click()

    def draft(self) -> ContractDraft:
        with service_scope(self.municipality.id, "test"):
            return ContractDraft.objects.get()

    def make_files(self, number: int) -> bytes:
        """What the worker does: the version's PDF and redline; return the Word file."""
        draft = self.draft()
        with service_scope(self.municipality.id, "test"):
            version_id = DraftVersion.objects.get(draft=draft, number=number).id
        render(municipality_id=self.municipality.id, version_id=version_id)
        with service_scope(self.municipality.id, "test"):
            return queries.version_file(draft.id, number, "content")[2]

    def pdf(self, number: int) -> bytes:
        with service_scope(self.municipality.id, "test"):
            return queries.version_file(self.draft().id, number, "pdf")[2]


def session_of(who: Persona) -> str:
    return logged_in_client(who).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def desk(transactional_db: None, municipality: Municipality) -> Office:
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        return office(municipality)


@pytest.mark.browser
def test_from_scan_to_signature(
    desk: Office, municipality: Municipality, browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with opened(browser, live_server.url, "light", 1440) as site:
        journey = Journey(site, municipality, desk)
        page = site.page
        journey.as_("mads")
        take_in(journey, tmp_path)
        write(journey)
        theirs = changed(journey.make_files(1), "plus 30 dage", "plus 30 dage. Fuld takst betales uanset fravær")
        (tmp_path / "retur.docx").write_bytes(theirs)
        page.fill("#send-ord", "Karen Prøve, sikker post")
        journey.press("Udgave 1 er sendt")
        page.get_by_role("link", name="Indlæs leverandørens udgave").click()
        page.set_input_files("[name=file]", tmp_path / "retur.docx")
        journey.press("Læs og vurdér")
        page.get_by_role("heading", name="Udgave 2").wait_for()
        expect(page.locator("ins").first).to_contain_text("Fuld takst betales uanset fravær")
        assert not site.accessibility_faults()
        journey.make_files(2)
        page.get_by_role("link", name="Til udkastet").click()
        expect(page.get_by_text("Risiko", exact=True)).to_have_count(1)
        journey.press("Send til godkendelse")
        approve(journey)
        check(journey)
        sign(journey, tmp_path)
        assert site.complaints == []
    with service_scope(municipality.id, "test"):
        contract_id = ContractDraft.objects.get().contract_id
        assert contract_card(contract_id).status == "signed"
        assert QualityMark.objects.get().contract_id == contract_id
        scan, signed = AgreementDocument.objects.order_by("received_at")
        assert (scan.contract_id, signed.contract_id, signed.name) == (contract_id, contract_id, "underskrevet.pdf")
        assert grant_card(desk.grant_id).contract_id == contract_id
        assert prices(desk.grant_id) == [(date(2026, 1, 1), Decimal(2400)), (date(2026, 3, 1), Decimal(2300))]
    assert journey.draft().state == DraftState.SIGNED


def prices(grant_id: UUID) -> list[tuple[date, Decimal]]:
    """From which day the grant's stay costs what a day: the price of the new contract from its first day."""
    asked = (
        "SELECT s.starts, r.amount FROM rel_service s JOIN rel_rate r ON r.service_id = s.service_id "
        "WHERE s.grant_id = %s AND s.service = 'ophold' ORDER BY s.starts"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [grant_id])
        return list(cursor.fetchall())


def take_in(journey: Journey, folder: Path) -> None:
    """Mads hands the scan in, confirms what was read in it beside the page, key by key, and makes a draft contract."""
    page, site = journey.page, journey.site
    (folder / "aftale.pdf").write_bytes(scan_of(SCANNED))
    site.open("/aftaler/ny/")
    page.set_input_files("[name=file]", folder / "aftale.pdf")
    journey.press("Indlæs kontrakten")
    page.wait_for_url(re.compile(r"/aftaler/[0-9a-f-]{36}/"))
    document_id = UUID(page.url.rstrip("/").rsplit("/", 1)[-1])
    read_scans(municipality_id=journey.municipality.id, document_id=document_id)
    # The page that waited opens itself again.
    page.locator("#risici").get_by_text("Fuld takst betales uanset fravær.").first.wait_for()
    while site.ready().locator("[data-key=b]").count():
        with page.expect_navigation():
            site.press("b")
    page.get_by_role("link", name="Opret kontrakt").click()
    page.fill("[name=free_days]", "14")
    page.fill("[name=billable]", "75")
    page.select_option("[name=linje0-service]", "ophold")
    journey.press("Opret kladden")
    page.get_by_role("heading", name=re.compile("^Kontrakt K-")).wait_for()


def write(journey: Journey) -> None:
    """Mads makes the draft of the contract's template."""
    page = journey.page
    journey.site.ready().locator("summary", has_text="Flere").click()
    page.get_by_role("link", name="Skriv udkast").click()
    page.fill("[name=description]", "socialpædagogisk støtte i hverdagen")
    page.fill("[name=hours]", "20")
    page.select_option("[name=night_watch]", "vågen")
    page.check("[name=registers]")
    journey.press("Dan udkastet")
    page.get_by_role("heading", name=re.compile("^Udkast K-")).wait_for()
    assert not journey.site.accessibility_faults()


def approve(journey: Journey) -> None:
    """Henrik approves the amount, Lone the deviation: Mads may do neither."""
    page, address = journey.page, f"/udkast/{journey.draft().id}/"
    journey.as_("henrik")
    journey.site.open(address)
    journey.press("Godkend beløbet")
    page.get_by_text("Beløbet er godkendt.", exact=True).wait_for()
    journey.as_("lone")
    journey.site.open(address)
    page.fill("#afv-ord", "Eneste egnede tilbud")
    journey.press("Godkend afvigelserne")
    page.get_by_text("Næste skridt: kvalitetssikring").wait_for()


def check(journey: Journey) -> None:
    """Mads answers every item, and sends the contract to be signed."""
    page = journey.page
    journey.as_("mads")
    journey.site.open(f"/udkast/{journey.draft().id}/kvalitet/")
    for item in checklist().items:
        page.locator(f"#punkt-{item.code}").get_by_role("button", name="I orden").click()
        page.locator(f"#punkt-{item.code}").get_by_role("button", name="Fortryd").wait_for()
    journey.press("Send til underskrift")
    page.get_by_text("Næste skridt: den underskrevne kontrakt").wait_for()


def sign(journey: Journey, folder: Path) -> None:
    """The file comes back signed: by an issuer that nobody trusts, so Mads says why it can be taken."""
    page = journey.page
    signed = make_signer(folder).sign(journey.pdf(2))
    (folder / "underskrevet.pdf").write_bytes(signed)
    page.get_by_role("link", name="Registrér underskrift").click()
    page.set_input_files("[name=file]", folder / "underskrevet.pdf")
    journey.press("Efterprøv og gem")
    page.get_by_text("Underskriftens udsteder er ikke på kommunens liste").first.wait_for()
    page.set_input_files("[name=file]", folder / "underskrevet.pdf")
    page.fill("[name=note]", "Certifikatet er set hos leverandøren")
    journey.press("Efterprøv og gem")
    page.get_by_text("Teksten er den samme som den, der blev sendt til underskrift.").wait_for()
    assert not journey.site.accessibility_faults()
