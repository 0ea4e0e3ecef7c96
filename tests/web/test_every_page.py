"""Every page of the program in a real Chromium, read from the URLconf: a new page is looked at without being told of.

Each is opened once by somebody who may, wide and light, and then turned dark and narrow: no word on the console,
nothing that breaks the page's policy, nothing that axe finds, nothing wider than the screen, no English, and at most
twelve questions to the database.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from loggedin import send
from matrix.addresses import Address, addresses
from matrix.world import build
from person import AXE, Site
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.contracts.models import OpeningCalendar
from styr.grants.web.acts import PAGES as ACTS
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything
from styr.ledger.dated_rules import kinds
from styr.workspace.core.guides import GUIDES
from web.openers import everybody, who_opens
from web.steps.every import ABOUT as STEPS
from web.steps.every import made
from web.steps.town import BESIDE, founded, let_in

from .asking import asks_too_often, tell_how_often_they_ask
from .conftest import opened
from .invoice_town import NOW
from .job_town import WRONG
from .made_by_steps import ABOUT, made_by_steps
from .page_scripts import BROKEN, LISTEN, TOLD
from .weighing import weight

_WAY_IN = "a step between the password and the session: test_second_factor_browser.py goes through it"
_LEADS_ON = "shows nothing itself and leads on to another page of the table"
_BEFORE_THE_SESSION = """
    mfa_authenticate second_factor_setup second_factor_passkey second_factor_codes mfa_deactivate_totp
    mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_view_recovery_codes
