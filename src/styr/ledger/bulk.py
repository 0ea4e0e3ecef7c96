"""Writes whole files of postings, budgets and cost centres; a second run of the same file changes nothing.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
`now` tells a file of the wrong year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.kernel.upsert import (
    NoOverlap,
    RowError,
    Rule,
    Upsert,
    UpsertResult,
    ends_too_early,
    not_one_of,
    numbered,
    too_long,
    upsert,
)
from styr.ledger.core.booking import BadAmountError, booked, budgeted, normal_grant_number
from styr.ledger.core.codes import BudgetKind, PostingKind
from styr.ledger.placing import BUDGET_IDS, BUDGET_MEANING, POSTING_IDS, POSTING_MEANING
from styr.ledger.sealed import citizen_index

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.ledger.core.rows import BudgetRow, CostCentreRow, PostingRow

R = TypeVar("R")

_YEARS_BACK, _YEARS_AHEAD = 6, 10

_UNKNOWN_ACCOUNT = Rule(
    "konto",
    "r.account_string",
    "NOT EXISTS (SELECT FROM rel_account_treatment t WHERE t.function = left(r.account_string, 5))",
    "Kontoens funktion kendes ikke. Ret kontoen, eller tilføj funktionen under Opsætning, Kontobehandling.",
)
_POSTED = "to_char(r.posted_on, 'DD-MM-YYYY')"

POSTINGS = Upsert(
    table="ledger_posting",
    heading="bilag_nr",
    columns={
        "today": "date",
        "year": "int32",
        "voucher": "string",
        "line_no": "int64",
        "posted_on": "date",
        "month": "date",
        "account_string": "string",
        "amount_ore": "int64",
        "kind": "string",
        "text": "string",
        "citizen_number": "string",
        "citizen_index": "string",
        "grant_number": "string",
        "supplier_cvr": "string",
        "invoice_number": "string",
    },
    resolve=f"SELECT s.*, s.new_id AS id, {POSTING_IDS} FROM stage s {POSTING_MEANING.format(row='s')}",  # noqa: S608 - names from our own code
    key=("municipality_id", "year", "voucher", "line_no"),
    written=(
        *("posted_on", "month", "account_string", "amount_ore", "kind", "text"),
        *("citizen_number", "citizen_index", "grant_number", "supplier_cvr", "invoice_number"),
        *("citizen_id", "grant_id", "supplier_id", "invoice_id", "unit_id"),
    ),
    rules=(
        _UNKNOWN_ACCOUNT,
        Rule("bilag_nr", "''", "r.voucher = ''", "Bilagsnummeret mangler."),
        Rule("linje_nr", "r.line_no", "r.line_no NOT BETWEEN 0 AND 1000000", "Linjenummeret er ugyldigt."),
        Rule(
            "bogført", _POSTED, "r.posted_on > r.today", "Bogføringsdatoen ligger i fremtiden. Er det den rigtige fil?"
        ),
        Rule(
            "bogført",
            _POSTED,
            f"r.posted_on < r.today - interval '{_YEARS_BACK} years'",
            f"Bogføringsdatoen ligger mere end {_YEARS_BACK} år tilbage. Er det den rigtige fil?",
        ),
        Rule(
            "periode",
            "to_char(r.month, 'MM-YYYY')",
            "abs(r.month - r.posted_on) > 400",
            "Perioden ligger mere end et år fra bogføringsdatoen. Ret en af dem.",
        ),
        not_one_of("art", "kind", PostingKind.values()),
        too_long("bilag_nr", "voucher", 40),
        too_long("tekst", "text", 200),
        too_long("borger_nr", "citizen_number", 60),
        too_long("bevilling_nr", "grant_number", 60),
        too_long("faktura_nr", "invoice_number", 100),
    ),
)

BUDGET_LINES = Upsert(
    table="ledger_budgetline",
    heading="konto",
    columns={
        "today": "date",
        "year": "int32",
        "month_no": "int32",
        "kind": "string",
        "account_string": "string",
        "amount_ore": "int64",
        "text": "string",
        "citizen_number": "string",
        "grant_number": "string",
        "unit_number": "string",
    },
    resolve=f"""
        SELECT s.*, s.new_id AS id, u.id AS named_unit_id, {BUDGET_IDS},
               CASE WHEN s.month_no BETWEEN 1 AND 12 THEN make_date(s.year, s.month_no, 1) END AS month
        FROM stage s {BUDGET_MEANING.format(row="s")}
    """,  # noqa: S608 - the same
    key=(
        *("municipality_id", "year", "month", "kind", "account_string"),
        *("citizen_number", "grant_number", "unit_number", "text"),
    ),
    written=("amount_ore", "citizen_id", "grant_id", "unit_id"),
    rules=(
        _UNKNOWN_ACCOUNT,
        Rule("måned", "r.month_no", "r.month_no NOT BETWEEN 1 AND 12", "Måneden skal være et tal fra 1 til 12."),
        Rule(
            "år",
            "r.year",
            f"r.year NOT BETWEEN extract(year FROM r.today) - {_YEARS_BACK} "
            f"AND extract(year FROM r.today) + {_YEARS_AHEAD}",
            "Budgetåret ligger langt fra i dag. Er det den rigtige fil?",
        ),
        Rule(
            "enhed_nr",
            "r.unit_number",
            "r.unit_number <> '' AND r.named_unit_id IS NULL",
            "Enheden findes ikke. Indlæs registret med dem først.",
        ),
        not_one_of("art", "kind", BudgetKind.values()),
        too_long("tekst", "text", 200),
        too_long("borger_nr", "citizen_number", 60),
        too_long("bevilling_nr", "grant_number", 60),
    ),
)

COST_CENTRES = Upsert(
    table="ledger_costcentre",
    heading="omkostningssted",
    columns={"code": "string", "unit_source_id": "string", "valid_from": "date", "valid_to": "date"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, lpad(s.code, greatest(4, length(s.code)), '0') AS code,
               s.unit_source_id, u.id AS unit_id, s.valid_from, s.valid_to
        FROM stage s
        LEFT JOIN access_unit u ON u.municipality_id = s.municipality_id AND u.number = s.unit_source_id
    """,
    key=("municipality_id", "code", "valid_from"),
    written=("unit_id", "valid_to"),
    rules=(
        Rule("omkostningssted", "r.code", "r.code !~ '^[0-9]{4}$'", "Et omkostningssted har fire cifre."),
        Rule(
            "enhed_nr",
            "r.unit_source_id",
            "r.unit_id IS NULL",
            "Enheden findes ikke. Indlæs registret med dem først.",
        ),
        ends_too_early("til", "valid_from", "valid_to"),
    ),
    no_overlap=NoOverlap(
        column="fra",
        same=("code",),
        starts="valid_from",
        ends="valid_to",
        message="Omkostningsstedet hører også til en enhed i samme periode. Ret datoerne.",
    ),
)


