"""Why the database did not do as asked, in one Danish line with what to do about it."""

import psycopg

_SETUP = "Databasen er ikke gjort klar til denne version: kør »styr setup«."
_BY_STATE = {
    "42P01": _SETUP,  # undefined_table
    "42703": _SETUP,  # undefined_column
    "42883": _SETUP,  # undefined_function
    "3F000": _SETUP,  # invalid_schema_name
    "42501": "Databaserollen mangler rettigheder til handlingen. Se »styr check«.",  # insufficient_privilege
    "57P01": "Databasen blev lukket undervejs. Prøv igen, når den kører.",  # admin_shutdown
    "53100": "Der er ikke mere plads på databasens disk.",  # disk_full
}
# A connection that fails has no SQLSTATE: libpq and the server tell why in words, the latter before a language is set.
_BY_WORDS = (
    ("password authentication failed", "Databasen afviser brugernavn eller adgangskode for {user}."),
    ("no password supplied", "Databasen kræver en adgangskode for {user}, og adressen har ingen."),
    ("no pg_hba.conf entry", "Databasen tager ikke imod {user} herfra (pg_hba.conf)."),
    ("permission denied for database", "{user} har ikke adgang (CONNECT) til databasen {database}."),
    ('role "', "Databasen kender ikke rollen {user}."),
    ('database "', "Der er ingen database {database} på {host}."),
    ("failed to resolve host", "Databasens vært kan ikke findes: se efter navnet i adressen, og om DNS svarer."),
    ("could not translate host name", "Databasens vært kan ikke findes: se efter navnet i adressen."),
    ("Connection refused", "Ingen database svarer på {host}: se efter vært og port, og om serveren kører."),
    ("No such file or directory", "Ingen database svarer på {host}: serveren kører ikke der."),
    ("timeout", "Databasen på {host} svarede ikke i tide."),
    ("too many", "Databasen på {host} har ikke flere ledige forbindelser."),
    ("the database system is", "Databasen på {host} er ved at starte eller lukke. Prøv igen om lidt."),
    ("closed the connection", "Databasen lukkede forbindelsen undervejs. Prøv igen, når den kører."),
    ("certificate", "Databasens TLS-certifikat kan ikke godkendes: se efter sslmode og sslrootcert i adressen."),
    ("SSL", "Databasen på {host} og adressen er ikke enige om TLS: se efter sslmode."),
)


def cause(problem: BaseException) -> str | None:
    """The line for an error of psycopg's, or of Django's around one; None when it is a fault of the program's own."""
    found = problem if isinstance(problem, psycopg.Error) else problem.__cause__
    if not isinstance(found, psycopg.Error):
        return None
    if found.sqlstate in _BY_STATE:
        return _BY_STATE[found.sqlstate]
    if found.sqlstate is not None or not isinstance(found, psycopg.OperationalError):
        return None
    told = str(found)
    names = _names(found)
    for words, danish in _BY_WORDS:
        if words in told:
            return danish.format(**names)
    return f"Databasen kan ikke nås: {_first_line(told)}"


def _names(problem: psycopg.Error) -> dict[str, str]:
    asked = {"host": "serveren", "user": "rollen", "database": "med det navn"}
    if problem.pgconn is None:
        return asked
    try:
        told = {option.keyword: option.val for option in problem.pgconn.info}
    except psycopg.OperationalError:
        return asked  # the connection never came as far as to know
    for name, key in (("host", b"host"), ("user", b"user"), ("database", b"dbname")):
        value = told.get(key)
        if value:
            asked[name] = f"»{value.decode(errors='replace')}«"
    return asked


def _first_line(told: str) -> str:
    """Libpq's hint and its list of tries follow on the lines after."""
    return (told.strip().splitlines() or ["(ingen besked)"])[0].strip()
