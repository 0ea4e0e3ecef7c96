"""Files of the finance system: postings, budgets, and which unit a cost centre belongs to.

The headings are ours with words that Opus- and Prisme-like extracts use as synonyms; other ones are read by a saved
choice of columns.
"""

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import (
    CITIZEN_NUMBER,
    GRANT_NUMBER,
    UNIT_NUMBER,
    VALID_FROM,
    VALID_TO,
)
from styr.ledger.core.codes import BudgetKind, PostingKind
from styr.ledger.core.rows import BudgetRow, CostCentreRow, PostingRow

_ACCOUNT = ("kontostreng", "kontonr", "kontonummer", "artskonto", "kontering")
_AMOUNT = ("beløb i kr", "beløb kr", "beløb dkk", "nettobeløb", "sum")
_TEXT = ("posteringstekst", "bemærkning", "bilagstekst")

POSTING_FILE = TableSpec(
    "posteringer",
    PostingRow,
    (
        Column(
            "bilag_nr",
            "voucher",
            Kind.NUMBERED,
            required=True,
            synonyms=("bilag", "bilagsnr", "bilagsnummer", "voucher"),
        ),
        Column(
            "linje_nr",
            "line_no",
            Kind.INTEGER,
            required=True,
            synonyms=("linje", "linjenummer", "position", "bilagslinje"),
        ),
        Column(
            "bogført",
            "posted_on",
            Kind.DATE,
            required=True,
            synonyms=("bogføringsdato", "posteringsdato", "bogført den", "valørdato"),
        ),
        Column("periode", "month", Kind.MONTH, synonyms=("regnskabsperiode", "bogføringsperiode", "måned")),
        Column("konto", "account_string", Kind.ACCOUNT_STRING, required=True, synonyms=_ACCOUNT),
        Column("beløb", "amount", Kind.MONEY, required=True, synonyms=_AMOUNT),
        Column("tekst", "text", Kind.TEXT, synonyms=_TEXT, personal=True),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, synonyms=CITIZEN_NUMBER),
        Column("cpr", "cpr", Kind.CPR, synonyms=("cpr-nr", "cpr-nummer", "personnummer"), personal=True),
        Column("cvr", "supplier_cvr", Kind.CVR, synonyms=("cvr-nr", "cvr-nummer", "kreditor cvr")),
        Column(
            "faktura_nr",
            "invoice_number",
            Kind.NUMBERED,
            synonyms=("faktura", "fakturanr", "fakturanummer", "reference"),
        ),
        Column("bevilling_nr", "grant_number", Kind.NUMBERED, synonyms=GRANT_NUMBER),
        Column(
            "art",
            "kind",
            Kind.CHOICE,
            synonyms=("posteringsart", "type"),
            choices={kind.danish: kind.value for kind in PostingKind},
        ),
    ),
    total="amount",
    dated="posted_on",
)
BUDGET_FILE = TableSpec(
    "budgetter",
    BudgetRow,
    (
        Column("år", "year", Kind.INTEGER, required=True, synonyms=("budgetår", "regnskabsår")),
        Column("måned", "month", Kind.INTEGER, synonyms=("månedsnr", "periode")),
        Column(
            "art",
            "kind",
            Kind.CHOICE,
            required=True,
            synonyms=("budgetart", "budgettype", "type"),
            choices={
                **{kind.danish: kind.value for kind in BudgetKind},
                "oprindeligt": BudgetKind.ORIGINAL.value,
                "tillægsbevilling": BudgetKind.SUPPLEMENTARY.value,
                "korrigeret budget": BudgetKind.REVISED.value,
            },
        ),
        Column("konto", "account_string", Kind.ACCOUNT_STRING, required=True, synonyms=_ACCOUNT),
        Column("beløb", "amount", Kind.MONEY, required=True, synonyms=(*_AMOUNT, "budget")),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, synonyms=CITIZEN_NUMBER),
        Column("bevilling_nr", "grant_number", Kind.NUMBERED, synonyms=GRANT_NUMBER),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, synonyms=UNIT_NUMBER),
        Column("tekst", "text", Kind.TEXT, synonyms=_TEXT, personal=True),
    ),
    total="amount",
    dated="year",
)
COST_CENTRE_FILE = TableSpec(
    "omkostningssteder",
    CostCentreRow,
    (
        Column("omkostningssted", "code", Kind.NUMBERED, required=True, synonyms=("omk.sted", "profitcenter")),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, required=True, synonyms=UNIT_NUMBER),
        Column("fra", "valid_from", Kind.DATE, required=True, synonyms=VALID_FROM),
        Column("til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
    ),
    periods=(("valid_from", "valid_to"),),
)
