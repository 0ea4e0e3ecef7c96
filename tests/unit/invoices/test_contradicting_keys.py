"""Strong keys that name different people, units or parties are never paid without a person."""

import pytest

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import Bill, Granted, Item, Key, Outcome, Town, bill, birthday, outcomes

BO_BORN = ("birth_date", birthday("bo").isoformat())
ANE_BORN = ("birth_date", birthday("ane").isoformat())
BO_HAS_ONE = (Granted(), Granted("B2", "bo", contract="K2"))
BO_ELSEWHERE = (Granted(), Granted("B2", "bo", "syd", contract="K2"))
UNCLEAR = "citizen_unclear"

STRONG: dict[str, tuple[tuple[Key, ...], tuple[Key, ...]]] = {
    "grant number": ((("grant_number", "B1"),), (("grant_number", "B2"),)),
    "contract number": ((("contract_number", "K1"),), (("contract_number", "K2"),)),
    "CPR number": ((("cpr", "ane"),), (("cpr", "bo"),)),
    "CPR number in a party": ((("cpr", "ane", "delivery_party"),), (("cpr", "bo", "delivery_party"),)),
    "name and birth date": ((("name", "ane"), ANE_BORN), (("name", "bo"), BO_BORN)),
}
"""The keys that name Ane, and those of the same kind that name Bo."""


def _tries() -> dict[str, Town]:
    found = {}
    for first, (ane, _) in STRONG.items():
        for second, (_, bo) in STRONG.items():
            for where, sent in {
                "both on the head": bill(keys=(*ane, *bo)),
                "the other on the line": bill(Item(keys=bo), keys=ane),
                "the other on the head": bill(Item(keys=ane), keys=bo),
                "both on the line": bill(Item(keys=(*ane, *bo)), keys=()),
            }.items():
                for whom, granted in {"with a grant": BO_HAS_ONE, "with one elsewhere": BO_ELSEWHERE}.items():
                    town = Town((sent,), granted, contracts={"K1": "nord", "K2": granted[1].supplier or ""})
                    found[f"{first}, {second} of another {whom}, {where}"] = town
    return found


SAYS: dict[str, tuple[Town, str | None]] = {
    "the right grant number alone": (Town(), None),
    "a CPR number of a citizen without any grant": (
        Town((bill(keys=(("grant_number", "B1"), ("cpr", "bo"))),)), UNCLEAR,
    ),
    "a CPR number in the text of a line": (Town((bill(Item(keys=(("cpr", "bo", "item"),))),)), UNCLEAR),
    "both CPR numbers": (
        Town((bill(keys=(("grant_number", "B1"), ("cpr", "ane"), ("cpr", "bo"))),)), UNCLEAR,
    ),
    "an unknown CPR number in a party": (
        Town((bill(keys=(("grant_number", "B1"), ("cpr", "cai", "delivery_party"))),)), UNCLEAR,
    ),
    "an unknown ten-figure number in a note": (Town((bill(keys=(("grant_number", "B1"), ("cpr", "cai"))),)), None),
    "a grant number that we do not know": (Town((bill(keys=(("cpr", "ane"), ("grant_number", "B9"))),)), UNCLEAR),
    "a contract number that we do not know": (
        Town((bill(keys=(("grant_number", "B1"), ("contract_number", "K9"))),)), None,
    ),
    "a contract with another supplier": (
        Town((bill(keys=(("grant_number", "B1"), ("contract_number", "K2"))),), contracts={"K1": "nord", "K2": "syd"}),
        UNCLEAR,
    ),
    "a framework contract of the supplier's that nobody has a grant under": (
        Town((bill(keys=(("grant_number", "B1"), ("contract_number", "K2"))),), contracts={"K1": "nord", "K2": "nord"}),
        None,
    ),
    "another's name alone": (Town((bill(keys=(("grant_number", "B1"), ("name", "bo"))),), BO_HAS_ONE), None),
    "another's birth date alone": (Town((bill(keys=(("grant_number", "B1"), BO_BORN)),), BO_HAS_ONE), None),
    "another grant of the same citizen": (
        Town((bill(keys=(("grant_number", "B1"), ("cpr", "ane"))),), (Granted(), Granted("B2", "ane", "syd"))), None,
    ),
    "several citizens, each with a line": (
        Town(
            (bill(Item(keys=(("grant_number", "B1"),)), Item(keys=(("grant_number", "B2"),)),
                  keys=(("cpr", "ane"), ("cpr", "bo"))),),
            BO_HAS_ONE, contracts={"K1": "nord", "K2": "nord"},
        ), None,
    ),
    "several citizens on the head, one without a line": (
        Town((bill(Item(keys=(("grant_number", "B1"),)), keys=(("cpr", "ane"), ("cpr", "bo"))),), BO_HAS_ONE), UNCLEAR,
    ),
    "another supplier's CVR number": (Town((bill(supplier="syd", account="syd"),)), "supplier_not_party"),
    "another supplier's account": (Town((bill(account="syd"),)), "new_bank_account"),
    "an EAN number that is none of ours": (Town((bill(ean="U9"),)), "wrong_payer"),
    "a grant that a person pointed out": (Town((bill(keys=()),), by_hand=(("F1", 0, "B1"),)), "unsure"),
    "a grant that a person pointed out, over a weaker number": (
        Town((bill(keys=(("contract_number", "K2"),)),), (Granted(), Granted("B2", contract="K2")),
             contracts={"K1": "nord", "K2": "nord"}, by_hand=(("F1", 0, "B1"),)), "unsure",
    ),
    "a grant that a person pointed out against a CPR number": (
        Town((bill(keys=(("cpr", "bo"),)),), by_hand=(("F1", 0, "B1"),)), UNCLEAR,
    ),
}  # fmt: skip
"""What a key says beside the rest, and the finding that must be there; None where the invoice is paid."""


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    """All tries in one run."""
    tries = {**_tries(), **{name: town for name, (town, _) in SAYS.items()}}
    with DuckEngine(threads=1) as engine:
        found = outcomes(engine, list(tries.values()))
    return {name: one[Bill().name] for name, one in zip(tries, found, strict=True)}


@pytest.mark.parametrize("name", _tries())
def test_two_strong_keys_that_name_different_people_are_unclear(seen: dict[str, Outcome], name: str) -> None:
    assert not seen[name].ready
    assert UNCLEAR in seen[name].codes


@pytest.mark.parametrize("name", SAYS)
def test_what_each_key_says_beside_the_others(seen: dict[str, Outcome], name: str) -> None:
    _, code = SAYS[name]
    assert seen[name].ready == (code is None), seen[name]
    assert seen[name].codes >= ({code} if code else set())
