"""States of templates and drafts, and the steps that a draft takes."""

from styr.kernel.codes import DanishCode


class TemplateState(DanishCode):
    """Whether a version of a template may be used."""

    FAULTY = "faulty", "har fejl"
    CLEAN = "clean", "klar til brug"
    IN_USE = "in_use", "i brug"
    RETIRED = "retired", "afløst"


class DraftState(DanishCode):
    """Where a draft is on its way to a signed contract."""

    WORK = "work", "hos os"
    OUT = "out", "hos leverandøren"
    APPROVAL = "approval", "til godkendelse"
    APPROVED = "approved", "godkendt"
    READY = "ready", "til underskrift"
    SIGNED = "signed", "underskrevet"
    GIVEN_UP = "given_up", "opgivet"


CLOSED = (DraftState.SIGNED, DraftState.GIVEN_UP)
"""States that nothing leads out of."""


class Party(DanishCode):
    """Whose words a version holds."""

    OURS = "ours", "vores"
    THEIRS = "theirs", "leverandørens"


class StepKind(DanishCode):
    """What was done with a draft."""

    MADE = "made", "Udkast dannet af skabelonen"
    REVISED = "revised", "Ny udgave fra os"
    SENT = "sent", "Sendt til leverandøren"
    RECEIVED = "received", "Udgave modtaget fra leverandøren"
    SUBMITTED = "submitted", "Sendt til godkendelse"
    APPROVED_AMOUNT = "approved_amount", "Beløbet godkendt"
    APPROVED_TERMS = "approved_terms", "Afvigelserne godkendt"
    REGISTERED_TEXT = "registered_text", "Registret rettet efter teksten"
    ACCEPTED_TEXT = "accepted_text", "Forskel mellem tekst og register accepteret"
    SENT_BACK = "sent_back", "Sendt tilbage"
    READY = "ready", "Kvalitetssikret og sendt til underskrift"
    CALLED_BACK = "called_back", "Trukket tilbage fra underskrift"
    SIGNED = "signed", "Underskrevet"
    GIVEN_UP = "given_up", "Opgivet"


class Making(DanishCode):
    """How far the PDF and the redline of a version are."""

    WAITING = "waiting", "dannes"
    DONE = "done", "dannet"
    FAILED = "failed", "kunne ikke dannes"


class CheckAnswer(DanishCode):
    """What somebody said of an item of the checklist."""

    YES = "yes", "i orden"
    NOT_RELEVANT = "not_relevant", "ikke relevant"


class Standing(DanishCode):
    """What a signed file's electronic signatures are worth."""

    VALID = "valid", "gyldig underskrift"
    UNKNOWN_ISSUER = "unknown_issuer", "ukendt udsteder"
    UNSIGNED = "unsigned", "ingen elektronisk underskrift"
    BROKEN = "broken", "ændret efter underskrift"