""".split()  # noqa: SIM905 - as above
LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(("account_logout", "mfa_index", "mfa_list_webauthn", "notice_open", "saml_done"), _LEADS_ON),
    **dict.fromkeys(_BEFORE_THE_SESSION, _WAY_IN),
    **dict.fromkeys(("sign_on", "sign_on_back"), "leads on to the municipality's own login, and back"),
    "transport_week_lines": "a part of the week's page: tests/db/fleet/test_fleet.py fetches it",
    "calendar_file": "a file for calendars, by a secret address",
    **dict.fromkeys(("contract_open_data", "import_error_file", "invoice_file", "invoice_file_page"), "a file"),
    **dict.fromkeys(("fleet_paper", "tender_price_sheet", "tender_paper", "bid_attachment", "bid_letter"), "a file"),
    "invoice_original": "a file, after a reason: tests/web/test_invoices.py gives one",
    "saml": "leads on to the municipality's own login, when there is one",
    "saml_metadata": "a file for the municipality's own login",
    "user_key_new": "of a program that never logs in: tests/db/access/test_key_pages.py makes one",
    **dict.fromkeys(("economy_workbook", "month_report"), "a file, once there is a forecast: tests/db/budgets_pages"),
    **dict.fromkeys(
        ("results_report", "results_workbook", "initiative_paper", "initiative_document"),
        "a file: tests/db/reports, db/initiatives",
    ),
    **dict.fromkeys(("scenario_excel", "budget_version_file", "refund_claim_file", "payment_file_fetch"), "a file"),
    **dict.fromkeys(("agreement_page", "collection_letter", "contract_template_file", "draft_file"), "a file"),
    **dict.fromkeys(("draft_signed_file", "negotiation_brief", "negotiation_letter_file", "order_fetch"), "a file"),
    "negotiation_letter": "of a letter that was written in a negotiation: tests/db/negotiations writes one",
    **dict.fromkeys(
        ("citizen_request_state", "draft_being_made", "route_plan_map"), "a piece of a page, asked for by it"
    ),
}
"""Addresses that are no page to be opened by itself, and why."""
WORDS: dict[str, tuple[dict[str, str], ...]] = {
    "grant_act": tuple({"name": name} for name in ACTS),
    "help_guide": ({"slug": GUIDES[0].slug},),  # the others are the same page; test_search_pages.py opens each
    "rule_kind": tuple({"what": kind.what} for kind in kinds() if not kind.address),
}
"""What stands in an address where a word does; the page is opened with each."""
FURTHER: dict[str, tuple[str, ...]] = {
    "invoices": ("?visning=afvigelser", "?visning=alle"),
    "followups": ("?tilstand=alle",),
    "citizen_economy": ("?aar=2026&maaned=2026-03",),
    "findings": ("?status=alle",),
    "grant_new": ("?borger={citizen}",),
    "tender": ("?fane=materiale", "?fane=spoergsmaal", "?fane=tilbud"),
    "scenario_change_new": ("?type=rate", "?type=arrivals", "?type=end", "?type=move"),
    "negotiation_new": ("?bevilling={grant}",),
    "saving_new": ("?bevilling={grant}",),
    "draft_new": ("?kontrakt={contract}", "?bevilling={grant}"),
}
"""Further looks of a page."""
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 720}
ASKED_WITH = {"negotiation_new", "saving_new", "scenario_change_new"}
"""What is a page only with the words of `FURTHER`."""
ENGLISH = re.compile(
    r"\b(?:[Tt]his|fields?|required|[Ee]nter a|valid|Select|Ensure|[Pp]lease|Sign|Password|Submit|Search|Save|Delete|"
    r"Cancel|Yes|None|True|False|Unknown|Loading|Next|Previous|the|with|your|you|are|was|page|user|date)\b"
)
CODE = re.compile(r"(?<![\w@./-])[a-z]+(?:_[a-z]+)+(?![\w@./-])")
HEAVIEST = 120 * 1024


@dataclass
class Town:
    """A served municipality: who can open its pages, and the ids of what stands in them."""

    clients: Mapping[Role, Client]
    ids: Mapping[str, Any] = field(default_factory=dict)
    beside: "Town | None" = None

    def visits(self, *, things: bool) -> Iterator[tuple[str, Role | None, Client]]:
        """(address, who, with which session) of every page; without `things` only of those that are of no thing."""
        for address in addresses():
            if address.name in LEFT_OUT or address.name.startswith("api-") or (address.parameters and not things):
                continue
            town = self.beside if self.beside and address.name in STEPS else self
            role = who_opens(address)
            client = town.clients[role] if role else Client()
            yield from ((path, role, client) for path in town.paths(address) if may_be_read(path, client))

    def paths(self, address: Address) -> Iterator[str]:
        """The addresses of a page, with what stands in them."""
        given = address.stand_ins.items()
        known = {name: self.ids[thing] if isinstance(thing, str) else thing.text for name, thing in given}
        known |= {"calendar_id": self.ids.get("calendar", known["calendar_id"])} if "calendar_id" in known else {}
        known |= {
            name: self.ids[made] for name, made in (ABOUT | STEPS).get(address.name, {}).items() if made in self.ids
        }
        for words in WORDS.get(address.name, ({},)):
            path = reverse(address.name, kwargs=known | words)
            if address.name not in ASKED_WITH:
                yield path
            for query in FURTHER.get(address.name, ()) if self.ids else ():
                yield path + query.format(**self.ids)


def may_be_read(path: str, client: Client) -> bool:
    """Whether it is more than an act; asked without a browser, and without doing the page's work."""
    return "GET" in client.options(path).get("Allow", "GET")


@pytest.fixture
def empty(transactional_db: None, municipality: Municipality) -> Town:
    return Town({role: client for role, (_, client) in everybody(municipality).items()})


@pytest.fixture
def town(
    empty: Town,
    municipality: Municipality,
    administrator: psycopg.Connection,
    *,
    other_municipality: Municipality,
    unit: Unit,
    other_unit: Unit,
    tmp_path: Path,
) -> Town:
    """The small municipality with a dozen invoices, most of them wrong."""
    for wrong in WRONG:
        (files := tmp_path / "files").mkdir(exist_ok=True)
        (files / f"{wrong.number}.xml").write_bytes(wrong.xml())
    ids = build(municipality, other_municipality, unit, other_unit)
    import_paths(paths=[files], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "test"):
        control_everything(municipality_id=municipality.id, today=NOW.date(), now=NOW)
        ids |= {"calendar": OpeningCalendar.objects.values_list("pk", flat=True).first()}
        ids |= made_by_steps(municipality, unit.id, ids["supplier"], now=NOW)
    let_in(administrator)
    beside = founded(everybody(BESIDE), folder=tmp_path)
    return Town(empty.clients, ids, Town(beside.clients, ids | made(beside)))


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tell_how_often_they_ask(monkeypatch)


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Site]:
    with opened(browser, live_server.url, "light", WIDE["width"]) as site:
        site.page.add_init_script(LISTEN)
        site.page.add_init_script(path=AXE)  # once for all pages, rather than handed to each
        site.page.emulate_media(reduced_motion="reduce")
        yield site


