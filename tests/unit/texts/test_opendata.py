"""Open data tells prices and suppliers, and never so few contracts that a citizen could be known."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from styr.texts.core.opendata import SMALLEST_GROUP, Price, PublicContract, package

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def contract(number: int, *, framework: bool = False, cvr: str = "13585628", amount: int = 2400) -> PublicContract:
    return PublicContract(
        number=f"K-2026-{number:04d}", framework=framework, section="SEL-107", supplier_name="Engen" if cvr else "",
        supplier_cvr=cvr, starts=date(2026, 1, 1), last_day=None, signed_on=date(2025, 12, 1),
        prices=(Price("Ophold", "day", Decimal(amount)),),
    )  # fmt: skip


def told(*contracts: PublicContract) -> tuple[list[dict[str, Any]], int]:
    written, left_out = package(contracts, buyer_code="999", buyer_name="Hvidbjerg Kommune", at=NOW)
    return written["releases"], left_out


def test_a_framework_stands_alone_with_its_price() -> None:
    (release,), left_out = told(contract(1, framework=True))
    assert left_out == 0
    assert release["parties"][1]["identifier"] == {"scheme": "DK-CVR", "id": "13585628", "legalName": "Engen"}
    held = release["contracts"][0]
    assert (held["id"], held["dateSigned"]) == ("K-2026-0001", "2025-12-01T00:00:00Z")
    assert held["items"][0]["unit"] == {"name": "døgn", "value": {"amount": 2400.0, "currency": "DKK"}}


def test_contracts_about_citizens_are_told_together_with_their_mean() -> None:
    (release,), left_out = told(*(contract(number, amount=2000 + 100 * number) for number in range(5)))
    (item,) = release["contracts"][0]["items"]
    assert (left_out, item["quantity"], item["unit"]["value"]["amount"]) == (0, 5, 2200.0)
    assert "K-2026" not in str(release)


def test_several_contracts_about_one_citizen_are_one_toward_the_five() -> None:
    """Five contracts about four citizens are left out; a sixth about a fifth citizen lets all six be told."""
    four = [replace(contract(number), about=f"borger {min(number, 3)}") for number in range(5)]
    assert told(*four) == ([], 5)
    (release,), left_out = told(*four, replace(contract(9), about="borger 9"))
    (item,) = release["contracts"][0]["items"]
    assert (left_out, item["quantity"], "borger" in str(release)) == (0, 6, False)


def test_a_sole_proprietor_has_neither_name_nor_number() -> None:
    (release,), _left_out = told(*(contract(number, framework=True, cvr="") for number in range(5)))
    assert release["parties"][1] == {"id": "oevrige", "name": "Øvrige leverandører", "roles": ["supplier"]}


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "13585628", "25063864"])), max_size=30))
def test_no_group_is_too_small_and_every_contract_is_told_or_counted(kinds: list[tuple[bool, str]]) -> None:
    contracts = [contract(number, framework=framework, cvr=cvr) for number, (framework, cvr) in enumerate(kinds)]
    releases, left_out = told(*contracts)
    alone = {one.number for one in contracts if one.framework and one.supplier_cvr}
    sizes = [1 if release["contracts"][0]["id"] in alone else _size(release) for release in releases]
    assert sum(sizes) + left_out == len(contracts)
    assert all(size >= SMALLEST_GROUP for release, size in zip(releases, sizes, strict=True) if _size(release))


def _size(release: dict[str, Any]) -> int:
    """How many contracts a release about several says that it tells; 0 for one that stands alone."""
    head = release["contracts"][0]["title"].split()[0]
    return int(head) if head.isdigit() else 0
