"""The potential prepared in PostgreSQL, and estimates of the municipality's own."""

from typing import Any

import pytest

from db.negotiations.conftest import NOW, TODAY, Home, actor_in
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.grants.acting import Actor
from styr.ledger.dated_rules import UnableToSetRuleError
from styr.negotiations import estimating
from styr.negotiations.core.codes import Reason
from styr.negotiations.estimating import UnableToSetShareError, set_share
from styr.negotiations.potential import about, large_suppliers, potential_page, reasons_of, stand
from styr.negotiations.preparing import prepare, prepare_if_old


def test_the_potential_of_the_tiny_municipality_is_told(
    special: Home, municipality: Municipality, negotiator: Actor
) -> None:
    assert stand(today=TODAY) is None
    prepare(municipality_id=municipality.id, today=TODAY, now=NOW)
    standing = stand(today=TODAY)
    assert standing is not None
    assert not standing.old
    page = potential_page(standing)
    assert page.likely_ore == sum(each.likely_ore for each in page.candidates)
    assert page.total == len(page.candidates)
    only = potential_page(standing, reason=Reason.SPECIAL_NO_HOURS)
    assert [each.key for each in only.candidates] == [special.grant.contract_id]
    assert large_suppliers(standing) == ()
    one = about(special.grant.id)
    assert one in page.candidates
    assert one is not None
    told = {why.reason: why for why in reasons_of(one)}
    assert {Reason.SPECIAL_NO_HOURS, Reason.SPECIAL_OVERDUE} <= set(told)
    assert told[Reason.SPECIAL_NO_HOURS].high_ore == told[Reason.SPECIAL_NO_HOURS].year_ore
    # Two reasons of one line are the same kroner.
    assert one.likely_ore == told[Reason.SPECIAL_NO_HOURS].likely_ore


def test_an_estimate_of_our_own_is_used_from_its_day_and_makes_the_potential_old(
    special: Home, municipality: Municipality, negotiator: Actor
) -> None:
    prepare(municipality_id=municipality.id, today=TODAY, now=NOW)
    given: dict[str, Any] = {
        "municipality_id": municipality.id, "reason": Reason.SPECIAL_NO_HOURS, "starts": TODAY,
        "source": "Resultater 2025", "actor_id": negotiator.id, "now": NOW,
    }  # fmt: skip
    for percent, source in (((0, 50, 40), "x"), ((0, 1, 101), "x"), ((0, 1, 2), " ")):
        with pytest.raises(UnableToSetShareError):
            set_share(**given | {"percent": percent, "source": source})
    with pytest.raises(UnableToSetShareError, match="intet skøn"):
        set_share(**given | {"percent": (0, 1, 2), "reason": Reason.ABOVE_PORTAL})
    stranger = actor_in(municipality, Role.CASEWORKER)
    with pytest.raises(UnableToSetRuleError):
        set_share(**given | {"percent": (0, 1, 2), "actor_id": stranger.id})
    set_share(**given, percent=(10, 60, 100))
    standing = stand(today=TODAY)
    assert standing is not None
    assert standing.old
    assert prepare_if_old(municipality_id=municipality.id, today=TODAY, now=NOW)
    assert not prepare_if_old(municipality_id=municipality.id, today=TODAY, now=NOW)
    one = about(special.grant.id)
    assert one is not None
    assert one.first.likely_ore * 10 == one.first.year_ore * 6
    assert one.first.low_ore * 10 == one.first.year_ore
    (own,) = (each for each in estimating.own() if each.own)
    assert (own.says, own.source) == (("10 %", "60 %", "100 %"), "Resultater 2025")
    assert all(each.to_check and each.source.startswith("Vores skøn") for each in estimating.reference())
