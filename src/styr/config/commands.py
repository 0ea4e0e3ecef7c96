"""The commands of `styr`: what each is for, and what must stand before it runs. Imports nothing heavy."""

import difflib
from dataclasses import dataclass
from enum import Enum, auto


class Needs(Enum):
    """What must stand before a command runs."""

    NOTHING = auto()  # no settings of anybody's, no models
    SETTINGS = auto()  # the settings; it does the rest itself
    SERVER = auto()  # the settings, the models, and a database server that runs
    DATABASE = auto()  # all that, and a role that the policies bind


@dataclass(frozen=True, slots=True)
class Known:
    """One command: the app whose `management/commands` it lies in, what it needs, and what it does (Danish)."""

    app: str
    needs: Needs
    about: str


_TRY = {
    "demo": Known("styr.config", Needs.SERVER, "vis programmet på en opdigtet kommune"),
    "read-invoice": Known("styr.invoices", Needs.NOTHING, "læs e-fakturaer, og vis deres indhold og fejl"),
    "plan": Known("styr.grants", Needs.NOTHING, "beregn forventet udgift og betalinger for bevillinger i en fil"),
    "review-contract": Known("styr.agreements", Needs.NOTHING, "læs en kontrakt, og vurder dens vilkår"),
    "refund": Known("styr.refunds", Needs.NOTHING, "beregn central refusion af udgifterne i en fil"),
    "routes-solve": Known("styr.config", Needs.NOTHING, "planlæg kørsel (befordring) fra en fil"),
}
_DAILY = {
    "import": Known("styr.integrations", Needs.DATABASE, "indlæs registre og e-fakturaer"),
    "control": Known("styr.controls", Needs.DATABASE, "kør kontrollerne, og vis, hvad de fandt"),
    "forecast": Known("styr.budgets", Needs.DATABASE, "vis, hvad et år ventes at koste, ved siden af budgettet"),
    "ocds": Known("styr.texts", Needs.DATABASE, "skriv kontrakterne som åbne data uden personoplysninger"),
    "serve": Known("styr.config", Needs.DATABASE, "start siderne"),
    "worker": Known("styr.config", Needs.DATABASE, "kør baggrundsjob"),
    "audit": Known("styr.config", Needs.DATABASE, "efterprøv loggenes plomber, eller udlevér en borgers log"),
}
_SETTING_UP = {
    "keys": Known("styr.config", Needs.NOTHING, "lav nye nøgler til miljøet"),
    "keys-rotate": Known("styr.config", Needs.DATABASE, "kryptér alt igen med den nyeste nøgle"),
    "setup": Known("styr.config", Needs.SERVER, "gør databasen klar, og opgradér den"),
    "municipality": Known("styr.config", Needs.SERVER, "opret en kommune"),
    "user": Known("styr.config", Needs.DATABASE, "opret en bruger"),
    "check": Known("styr.config", Needs.SETTINGS, "se, hvad der er på plads, og hvad der mangler"),
    "db": Known("styr.config", Needs.SETTINGS, "start, stop eller se programmets egen PostgreSQL"),
}
_SECTIONS = {"Prøv det": _TRY, "Til daglig": _DAILY, "Opsætning": _SETTING_UP}
COMMANDS = _TRY | _DAILY | _SETTING_UP


def overview() -> str:
    """The list that `styr --help` shows."""
    lines = ["Styr: bevilget, aftalt, faktureret og forventet på det specialiserede socialområde.", ""]
    for title, commands in _SECTIONS.items():
        lines += [title, *(f"  styr {name:<14} {known.about}" for name, known in commands.items()), ""]
    return "\n".join([*lines, "»styr KOMMANDO --help« forklarer en kommando."])


def unknown(name: str) -> str:
    """What to say to a command that is not there."""
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    meant = f" Mente du »styr {near[0]}«?" if near else ""
    return f"Kommandoen »{name}« findes ikke.{meant} »styr --help« viser dem alle."
