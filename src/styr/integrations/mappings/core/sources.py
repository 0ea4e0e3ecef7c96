"""The kinds of extracts that are read by a saved choice of columns: whose they are, and which register they fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from styr.integrations.spreadsheets.core.case_file import CASE_GRANT_FILE
from styr.integrations.spreadsheets.core.ledger_files import BUDGET_FILE, POSTING_FILE
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.specs import TableSpec
from styr.ledger.core.codes import PostingKind
from styr.reconciliation.core.codes import SourceSystem


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of extract: its code, its Danish name, the register it fills, and what every row of it holds."""

    code: str
    title: str
    spec: TableSpec
    constants: Mapping[str, str] = field(default_factory=dict)


def _case(system: SourceSystem) -> Source:
    title = f"{system.danish}: bevillinger"
    return Source(f"{system.value}_bevillinger", title, CASE_GRANT_FILE, {"system": system.danish})


SOURCES: Final = (
    Source("oversigt", "Egen oversigt over borgere, bevillinger og priser", OVERVIEW_FILE),
    _case(SourceSystem.SENSUM),
    _case(SourceSystem.DUBU),
    _case(SourceSystem.NEXUS),
    _case(SourceSystem.CALIBRA),
    Source("opus_posteringer", "Opus: posteringer", POSTING_FILE),
    Source("opus_budgetter", "Opus: budgetter", BUDGET_FILE),
    Source("prisme_posteringer", "Prisme: posteringer", POSTING_FILE),
    Source("prisme_budgetter", "Prisme: budgetter", BUDGET_FILE),
    Source("calibra_budgetter", "Calibra: budgetter", BUDGET_FILE),
    Source(
        "pecunia_betalinger", "Pecunia: betalinger", POSTING_FILE, {"kind": PostingKind.PAYMENT.danish}
    ),
)  # fmt: skip
"""All kinds, in the order in which a person chooses among them."""

REGISTERS_OF_CHOICE: Final = tuple({source.spec.name: source.spec for source in SOURCES}.values())
"""The registers that a sheet with headings of its own may be read as."""

_BY_CODE: Final = {source.code: source for source in SOURCES}


def source_of(code: str) -> Source | None:
    """The kind with that code; None for none."""
    return _BY_CODE.get(code)


def first_source_of(register: str) -> Source:
    """The first kind that fills a register, for choices made before kinds were asked about; raises `KeyError`."""
    for source in SOURCES:
        if source.spec.name == register:
            return source
    raise KeyError(register)
