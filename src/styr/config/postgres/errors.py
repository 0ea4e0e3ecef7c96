"""What can go wrong with the database server, said so that a user can mend it."""


class DatabaseUnavailableError(RuntimeError):
    """The supervised PostgreSQL could not be found, made, started or reached; the message is Danish and fit to show."""
