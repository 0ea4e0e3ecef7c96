"""What people are told about (beskeder): the kinds, and where each leads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class NoticeKind(StrEnum):
    """What happened."""

    ASSIGNED = "assigned"
    NOTED = "noted"
    DECIDED = "decided"
    LAPSED = "lapsed"
    QUESTION = "question"
    ANSWERED = "answered"
    APPROVAL = "approval"
    RETURNED = "returned"
    LOGIN = "login"
    SECOND = "second"
    GRANTED = "granted"
    IMPORT_FAILED = "import_failed"
    IMPORT_UNDONE = "import_undone"
    CHANGED = "changed"
    PRICE = "price"
    PRICE_ANSWERED = "price_answered"
    DRAFT = "draft"
    DRAFT_ANSWERED = "draft_answered"
    BUDGET = "budget"
    BUDGET_ANSWERED = "budget_answered"
    DEADLINE = "deadline"
    OVERDUE = "overdue"
    SILENT = "silent"

    @property
    def danish(self) -> str:
        """The kind as a user reads it."""
        return _DANISH[self.value]

    @property
    def url_name(self) -> str:
        """The page that the notice leads to."""
        return _LEADS_TO[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A notice to be told: `text` names ids and never people; `key` is the same whenever the same thing is told."""

    user_id: UUID
    kind: NoticeKind
    subject_id: UUID
    text: str
    key: str
    happened_at: datetime


_DANISH: Final = {
    "assigned": "Lagt hos dig",
    "noted": "Notat",
    "decided": "Afgjort af en anden",
    "lapsed": "Afgørelse bortfaldet",
    "question": "Spørgsmål til dig",
    "answered": "Svar på dit spørgsmål",
    "approval": "Venter på din godkendelse",
    "returned": "Sendt tilbage til dig",
    "login": "Ændring af login",
    "second": "Venter på din godkendelse",
    "granted": "Godkendt",
    "import_failed": "Indlæsning mislykket",
    "import_undone": "Indlæsning fortrudt",
    "changed": "Afvigelse ændret",
    "price": "Venter på din godkendelse",
    "price_answered": "Svar på en ny pris",
    "draft": "Venter på din godkendelse",
    "draft_answered": "Svar på et kontraktudkast",
    "budget": "Venter på din godkendelse",
    "budget_answered": "Svar på et budget",
    "deadline": "Frist nærmer sig",
    "overdue": "Frist ikke holdt",
    "silent": "Ingen svar fra leverandøren",
}
_LEADS_TO: Final = {
    "assigned": "finding",
    "noted": "finding",
    "decided": "finding",
    "lapsed": "finding",
    "question": "invoice",
    "answered": "invoice",
    "approval": "grant",
    "returned": "grant",
    "login": "notices",
    "second": "invoice",
    "granted": "grant",
    "import_failed": "import_upload",
    "import_undone": "import_run",
    "changed": "finding",
    "price": "contract",
    "price_answered": "contract",
    "draft": "draft",
    "draft_answered": "draft",
    "budget": "budget_version",
    "budget_answered": "budget_version",
    "deadline": "contract",
    "overdue": "contract",
    "silent": "collection_case",
}
