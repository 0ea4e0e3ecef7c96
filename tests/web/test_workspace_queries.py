"""The pages of search, settings, help and one's own things ask the database twelve times at the most."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.contracts.reference import editing
from styr.grants import duplicate_rules
from styr.grants.core.codes import Verdict
from styr.kernel import clock
from styr.workspace.core.guides import GUIDES

pytestmark = pytest.mark.django_db
OWN = 2  # the request's transaction, which inside a test's own is a savepoint and its release
MOST = 12 + OWN
SEARCH = ("/soeg/", "/soeg/?q=bo", "/soeg/?q=K-2026-0001", "/soeg/?q=B0000017-9", "/soeg/?q=opsætning")
SETTINGS = ("settings", "sections", "account_rules", "duplicate_rules", "calendars", "holidays")
HELP = ("help", "help_controls", "glossary", "help_shortcuts", "tour", "accessibility")
PERSONAL = ("notices", "mail_choice", "calendar_feed", "saved_filter_list", "deadlines")


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Client:
    Registers(municipality.id).load()
    return logged_in_client(persona("lone", municipality, Role.ECONOMIST))


@pytest.fixture
def things(lone: Client, municipality: Municipality) -> list[str]:
    """A rule and a calendar of the municipality's own: the addresses of their pages."""
    rule = duplicate_rules.set_duplicate_rule(
        municipality_id=municipality.id, sections=("SEL-85", "SEL-107"), verdict=Verdict.WARN, starts=clock.today(),
        note="Byrådets beslutning", today=clock.today(),
    )  # fmt: skip
    calendar = editing.create_calendar(municipality_id=municipality.id, code="Nord")
    editing.close_days(calendar_id=calendar, days=[date(2027, 7, day) for day in range(5, 10)])
    return [reverse("duplicate_rule", args=[rule]), reverse("calendar", args=[calendar]) + "?aar=2027"]


@pytest.mark.parametrize("asked", SEARCH)
@pytest.mark.parametrize("palette", [{}, {"HTTP_X_PALETTE": "1"}], ids=["page", "palette"])
def test_a_search_asks_twelve_times_at_most(
    lone: Client, asked: str, palette: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST, connection=connection):
        assert lone.get(asked, **palette).status_code == 200  # type: ignore[arg-type]  # headers in the client's way


def test_every_other_page_asks_twelve_times_at_most(
    lone: Client, things: list[str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guides = [reverse("help_guide", args=[guide.slug]) for guide in GUIDES]
    for address in (*(reverse(name) for name in (*SETTINGS, *HELP, *PERSONAL)), *things, *guides):
        with django_assert_max_num_queries(MOST, connection=connection, info=address):
            assert lone.get(address).status_code == 200, address
