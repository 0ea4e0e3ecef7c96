"""Every page of the program in a real Chromium, read from the URLconf: a new page is looked at without being told of.

Each is opened once by somebody who may, wide and light, and then turned dark and narrow: no word on the console,
nothing that breaks the page's policy, nothing that axe finds, nothing wider than the screen, no English.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from loggedin import logged_in_client, send
from matrix.addresses import Address, addresses
from matrix.world import build
from person import Site
from personas import PASSWORD, persona
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.web.rules import Who
from styr.contracts.models import OpeningCalendar
from styr.grants.web.acts import PAGES as ACTS
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything
from styr.ledger.dated_rules import kinds
from styr.workspace.core.guides import GUIDES

from .conftest import opened
from .invoice_town import NOW
from .job_town import WRONG
from .made_by_steps import ABOUT, made_by_steps
from .page_scripts import BROKEN, LISTEN, TOLD

_WAY_IN = "a step between the password and the session: test_second_factor_browser.py goes through it"
_LEADS_ON = "shows nothing itself and leads on to another page of the table"
_NOT_THERE = "what it is about is made by steps that a test of its own goes through"
_MADE_BY_STEPS = """
    economy_unit import_mapping agreement_document economy_index economy_action scenario_change budget_line
    reconciliation_difference reconciliation_take_over payment_file refund_claim refund_case intermunicipal_claim
    user_payment_end intermunicipal_raise citizen_request_state agreement_part retention_step agreement_contract
    contract_template contract_template_file draft draft_version draft_anew draft_sign draft_version_new draft_file
    draft_signed_file draft_being_made draft_quality agreement_page collection_letter initiative initiative_edit
    initiative_new initiative_catalogue negotiation negotiation_new negotiation_agree negotiation_brief saving
    saving_new scenario scenario_edit scenario_change_new settlement order_fetch ride_changes complaint route_plan
    route_plan_map route_plan_drivers route_plan_ride transport_record fleet_vehicle
""".split()  # noqa: SIM905 - as a list it would take forty lines
_BEFORE_THE_SESSION = """
    mfa_authenticate second_factor_setup second_factor_passkey second_factor_codes mfa_deactivate_totp
    mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_view_recovery_codes
""".split()  # noqa: SIM905 - as above
LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(("account_logout", "mfa_index", "mfa_list_webauthn", "notice_open", "saml_done"), _LEADS_ON),
    **dict.fromkeys(_BEFORE_THE_SESSION, _WAY_IN),
    **dict.fromkeys(("sign_on", "sign_on_back"), "leads on to the municipality's own login, and back"),
    "calendar_file": "a file for calendars, by a secret address",
    **dict.fromkeys(("contract_open_data", "import_error_file", "invoice_file", "invoice_file_page"), "a file"),
    "fleet_paper": "a file",
    "invoice_original": "a file, after a reason: tests/web/test_invoices.py gives one",
    "saml": "leads on to the municipality's own login, when there is one",
    "saml_metadata": "a file for the municipality's own login",
    "user_key_new": "of a program that never logs in: tests/db/access/test_key_pages.py makes one",
    **dict.fromkeys(("economy_workbook", "month_report"), "a file, once there is a forecast: tests/db/budgets_pages"),
    **dict.fromkeys(
        ("results_report", "results_workbook", "initiative_paper"), "a file: tests/db/reports, db/initiatives"
    ),
    **dict.fromkeys(("scenario_excel", "budget_version_file", "refund_claim_file", "payment_file_fetch"), "a file"),
    **dict.fromkeys(_MADE_BY_STEPS, _NOT_THERE),
}
"""Addresses that are no page to be opened by itself, and why."""
WORDS: dict[str, tuple[dict[str, str], ...]] = {
    "grant_act": tuple({"name": name} for name in ACTS),
    "help_guide": tuple({"slug": guide.slug} for guide in GUIDES),
    "rule_kind": tuple({"what": kind.what} for kind in kinds() if not kind.address),
}
"""What stands in an address where a word does; the page is opened with each."""
FURTHER: dict[str, tuple[str, ...]] = {
    "invoices": ("?visning=afvigelser", "?visning=alle"),
    "followups": ("?tilstand=alle",),
    "citizen_economy": ("?aar=2026&maaned=2026-03",),
    "findings": ("?status=alle",),
    "grant_new": ("?borger={citizen}",),
    "draft_new": ("?kontrakt={contract}", "?bevilling={grant}"),
}
"""Further looks of a page."""
ORDER = (Role.CASEWORKER, Role.ECONOMIST, Role.NEGOTIATOR, Role.LAWYER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who opens a page: the first who may both read and write there, else the first who may read."""
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 720}
ENGLISH = re.compile(
    r"\b(?:[Tt]his|fields?|required|[Ee]nter a|valid|Select|Ensure|[Pp]lease|Sign|Password|Submit|Search|Save|Delete|"
    r"Cancel|Yes|None|True|False|Unknown|Loading|Next|Previous|the|with|your|you|are|was|page|user|date)\b"
)
CODE = re.compile(r"(?<![\w@./-])[a-z]+(?:_[a-z]+)+(?![\w@./-])")
HEAVIEST = 120 * 1024


