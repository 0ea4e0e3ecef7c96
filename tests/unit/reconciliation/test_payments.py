"""The payment controls' expressions give what the slow reading of the same books gives; also in parts."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import find
from styr.grants.core.relations import GRANT, RATE, SERVICE
from styr.kernel.engine import DuckEngine
from styr.ledger.core.relations import POSTING
from styr.reconciliation import controls as _  # noqa: F401 - registers them
from styr.reconciliation.core import payments
from styr.reconciliation.core.relations import ACCOUNT_RULE
from styr.reconciliation.machines import CODES, part, reconcile, totals
from styr.suppliers.core.relations import SUPPLIER
from unit.reconciliation.books import TODAY, Books, misbooked, stray, untimely

MONTHS = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(10, 37)]
ACCOUNTS = ["5385014001005540", "5385214001005540", "5385014999905540", "5281014001005540"]
SECTIONS = ["SEL-85", "SEL-107"]


def _ids(what: int, most: int) -> st.SearchStrategy[UUID]:
    return st.integers(1, most).map(lambda n: UUID(int=what * 1000 + n))


@st.composite
def books(draw: st.DrawFn) -> Books:
    made = Books()
    for n in range(1, 4):
        made.add(
            SUPPLIER, supplier_id=UUID(int=2000 + n), cvr=f"{n:08d}", kind=draw(st.sampled_from(["private", "fond"]))
        )
    for n in range(draw(st.integers(1, 5))):
        starts = draw(st.sampled_from(MONTHS))
        made.add(
            GRANT, grant_id=UUID(int=3001 + n), number=f"B000000{n}-0", citizen_id=draw(_ids(1, 2)),
            unit_id=UUID(int=9), section=draw(st.sampled_from(SECTIONS)),
            status=draw(st.sampled_from(["granted", "granted", "stopped", "draft"])),
            starts=starts, ends=draw(st.none() | st.sampled_from([day for day in MONTHS if day > starts] or [None])),
            supplier_id=draw(st.none() | _ids(2, 3)), account_string=draw(st.none() | st.sampled_from(ACCOUNTS)),
        )  # fmt: skip
        made.add(
            SERVICE, service_id=UUID(int=4001 + n), grant_id=UUID(int=3001 + n), unit_id=UUID(int=9), line_no=1,
            service=draw(st.sampled_from(["stoette", "ophold"])), unit="hour", per="week", quantity=Decimal(5),
            factor=Decimal(1), starts=starts,
        )  # fmt: skip
        made.add(RATE, service_id=UUID(int=4001 + n), valid_from=date(2020, 1, 1), amount=Decimal(100))
    for section in SECTIONS:
        if draw(st.booleans()):
            made.add(
                ACCOUNT_RULE, section=section, service=draw(st.sampled_from(["", "stoette"])),
                supplier_kind=draw(st.sampled_from(["", "fond"])), account=draw(st.sampled_from(ACCOUNTS)),
                valid_from=date(2025, 6, 1), valid_to=draw(st.none() | st.just(date(2026, 6, 1))),
            )  # fmt: skip
    for n in range(draw(st.integers(0, 12))):
        month = draw(st.sampled_from(MONTHS))
        made.add(
            POSTING, posting_id=UUID(int=5001 + n), unit_id=UUID(int=9), citizen_id=draw(st.none() | _ids(1, 3)),
            grant_id=draw(st.none() | st.sampled_from([UUID(int=3001), UUID(int=3002), UUID(int=3999)])),
            supplier_id=draw(st.none() | _ids(2, 3)), invoice_id=draw(st.none() | _ids(6, 2)),
            account=draw(st.sampled_from(ACCOUNTS)), posted_on=month, month=month,
            amount_ore=draw(st.sampled_from([1000, 1000, 2500, -1000])),
            kind=draw(st.sampled_from(["payment", "payment", "correction", "user_payment"])),
            voucher=f"V{draw(st.integers(1, 5))}",
        )  # fmt: skip
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(books())
def test_any_books_give_what_reading_them_one_by_one_gives(made: Books) -> None:
    with DuckEngine(threads=1) as engine:
        made.into(engine)
        for of, slow in (
            (payments.stray_payments, stray),
            (payments.untimely_payments, untimely),
            (payments.misbooked_payments, misbooked),
        ):
            told = [row["posting_id"] for row in engine.rows(of, key=f"test:{of.__name__}")]
            assert len(told) == len(set(told)), of.__name__
            assert set(told) == slow(made), of.__name__


@pytest.fixture(scope="module")
def many() -> Books:
    """Forty citizens with two grants each, and books that are right, late, misbooked, twice, and of nobody."""
    made = Books()
    made.add(SUPPLIER, supplier_id=UUID(int=2001), cvr="00000001", kind="private")
    for n in range(80):
        ends = date(2026, 3, 1) if n % 9 == 0 else None
        made.add(
            GRANT, grant_id=UUID(int=3001 + n), number=f"B00000{n:02d}-0", citizen_id=UUID(int=1001 + n // 2),
            unit_id=UUID(int=9), section="SEL-85", status="granted", starts=date(2024, 1, 1), ends=ends,
            supplier_id=UUID(int=2001), account_string=ACCOUNTS[n % 2],
        )  # fmt: skip
        made.add(
            SERVICE, service_id=UUID(int=4001 + n), grant_id=UUID(int=3001 + n), unit_id=UUID(int=9), line_no=1,
            service="stoette", unit="hour", per="week", quantity=Decimal(5), factor=Decimal(1), starts=date(2024, 1, 1),
            ends=ends,
        )  # fmt: skip
        made.add(RATE, service_id=UUID(int=4001 + n), valid_from=date(2020, 1, 1), amount=Decimal("333.33"))
        for at, month in enumerate(MONTHS[2:24] if n % 7 else []):
            made.add(
                POSTING, posting_id=UUID(int=100_000 + n * 100 + at), unit_id=UUID(int=9),
                citizen_id=UUID(int=1001 + n // 2 + (500 if (n + at) % 31 == 0 else 0)),
                grant_id=None if (n + at) % 31 == 0 else UUID(int=3001 + n), supplier_id=UUID(int=2001),
                account=ACCOUNTS[(n + (at % 17 == 0)) % 2], posted_on=month, month=month,
                amount_ore=700_000 + n, kind="payment", voucher=f"V{n}-{at}",
            )  # fmt: skip
            if (n * at) % 53 == 52:
                made.add(POSTING, **{**made.rows["rel_posting"][-1], "posting_id": UUID(int=900_000 + n * 100 + at),
                                     "voucher": f"V{n}-{at}x"})  # fmt: skip
    return made


@pytest.mark.parametrize("workers", [0, 2, 4])
def test_parts_give_the_same_findings_to_the_ore_however_many_work(many: Books, tmp_path: Path, workers: int) -> None:
    with DuckEngine(threads=1) as engine:
        many.into(engine)
        whole = find(engine, [REGISTRY[code] for code in CODES], today=TODAY)
        parts = part(engine, tmp_path / "parts", number=5)
    assert set(totals(whole)) == set(CODES), "every kind is there"
    found = reconcile(parts, today=TODAY, client=_Pool(workers) if workers else None)
    assert sorted(map(repr, found)) == sorted(map(repr, whole))
    assert totals(found) == totals(whole)


class _Pool:
    """What `reconcile` asks of a Dask client, with processes' work done by threads: each part has its own engine."""

    def __init__(self, workers: int) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self.pool = ThreadPoolExecutor(workers)

    def submit(self, work: object, *given: object, pure: bool) -> object:
        assert not pure, "files may change: a result is never remembered"
        return self.pool.submit(work, *given)  # type: ignore[arg-type]  # a function it is

    def gather(self, asked: list[object]) -> list[object]:
        return [one.result() for one in asked]  # type: ignore[attr-defined]  # futures
