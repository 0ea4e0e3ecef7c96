"""A new area is data: special education is added on the administration pages alone, and somebody is granted it."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from db.registers.registers import Registers
from loggedin import logged_in_client
from person import Site
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.agreements.core.templates.library import as_word
from styr.agreements.reference.load import library
from styr.drafting.template_queries import templates_in_use
from styr.grants.models import Grant, ServiceLine
from styr.kernel.clock import today
from styr.people.models import Citizen
from web.conftest import opened

ACCOUNT = "3 22 08 1 4 0001 001 4 0"
SECTION, SERVICE = "FSL-20", "undervisning_i_dagbehandling"


class Desk:
    """People at one browser, by turns."""

    def __init__(self, site: Site, people: dict[str, Persona]) -> None:
        self.site, self.page, self.people = site, site.page, people

    def as_(self, name: str) -> None:
        """Let somebody else sit down."""
        named = settings.SESSION_COOKIE_NAME
        value = logged_in_client(self.people[name]).cookies[named].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": named, "value": value, "url": self.site.url}])

    def settings_page(self, title: str) -> None:
        """Go to a page of the settings by its card."""
        self.site.open("/opsaetning/")
        self.page.locator("main").get_by_role("link", name=title, exact=True).click()

    def fill(self, **fields: str) -> None:
        """Write in fields by their names; what is a choice is chosen."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, name: str) -> None:
        """Press a button and wait for the page that it leads to, which has nothing to complain of."""
        before = self.page.locator("main [name=_once]").first.input_value()
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.page.wait_for_function("before => !document.querySelector(`main [value='${before}']`)", arg=before)
        self.page.wait_for_load_state()
        assert self.page.locator("main .field__error, main .error-summary").all_inner_texts() == []


@pytest.fixture
def people(transactional_db: None, municipality: Municipality) -> dict[str, Persona]:
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        roles = {"leder": Role.MANAGER, "administrator": Role.ADMINISTRATOR}
        return {name: persona(name, municipality, role) for name, role in roles.items()}


@pytest.mark.browser
def test_special_education_is_added_as_data_and_granted(
    browser: Browser, live_server: LiveServer, people: dict[str, Persona], municipality: Municipality
) -> None:
    with opened(browser, live_server.url, "light", 1440) as site:
        desk = Desk(site, people)
        desk.as_("leder")
        add_words(desk)
        add_rules(desk)
        add_template(desk)
        desk.as_("administrator")
        set_limit(desk)
        desk.as_("leder")
        grant_id = grant_it(desk, municipality)
        assert site.complaints == []
    with service_scope(municipality.id, "test"):
        made = Grant.objects.get(id=grant_id)
        line = ServiceLine.objects.get(grant=made)
        assert (made.section, line.service, made.account_string) == (SECTION, SERVICE, ACCOUNT.replace(" ", ""))
        assert any(code == SECTION for _id, code, _title in templates_in_use())


def add_words(desk: Desk) -> None:
    """The section of the law, and the service that is bought under it."""
    first = today().isoformat()
    desk.settings_page("Paragraffer og ydelser")
    desk.page.get_by_role("link", name="Ny paragraf").first.click()
    desk.fill(short="FSL", paragraph="§ 20", law="folkeskoleloven", name="Specialundervisning", starts=first,
              reason="Skoleområdet kommer med i år.")  # fmt: skip
    desk.press("Tilføj")
    expect(desk.page.locator("main")).to_contain_text("FSL § 20")
    desk.settings_page("Paragraffer og ydelser")
    desk.page.get_by_role("link", name="Ny ydelse").first.click()
    desk.fill(name="Undervisning i dagbehandling", starts=first, reason="Købes af behandlingsskoler.",
              words="Undervisningstakst")  # fmt: skip
    desk.press("Tilføj")


def add_rules(desk: Desk) -> None:
    """Which account it is booked on, and what it may run beside."""
    first = today().isoformat()
    desk.settings_page("Kontering")
    desk.fill(law=SECTION, account_string=ACCOUNT, starts=first)
    desk.press("Gem reglen")
    desk.settings_page("Samtidige bevillinger")
    desk.fill(first=SECTION, second="SEL-107", verdict="allow", starts=first, note="Skole og botilbud går sammen.")
    desk.press("Gem reglen")


def add_template(desk: Desk) -> None:
    """A template of its own, made of one of the library."""
    word = as_word(library(), "SPECIAL")
    desk.settings_page("Kontraktskabeloner")
    desk.page.locator("main").get_by_role("link", name="Ny skabelon").click()
    desk.fill(law=SECTION, title="Kontrakt om specialundervisning efter folkeskoleloven § 20")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    desk.page.locator("main [name=file]").set_input_files(
        {"name": "specialundervisning.docx", "mimeType": kind, "buffer": word}
    )
    desk.press("Indlæs skabelonen")
    desk.press("Tag i brug")


def set_limit(desk: Desk) -> None:
    """How much a manager may grant alone."""
    desk.site.open("/opsaetning/graenser/")
    desk.fill(which="approve_grant|manager", amount="5.000.000")
    desk.press("Sæt grænsen")


def grant_it(desk: Desk, municipality: Municipality) -> str:
    """Grant the new service to somebody, with the price of its own; the grant's id."""
    with service_scope(municipality.id, "test"):
        citizen = Citizen.objects.get(source_id="1001").id
    desk.site.open(f"/bevillinger/ny/?borger={citizen}")
    desk.fill(section=SECTION, starts=today().isoformat(), professional_reason="Har brug for en mindre klasse.",
              economic_reason="Nærmeste egnede skole.")  # fmt: skip
    desk.fill(**{
        "linjer-0-service": SERVICE, "linjer-0-unit": "month", "linjer-0-quantity": "1", "linjer-0-per": "month",
        "linjer-0-price": "24.500,00",
    })  # fmt: skip
    desk.press("Gem kladden")
    return desk.page.url.rstrip("/").rsplit("/", 1)[-1]
