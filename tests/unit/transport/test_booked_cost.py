"""What was booked, laid out by area and operator: the expression against a loop that anybody can read."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any
from uuid import UUID, uuid5

from styr.contracts.core.relations import CONTRACT
from styr.kernel.engine import DuckEngine
from styr.ledger.core.relations import POSTING
from styr.transport.core.booked_cost import ACCOUNT, AREA, SUM, UNPLACED, booked_cost
from styr.transport.core.relations import OPERATOR

Town = dict[str, list[dict[str, Any]]]
SPACE = UUID(int=7)
FIRST, UNTIL = date(2026, 1, 1), date(2027, 1, 1)


def _id(name: object) -> UUID:
    return uuid5(SPACE, str(name))


def _town(seed: int) -> Town:
    rng = Random(seed)  # noqa: S311 -- a made-up town
    suppliers = [_id(f"s{n}") for n in range(6)]
    prefixes = ["32206", "322", "3220612345", "53859", "538"]
    accounts = [
        rng.choice(["3220612345", "3220699999", "3221100000", "5385900000", "5380000000", "9"]) for _ in range(9)
    ]
    return {
        "area": [{"id": _id(f"a{n}"), "number": n} for n in range(1, 4)],
        "account": [
            {"area_id": _id(f"a{1 + nth % 3}"), "prefix": prefix, "operator_kind": rng.choice(["", "own"])}
            | {"is_admin": rng.random() < 0.3, "valid_from": date(2026, rng.randint(1, 3), 1)}
            | {"valid_to": rng.choice([None, date(2026, 5, 1)])}
            for nth, prefix in enumerate(prefixes)
        ],
        "operator": [
            {"operator_id": _id(f"o{n}"), "kind": kind, "supplier_id": one}
            for n, (kind, one) in enumerate([("movia", suppliers[0]), ("private", suppliers[1]), ("own", None)])
        ],
        "contract": [
            dict.fromkeys(CONTRACT.columns)
            | {"contract_id": _id(f"k{n}"), "supplier_id": rng.choice(suppliers[:3])}
            | {"status": rng.choice(["signed", "draft"]), "starts": date(2026, 2, 15)}
            | {"ends": rng.choice([None, date(2026, 4, 1)])}
            for n in range(4)
        ],
        "posting": [
            dict.fromkeys(POSTING.columns)
            | {"posting_id": _id(f"p{n}"), "account": rng.choice(accounts).ljust(16, "0")}
            | {"month": date(2026 + (n % 11 == 0), rng.randint(1, 6), 1), "amount_ore": rng.randint(-500, 9_000)}
            | {"supplier_id": rng.choice([None, *suppliers])}
            for n in range(120)
        ],
    }  # fmt: skip


def slowly(town: Town) -> Counter[tuple[Any, ...]]:
    """Posting by posting."""
    numbers = {row["id"]: row["number"] for row in town["area"]}
    kinds = {row["supplier_id"]: row["kind"] for row in town["operator"] if row["supplier_id"]}
    found: Counter[tuple[Any, ...]] = Counter()
    for row in town["posting"]:
        month = row["month"]
        fits = [
            one for one in town["account"]
            if str(row["account"]).startswith(one["prefix"])
            and one["valid_from"] <= month and (one["valid_to"] is None or one["valid_to"] > month)
        ]  # fmt: skip
        if month >= UNTIL or not fits:
            continue
        best = max(fits, key=lambda one: len(one["prefix"]))
        after = date(month.year, month.month + 1, 1)
        covered = any(
            one["supplier_id"] == row["supplier_id"] and one["status"] == "signed"
            and one["starts"] < after and (one["ends"] is None or one["ends"] > month)
            for one in town["contract"]
        )  # fmt: skip
        kind = kinds.get(row["supplier_id"]) or best["operator_kind"] or UNPLACED
        key = (numbers[best["area_id"]], kind, row["supplier_id"], best["is_admin"], covered)
        found[(*key, "ore")] += row["amount_ore"]
        found[(*key, "n")] += 1
    return found


def _sums(postings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ore: Counter[tuple[Any, ...]] = Counter()
    count: Counter[tuple[Any, ...]] = Counter()
    for row in postings:
        key = (row["month"], row["account"], row["supplier_id"])
        ore[key] += row["amount_ore"]
        count[key] += 1
    return [
        {"month": key[0], "account_string": key[1], "supplier_id": key[2], "amount_ore": ore[key], "postings": n}
        for key, n in count.items()
    ]


def test_sums_and_postings_give_what_a_loop_over_the_postings_gives() -> None:
    for seed in range(4):
        town = _town(seed)
        with DuckEngine() as duck:
            duck.load(SUM, _sums(town["posting"]))
            duck.load(POSTING, town["posting"])
            duck.load(ACCOUNT, town["account"])
            duck.load(AREA, town["area"])
            duck.load(OPERATOR, town["operator"])
            duck.load(CONTRACT, town["contract"])
            for prepared in (True, False):
                found: Counter[tuple[Any, ...]] = Counter()
                for row in duck.rows(booked_cost(FIRST, UNTIL, prepared=prepared)):
                    key = (row["area_no"], row["kind"], row["supplier_id"], row["is_admin"], row["covered"])
                    found[(*key, "ore")] = row["amount_ore"]
                    found[(*key, "n")] = row["postings"]
                assert +found == +slowly(town), (seed, prepared)
                assert found.total() == slowly(town).total()