@pytest.mark.browser
def test_every_page_of_a_municipality_in_work(town: Town, window: Site) -> None:
    looked_at(town, window, things=True)


@pytest.mark.browser
def test_every_page_of_an_empty_municipality_and_how_heavy_the_first_is(empty: Town, window: Site) -> None:
    log_in(window.page, window.url, empty.clients[Role.ECONOMIST])
    assert weight(window, "/") < HEAVIEST
    looked_at(empty, window, things=False)


@pytest.mark.django_db
def test_what_a_form_says_when_it_is_sent_empty_is_danish(
    municipality: Municipality, other_municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    ids = build(municipality, other_municipality, unit, other_unit)
    town = Town({role: client for role, (_, client) in everybody(municipality).items()}, ids)
    faults = []
    for address in addresses():
        if address.name in LEFT_OUT or address.name.startswith("api-"):
            continue
        role = who_opens(address)
        for path in town.paths(address):
            with transaction.atomic():
                answer = send(town.clients[role] if role else Client(), path)
                transaction.set_rollback(True)
            if answer["Content-Type"].startswith("text/html") and not answer.streaming:
                shown = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
                faults += [f"POST {path}: {word}" for word in ENGLISH.findall(shown)]
    assert not faults, "\n".join(["", *faults])


def looked_at(town: Town, window: Site, *, things: bool) -> None:
    """Open every page and gather what is wrong, so that one run tells all of it."""
    faults: list[str] = []
    before, pages = None, 0
    for path, role, client in town.visits(things=things):
        if client is not before:
            log_in(window.page, window.url, client)
            before = client
        if fault := opens(window, path):
            faults.append(f"{path} ({role}): {fault}")
        elif fault is None:
            pages += 1
            faults += [f"{path} ({role}): {fault}" for fault in faults_of(window, all_looks=things)]
    assert pages > (60 if things else 20)
    assert not faults, "\n".join(["", *faults])


def opens(window: Site, path: str) -> str | None:
    """Open it, wide and light: what is wrong, "" when it is a file or a piece of a page, None when it is a page."""
    window.page.emulate_media(color_scheme="light")
    window.page.set_viewport_size(WIDE)
    window.complaints.clear()
    try:
        answer = window.page.goto(window.url + path)
    except Error as error:
        return "" if "Download is starting" in error.message else error.message
    if not answer or answer.status != HTTPStatus.OK or answer.request.redirected_from:
        return f"gives {answer and answer.status}: put its name in LEFT_OUT with the reason, or in WORDS"
    if fault := asks_too_often(answer.headers):
        return fault
    return None if "text/html" in answer.headers["content-type"] and "<html" in answer.text()[:400] else ""


def faults_of(window: Site, *, all_looks: bool) -> Iterator[str]:
    """All that is wrong with the page: wide and light, narrow and dark, and the colours of the other two looks."""
    page = window.page
    said = page.evaluate(TOLD)
    assert "Styr" in said, page.url
    yield from (f"English: {word}" for word in sorted(set(ENGLISH.findall(said))))
    yield from (f"a code: {word}" for word in sorted(set(CODE.findall(said))))
    yield from (f"light, wide: {fault}" for fault in window.accessibility_faults())
    # What is hidden and how things lie depends on the width, and colours on both: the rest was seen above.
    page.emulate_media(color_scheme="dark")
    if all_looks:
        yield from (f"dark, wide: {fault}" for fault in window.accessibility_faults("color-contrast"))
    page.set_viewport_size(NARROW)
    if (over := page.evaluate(BROKEN)) > 0:
        yield f"{over} px wider than a screen of 320"
    yield from (f"dark, narrow: {fault}" for fault in window.accessibility_faults())
    page.emulate_media(color_scheme="light")
    if all_looks:
        yield from (f"light, narrow: {fault}" for fault in window.accessibility_faults("color-contrast"))
    yield from (f"against the policy: {told}" for told in page.evaluate("window.broken"))
    yield from window.complaints


def log_in(page: Page, url: str, client: Client) -> None:
    """Let the browser be whoever that client is, who is not told of what the page before still asked for."""
    page.goto("about:blank")
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    if name in client.cookies:
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
