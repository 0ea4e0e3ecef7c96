"""Which account rule a grant falls under."""

from dataclasses import dataclass

import pytest

from styr.grants.core.account_coding import narrowest


@dataclass(frozen=True)
class Rule:
    section: str = "SEL-107"
    service: str = ""
    supplier_kind: str = ""


ANY, STAY, PRIVATE, BOTH = (
    Rule(),
    Rule(service="ophold"),
    Rule(supplier_kind="private"),
    Rule("SEL-107", "ophold", "private"),
)


@pytest.mark.parametrize(
    ("rules", "services", "kind", "found"),
    [
        ([ANY, STAY, PRIVATE, BOTH], ["ophold"], "private", BOTH),
        ([ANY, STAY, PRIVATE], ["ophold", "ophold"], "private", STAY),
        ([ANY, STAY, PRIVATE], ["ophold", "nattevagt"], "private", PRIVATE),
        ([ANY, STAY, PRIVATE], ["nattevagt"], "municipal", ANY),
        ([STAY, PRIVATE], ["nattevagt"], "", None),
        ([Rule("SEL-85")], ["ophold"], "", None),
    ],
)
def test_the_narrowest_rule_that_fits_everything_bought_is_taken(
    rules: list[Rule], services: list[str], kind: str, found: Rule | None
) -> None:
    assert narrowest(rules, section="SEL-107", services=services, kind=kind) == found
