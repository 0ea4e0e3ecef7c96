"""Every page that stands alone is found by a search, by whoever may open it, and by the words that people use."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from matrix.addresses import addresses
from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.access.standing import EVERYWHERE, Standing
from styr.access.web.rules import Who, rule_of
from styr.ledger.dated_rules import kinds
from styr.transport.web.register_lists import REGISTERS
from styr.workspace.core.glossary import glossary
from styr.workspace.core.guides import GUIDES
from styr.workspace.core.place_list import PLACES
from styr.workspace.core.places import places

PIECES = {
    "economy_freshness",
    "economy_range",
    "results_freshness",
    "transport_week_lines",
    "tour_steps",
    "refund_cases",
}
"""Parts of pages, which a page fetches."""
NOT_FOUND = {
    "negotiation_new": "begins on the page of what could be negotiated",
    "saving_new": "begins on a grant or a negotiation",
    "search": "is the search",
    "password_choose": "of a link in a mail",
    "calendar_file": "a file by a secret address",
}


def stand_alone() -> set[str]:
    """The pages that can be opened and are about nothing in particular; those of the login are behind the account."""
    found = {
        address.name: address.route
        for address in addresses()
        if address.rule is not None
        and address.rule.who in {Who.LOGGED_IN, Who.PERMITTED}
        and not (address.parameters or address.route.startswith("konto/") or address.name.startswith("api-"))
    }
    return {name for name, route in found.items() if is_read(f"/{route}")}


def is_read(path: str) -> bool:
    """Whether it is more than an act: what it allows is told when it is asked in a way that no page takes."""
    return "GET" in resolve(path).func(RequestFactory().generic("TRACE", path)).get("Allow", "GET")


def test_every_page_that_stands_alone_is_found() -> None:
    missing = stand_alone() - PIECES - set(NOT_FOUND) - {place.url_name for place in PLACES}
    assert not missing, f"give them a line in workspace/core/place_list.py: {sorted(missing)}"
    assert {place.given for place in PLACES if place.url_name == "transport_register"} == set(REGISTERS)
    assert {place.given for place in PLACES if place.url_name == "rule_kind"} >= {
        kind.what for kind in kinds() if not kind.address
    }


def test_a_place_takes_what_its_page_takes() -> None:
    rules = {address.name: address.rule for address in addresses()}
    for place in PLACES:
        rule = rules[place.url_name]
        assert rule is not None
        assert place.needs == (rule.write if place.action else rule.read), place
        assert place.everywhere == (place.action and rule.everywhere), place


@pytest.mark.parametrize("whole", [True, False], ids=["everywhere", "in a unit"])
@pytest.mark.parametrize("role", Role)
def test_whoever_is_offered_an_action_may_open_its_page_and_send_it(role: Role, *, whole: bool) -> None:
    """And whoever may, is offered it: held to the rule that answers the request."""
    may = permissions_of([role])
    held = Standing(frozenset({role}), may, may) if whole else Standing(frozenset({role}), may - EVERYWHERE)
    offered = {
        one.title for one in places("", held.permissions, everywhere=held.everywhere, most=len(PLACES)) if one.action
    }
    for action in (one for one in PLACES if one.action):
        rule = rule_of(resolve(reverse(action.url_name)).func)
        assert rule is not None
        let_in = rule.who is Who.LOGGED_IN or all(
            needed in (held.everywhere if rule.takes_everywhere(method) else held.permissions)
            for method in ("GET", "POST")
            if (needed := rule.needed(method)) is not None
        )
        assert (action.title in offered) == let_in, (action, rule)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("udbud", "Udbud af kørsel"),
        ("vognpark", "Egne vogne"),
        ("ruteplan", "Lav en ruteplan"),
        ("kørsel", "Befordring"),
        ("klage", "Klager over kørsel"),
        ("opret en ny bevilling", "Opret bevilling"),
        ("dobbeltbevilling", "Samtidige bevillinger"),
        ("lukkedage", "Åbningskalendere"),
        ("fire øjne", "Beløbsgrænser"),
        ("sds", "Central refusion"),
        ("flexrute", "Faste ruter"),
        ("ny bruger", "Opret en bruger"),
        ("indsatskatalog", "Indsatser"),
        ("argumenter", "Argumenter"),
        ("excel", "Hent økonomien som regneark"),
        ("kontoregler", "Kontering"),
        ("brænd", "Forudsætninger for egne vogne"),
        ("pensions", "Folkepensionsalder"),
        ("totrin", "Min konto"),
    ],
)
def test_it_is_found_by_the_words_that_people_use(asked: str, title: str) -> None:
    assert title in [place.title for place in places(asked, set(Permission), everywhere=set(Permission), most=6)]


def test_what_one_may_not_open_is_not_found() -> None:
    assert not places("udbud", {Permission.SEE_GRANTS}, everywhere={Permission.SEE_GRANTS})


def test_guides_and_words_are_told_in_danish_once_each() -> None:
    words = [term.word for term in glossary()]
    assert len(set(words)) == len(words)
    slugs = [guide.slug for guide in GUIDES]
    assert len(set(slugs)) == len(slugs)
    known = {address.name for address in addresses()}
    assert all(guide.url_name in known for guide in GUIDES)
    told = [text for guide in GUIDES for text in (guide.title, guide.about, *guide.steps, *guide.good_to_know)]
    assert not [text for text in (*told, *(term.meaning for term in glossary())) if "_" in text or " the " in text]
