"""The tiny municipality and its books."""

from db.ledger.conftest import book as book  # noqa: PLC0414 -- a fixture, given on
from db.ledger.conftest import registers as registers  # noqa: PLC0414 -- as above
