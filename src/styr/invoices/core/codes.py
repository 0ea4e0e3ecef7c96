"""The codes that invoices are stored and compared with."""

from enum import StrEnum


class Status(StrEnum):
    """Where an invoice is in its life."""

    RECEIVED = "received"
    READY = "ready"
    DEVIATING = "deviating"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return _STATUS[self]


class Step(StrEnum):
    """Which key of the waterfall led to the grant, strongest first; the last three lead to none.

    `BY_HAND` is no key: a person has told which grant the line is for, and that stands over every key.
    """

    GRANT_NUMBER = "grant_number"
    CONTRACT_NUMBER = "contract_number"
    CPR = "cpr"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"
    BIRTH = "birth"
    SAME_INVOICE = "same_invoice"
    BY_HAND = "by_hand"
    AMBIGUOUS = "ambiguous"
    NO_GRANT = "no_grant"
    NOTHING = "nothing"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return _STEP[self]


class Verdict(StrEnum):
    """What the comparison of a claim with the expected invoice says; one a claim, so that one cause gives one code."""

    AS_EXPECTED = "as_expected"
    UNCLEAR = "citizen_unclear"
    NO_GRANT = "no_grant"
    EXTRA = "uncontracted_extra"
    OUTSIDE = "outside_period"
    DUPLICATE = "duplicate"
    RATE_HIGH = "rate_high"
    RATE_LOW = "rate_low"
    ABSENCE = "absence_not_deducted"
    QUANTITY = "quantity"
    NO_PRICE = "no_contract"


_STATUS = {
    Status.RECEIVED: "modtaget",
    Status.READY: "klar til betaling",
    Status.DEVIATING: "afviger",
    Status.APPROVED: "godkendt",
    Status.REJECTED: "afvist",
    Status.PAID: "betalt",
}
_STEP = {
    Step.GRANT_NUMBER: "bevillingsnummer",
    Step.CONTRACT_NUMBER: "kontraktnummer",
    Step.CPR: "CPR-nummer",
    Step.NAME_AND_BIRTH: "navn og fødselsdato",
    Step.NAME: "navn",
    Step.BIRTH: "fødselsdato",
    Step.SAME_INVOICE: "fakturaens øvrige linjer",
    Step.BY_HAND: "valgt af en medarbejder",
    Step.AMBIGUOUS: "flere mulige bevillinger",
    Step.NO_GRANT: "kendt borger eller kontrakt uden bevilling",
    Step.NOTHING: "ingen nøgle",
}


class Waiting(StrEnum):
    """Whom an undecided invoice waits for, besides whoever is to decide it."""

    NOBODY = ""
    SECOND = "second"
    ANSWER = "answer"
    CREDIT_NOTE = "credit_note"

    @property
    def danish(self) -> str:
        """The words that people see."""
        return _WAITING[self]


_WAITING = {
    Waiting.NOBODY: "",
    Waiting.SECOND: "venter på anden godkender",
    Waiting.ANSWER: "venter på svar",
    Waiting.CREDIT_NOTE: "venter på kreditnota",
}


class Decided(StrEnum):
    """What a person decided about an invoice."""

    APPROVED = "approved"
    REJECTED = "rejected"
    FIRST = "first"
    ASKED = "asked"
    WAITING = "waiting"
    UNDONE = "undone"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return _DECIDED[self]


_DECIDED = {
    Decided.APPROVED: "godkendt",
    Decided.REJECTED: "afvist",
    Decided.FIRST: "godkendt af den første af to",
    Decided.ASKED: "sendt til afklaring",
    Decided.WAITING: "sat til at vente på kreditnota",
    Decided.UNDONE: "fortrudt",
}


class QueryState(StrEnum):
    """Where a query to a supplier is; `sending` is handed to the mail job."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return _QUERY[self]


_QUERY = {
    QueryState.DRAFT: "kladde",
    QueryState.SENDING: "sendes",
    QueryState.SENT: "sendt",
    QueryState.ANSWERED: "besvaret",
    QueryState.WITHDRAWN: "trukket tilbage",
}


class FollowUpState(StrEnum):
    """Where the follow-up on a wrong invoice is."""

    OPEN = "open"
    SETTLED = "settled"
    DROPPED = "dropped"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return {"open": "åben", "settled": "afsluttet", "dropped": "frafaldet"}[self.value]


class Recovery(StrEnum):
    """How the money of a wrong invoice came back, or was never paid."""

    CREDIT_NOTE = "credit_note"
    REFUNDED = "refunded"
    PRICE_CORRECTED = "price_corrected"

    @property
    def danish(self) -> str:
        """The words that people see."""
        return _RECOVERY[self]


_RECOVERY = {
    Recovery.CREDIT_NOTE: "kreditnota modtaget",
    Recovery.REFUNDED: "beløbet er betalt tilbage",
    Recovery.PRICE_CORRECTED: "prisen er rettet",
}
