"""The codes that savings and negotiations are written with, and the Danish words people see for them."""

from __future__ import annotations

from typing import Final

from styr.kernel.codes import DanishCode


class SavingKind(DanishCode):
    """What was saved on (besparelsens art)."""

    SPECIAL_RATE = "special_rate", "særtakst"
    RELOCATION = "relocation", "flytning til mere relevant tilbud"
    RATE_REDUCTION = "rate_reduction", "takstnedsættelse"
    NOT_DELIVERED = "service_not_delivered", "ydelse, der ikke leveres"
    TERMS = "terms", "vilkår"
    AVOIDED_COST = "avoided_cost", "undgået udgift på ny kontrakt"
    INVOICE_CORRECTION = "invoice_correction", "rettelse af fakturaer"


class SavingStatus(DanishCode):
    """How sure a saving is; only what was invoiced afterwards makes it realised."""

    EXPECTED = "expected", "forventet"
    AGREED = "agreed", "aftalt"
    REALISED = "realised", "realiseret"
    DROPPED = "dropped", "opgivet"


class Measure(DanishCode):
    """What a saving's two amounts are: the price of a unit of a service, or one sum."""

    PRICE = "price", "pris pr. enhed"
    SUM = "sum", "ét beløb"


class CaseStatus(DanishCode):
    """Where a negotiation is."""

    OPEN = "open", "i gang"
    AGREED = "agreed", "aftalt"
    GIVEN_UP = "given_up", "afsluttet uden aftale"


class EntryKind(DanishCode):
    """What happened in a negotiation."""

    OPENED = "opened", "åbnet"
    OFFER = "offer", "vores tilbud"
    COUNTER = "counter", "leverandørens tilbud"
    MEETING = "meeting", "møde"
    LETTER = "letter", "brev"
    NOTE = "note", "notat"
    AGREED = "agreed", "aftale"
    GIVEN_UP = "given_up", "afsluttet uden aftale"


WRITTEN: Final = (EntryKind.OFFER, EntryKind.COUNTER, EntryKind.MEETING, EntryKind.LETTER, EntryKind.NOTE)
"""What people write in the log themselves; the rest follows from what they do."""


class ArgumentOutcome(DanishCode):
    """What an argument brought."""

    OPEN = "open", "ikke afgjort"
    WON = "won", "gav resultat"
    PARTLY = "partly", "gav noget"
    LOST = "lost", "gav intet"


class Reason(DanishCode):
    """Why negotiation could bring something (potentialets grund)."""

    PRICE_PEERS = "price_peers", "dyrere end sammenlignelige tilbud"
    ABOVE_PORTAL = "above_portal", "over Tilbudsportalens takst"
    SPECIAL_NO_HOURS = "special_no_hours", "særtakst uden timer"
    SPECIAL_HOURLY = "special_hourly", "særtakst med høj timepris"
    SPECIAL_SUM = "special_sum", "særtakst over timer gange timepris"
    SPECIAL_OVERDUE = "special_overdue", "særtakst med overskredet evaluering"
    SPECIAL_CONSTANT = "special_constant", "særtakst, der aldrig er trappet ned"
    NOT_DELIVERED = "not_delivered", "betalt, men ikke leveret"
    TERMS_NOTICE = "terms_notice", "langt opsigelsesvarsel"
    TERMS_ABSENCE = "terms_absence", "fuld betaling under fravær"
    TERMS_INDEX = "terms_index", "højere regulering end PL"
    TERMS_VACANCY = "terms_vacancy", "betaling før indflytning"
    INVOICES_WRONG = "invoices_wrong", "fakturaer, der igen og igen er forkerte"
    NO_CONTRACT = "no_contract", "ingen kontrakt"
    SUPPLIER_VOLUME = "supplier_volume", "stort køb hos én leverandør"


CONSENT_TO_MOVE: Final = "flytning"
"""The purpose of the consent (samtykke) that a relocation needs."""
