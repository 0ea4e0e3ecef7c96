"""The use cases of the ledger, for the domains above."""

from styr.ledger.noting import Noted, note_payments
from styr.ledger.placing import place_figures
from styr.ledger.unnoting import take_back_payments

__all__ = ["Noted", "note_payments", "place_figures", "take_back_payments"]