@transaction.atomic
def upsert_postings(rows: Sequence[PostingRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write postings by accounting year, voucher and line; the same voucher and line twice in a file is refused."""

    def staged(row: PostingRow) -> dict[str, Any]:
        return {
            **booked(row),
            "today": localdate(now),
            "citizen_index": citizen_index(row.cpr),
            "grant_number": normal_grant_number(row.grant_number),
        }

    once, refused = _once(rows, lambda row: (booked_year(row), row.voucher, row.line_no), "bilag_nr", "Bilag og linje")
    return _write(POSTINGS, once, staged, refused, municipality_id)


@transaction.atomic
def upsert_budget_lines(rows: Sequence[BudgetRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write budget lines, known by everything but the amount; the same line twice in a file is refused."""

    def staged(row: BudgetRow) -> dict[str, Any]:
        return {**budgeted(row), "today": localdate(now), "grant_number": normal_grant_number(row.grant_number)}

    once, refused = _once(rows, _budget_key, "konto", "Budgetlinjen")
    return _write(BUDGET_LINES, once, staged, refused, municipality_id)


@transaction.atomic
def upsert_cost_centres(rows: Sequence[CostCentreRow], *, municipality_id: UUID) -> UpsertResult:
    """Write cost centres by number and first day."""
    with connection.cursor() as cursor:
        return upsert(cursor, COST_CENTRES, numbered(rows), municipality_id=municipality_id)


def booked_year(row: PostingRow) -> int:
    """The accounting year in which the row's voucher number is used once."""
    return (row.month or row.posted_on).year


def _budget_key(row: BudgetRow) -> tuple[object, ...]:
    return (
        *(row.year, row.month, row.kind, row.account_string),
        *(row.citizen_source_id, row.grant_number, row.unit_source_id, row.text),
    )


def _once(
    rows: Sequence[R], key: Callable[[R], Hashable], heading: str, what: str
) -> tuple[dict[int, R], list[RowError]]:
    """Each key's first row, and what to tell of the others: money that stands twice is never taken for one or two."""
    seen: set[Hashable] = set()
    once: dict[int, R] = {}
    refused: list[RowError] = []
    for number, row in enumerate(rows):
        known = key(row)
        if known in seen:
            refused.append(RowError(number, heading, "", f"{what} står også tidligere i filen. Slet den ene række."))
        else:
            seen.add(known)
            once[number] = row
    return once, refused


def _write(
    kind: Upsert,
    rows: dict[int, R],
    staged: Callable[[R], dict[str, Any]],
    refused: Iterable[RowError],
    municipality_id: UUID,
) -> UpsertResult:
    ready: dict[int, dict[str, Any]] = {}
    wrong = list(refused)
    for number, row in rows.items():
        try:
            ready[number] = staged(row)
        except BadAmountError as error:
            wrong.append(RowError(number, "beløb", "", str(error)))
    with connection.cursor() as cursor:
        return upsert(cursor, kind, ready, municipality_id=municipality_id, refused=wrong)
