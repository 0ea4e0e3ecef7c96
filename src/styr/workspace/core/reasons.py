"""Ready-made words for why a finding was decided as it was; a person may write others."""

from dataclasses import dataclass
from typing import Final

from styr.controls.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """A text module: its short name in the menu, and the words it writes."""

    title: str
    text: str
    verdict: Verdict


REASONS: Final = (
    Reason("Aftalt skriftligt", "Det er aftalt skriftligt med leverandøren; aftalen ligger på sagen.", Verdict.ACCEPT),
    Reason("Faglig begrundelse", "Der er en faglig begrundelse, som fremgår af sagen.", Verdict.ACCEPT),
    Reason("Overgangsordning", "Det er en kendt overgang, som løber ud af sig selv.", Verdict.ACCEPT),
    Reason("Kreditnota er bedt om", "Leverandøren er bedt om en kreditnota og en ny faktura.", Verdict.DISPUTE),
    Reason("Dokumentation er bedt om", "Leverandøren er bedt om at dokumentere det leverede.", Verdict.DISPUTE),
    Reason("Ikke bestilt af os", "Ydelsen er ikke bestilt af kommunen.", Verdict.DISPUTE),
    Reason("Kontrakt er på vej", "Kontrakten er sendt til underskrift.", Verdict.MEND),
    Reason("Bevillingen rettes", "Bevillingen rettes i fagsystemet og indlæses igen.", Verdict.MEND),
    Reason("Fravær er ikke registreret", "Fraværet bliver registreret, og fakturaen kontrolleres igen.", Verdict.MEND),
    Reason(
        "Fejl i det indlæste",
        "Oplysningen er forkert i den indlæste fil; den rettes ved næste indlæsning.",
        Verdict.MEND,
    ),
    Reason("Under bagatelgrænsen", "Beløbet er under kommunens bagatelgrænse.", Verdict.IGNORE),
    Reason("Uden betydning her", "Forholdet har ingen betydning for betalingen.", Verdict.IGNORE),
)


def reasons() -> dict[Verdict, tuple[Reason, ...]]:
    """The text modules by what is decided."""
    return {
        verdict: tuple(reason for reason in REASONS if reason.verdict is verdict)
        for verdict in dict.fromkeys(reason.verdict for reason in REASONS)
    }
