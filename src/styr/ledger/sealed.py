"""What is kept of a CPR number in a posting: a keyed hash, the same as the citizens' own."""

from styr.access.crypto import blind_index
from styr.kernel.cpr import Cpr


def citizen_index(cpr: str | None) -> str:
    """The key by which the citizen of ten digits is found; "" without."""
    return blind_index(Cpr.parse(cpr).digits) if cpr else ""
