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
    """Which key of the waterfall led to the grant, strongest first; the last three lead to none."""

    GRANT_NUMBER = "grant_number"
    CONTRACT_NUMBER = "contract_number"
    CPR = "cpr"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"
    BIRTH = "birth"
    SAME_INVOICE = "same_invoice"
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
    Step.AMBIGUOUS: "flere mulige bevillinger",
    Step.NO_GRANT: "kendt borger eller kontrakt uden bevilling",
    Step.NOTHING: "ingen nøgle",
}


class Decided(StrEnum):
    """What was decided about an invoice."""

    APPROVED = "approved"
    REJECTED = "rejected"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return _STATUS[Status(self.value)]


class QueryState(StrEnum):
    """Where a query to a supplier is."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"

    @property
    def danish(self) -> str:
        """The word that people see."""
        return {QueryState.DRAFT: "kladde", QueryState.SENT: "sendt", QueryState.ANSWERED: "besvaret"}[self]
