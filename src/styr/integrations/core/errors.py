"""Refusals of the import, each with a Danish message fit to show."""


class UnableToImportError(Exception):
    """The import as a whole could not go on; what had landed before stays, and a new run takes up where it stopped."""


_AGAIN = "Det, der er nået, er gemt. Kør indlæsningen igen, så fortsætter den, hvor den slap."


def lost_connection() -> UnableToImportError:
    """The database went away in the middle."""
    return UnableToImportError(f"Forbindelsen til databasen gik tabt. {_AGAIN}")


def disk_full() -> UnableToImportError:
    """The disk of the database, or ours, has no room left."""
    return UnableToImportError(f"Disken er fuld, så der kan ikke gemmes mere. Skaf plads. {_AGAIN}")
