"""What can go wrong with the database server, said so that a user can mend it."""

from styr.kernel.refusal import Refusal


class DatabaseUnavailableError(Refusal):
    """The PostgreSQL could not be found, made, started or reached; the message is Danish and fit to show."""