@dataclass
class Town:
    """A served municipality: who can open its pages, and the ids of what stands in them."""

    clients: dict[Role, Client]
    ids: Mapping[str, Any] = field(default_factory=dict)
    unlooked: list[str] = field(default_factory=list)

    def visits(self, *, things: bool) -> Iterator[tuple[str, Role | None]]:
        """(address, who) of every page; without `things` only of those that are of no thing."""
        for address in addresses():
            if address.name in LEFT_OUT or address.name.startswith("api-") or (address.parameters and not things):
                continue
            role = who_opens(address)
            for path in self.paths(address):
                answer = self.asked(path, role)
                if answer.status_code not in {200, 405}:
                    told = f"GET {path} gives {answer.status_code} {answer.get('Location', '')} to {role}"
                    self.unlooked.append(f'{told}: put "{address.name}" in LEFT_OUT with the reason, or in WORDS')
                elif answer.status_code == 200 and is_page(answer):
                    yield path, role

    def paths(self, address: Address) -> Iterator[str]:
        """The addresses of a page, with what stands in them."""
        given = address.stand_ins.items()
        known = {name: self.ids[thing] if isinstance(thing, str) else thing.text for name, thing in given}
        known |= {"calendar_id": self.ids.get("calendar", known["calendar_id"])} if "calendar_id" in known else {}
        known |= {name: self.ids[made] for name, made in ABOUT.get(address.name, {}).items() if made in self.ids}
        for words in WORDS.get(address.name, ({},)):
            path = reverse(address.name, kwargs=known | words)
            yield path
            for query in FURTHER.get(address.name, ()) if self.ids else ():
                yield path + query.format(**self.ids)

    def asked(self, path: str, role: Role | None) -> HttpResponse:
        """The answer without a browser."""
        client: Client = self.clients[role] if role else Client()
        return client.get(path)  # type: ignore[return-value]  # the client's own class


def who_opens(address: Address) -> Role | None:
    """Who opens it; None: a stranger."""
    rule = address.rule
    assert rule is not None, address
    if rule.who is Who.PUBLIC:
        return None
    able = [role for role in ORDER if rule.read is None or rule.read in permissions_of([role])]
    writing = [role for role in able if rule.write is None or rule.write in permissions_of([role])]
    return (writing or able)[0]


def is_page(answer: HttpResponse) -> bool:
    """Whether it is a page by itself: no file, and no piece of one."""
    content = b"" if answer.streaming else answer.content
    return answer["Content-Type"].startswith("text/html") and b"<html" in content[:400]


def everybody(municipality: Municipality) -> dict[Role, Client]:
    """Somebody in every role, whose password was asked for a moment ago, as some pages of the account want."""
    with service_scope(municipality.id, "test"):
        clients = {role: logged_in_client(persona(role.value, municipality, role)) for role in ORDER}
    for client in clients.values():
        assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return clients


@pytest.fixture
def empty(transactional_db: None, municipality: Municipality) -> Town:
    return Town(everybody(municipality))


@pytest.fixture
def town(
    empty: Town,
    municipality: Municipality,
    *,
    other_municipality: Municipality,
    unit: Unit,
    other_unit: Unit,
    tmp_path: Path,
) -> Town:
    """The small municipality with a dozen invoices, most of them wrong."""
    for wrong in WRONG:
        (tmp_path / f"{wrong.number}.xml").write_bytes(wrong.xml())
    ids = build(municipality, other_municipality, unit, other_unit)
    import_paths(paths=[tmp_path], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "test"):
        control_everything(municipality_id=municipality.id, today=NOW.date(), now=NOW)
        ids |= {"calendar": OpeningCalendar.objects.values_list("pk", flat=True).first()}
        ids |= made_by_steps(municipality, unit.id, ids["supplier"], now=NOW)
    return Town(empty.clients, ids)


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Site]:
    with opened(browser, live_server.url, "light", WIDE["width"]) as site:
        site.page.add_init_script(LISTEN)
        site.page.emulate_media(reduced_motion="reduce")
        yield site


@pytest.mark.xdist_group("browser")
def test_every_page_of_a_municipality_in_work(town: Town, window: Site) -> None:
    looked_at(town, window, things=True)


@pytest.mark.xdist_group("browser")
def test_every_page_of_an_empty_municipality_and_how_heavy_the_first_is(empty: Town, window: Site) -> None:
    log_in(window.page, window.url, empty.clients[Role.ECONOMIST])
    assert weight(window, "/") < HEAVIEST
    looked_at(empty, window, things=False)


@pytest.mark.django_db
def test_what_a_form_says_when_it_is_sent_empty_is_danish(
    municipality: Municipality, other_municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    ids = build(municipality, other_municipality, unit, other_unit)
    town = Town(everybody(municipality), ids)
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
    pages = list(town.visits(things=things))
    faults = list(town.unlooked)
    assert len(pages) > (60 if things else 20)
    before: Role | None = None
    window.page.context.clear_cookies()
    for path, role in pages:
        if role is not before:
            log_in(window.page, window.url, town.clients[role] if role else Client())
            before = role
        faults += [f"{path} ({role}): {fault}" for fault in faults_of(window, path, all_looks=things)]
    assert not faults, "\n".join(["", *faults])


def faults_of(window: Site, path: str, *, all_looks: bool) -> Iterator[str]:
    """All that is wrong with the page: wide and light, narrow and dark, and the colours of the other two looks."""
    page = window.page
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    window.complaints.clear()
    window.open(path)
    said = page.evaluate(TOLD)
    assert "Styr" in said, path
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
    """Let the browser be whoever that client is."""
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    if name in client.cookies:
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def weight(window: Site, path: str) -> int:
    """Bytes of the page and all it asks for, as a server that compresses text would send them, with nothing kept."""
    bodies: list[bytes] = []
    window.page.on("response", lambda answer: bodies.append(answer.body()))
    window.open(path)
    window.page.wait_for_load_state("networkidle")
    return sum(min(len(body), len(gzip.compress(body))) for body in bodies)
