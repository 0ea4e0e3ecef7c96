"""Text modules (tekstmoduler): the reasons that are written again and again, by what is decided and what is wrong."""

from collections.abc import Collection
from typing import Final

_APPROVE: Final = {
    "rate_high": "Prisen er aftalt med leverandøren; kontrakten rettes.",
    "rate_low": "Prisen er lavere end aftalt; leverandøren har bekræftet den.",
    "quantity": "Antallet er bekræftet af sagsbehandleren.",
    "outside_period": "Bevillingen forlænges; sagsbehandleren har bekræftet perioden.",
    "absence_not_deducted": "Fraværet skal betales efter aftale med leverandøren.",
    "uncontracted_extra": "Ydelsen er bestilt særskilt og bekræftet skriftligt.",
    "no_contract": "Kontrakten er underskrevet og ved at blive oprettet.",
    "no_grant": "Bevillingen er givet og ved at blive oprettet.",
    "citizen_unclear": "Leverandøren har oplyst bevillingsnummeret.",
    "duplicate": "Kontrolleret: det er to forskellige leverancer.",
    "wrong_payer": "Fakturaen er vores, selv om den er sendt til et andet EAN-nummer.",
    "document_error": "Fejlen er uden betydning for beløbet.",
}
_APPROVE_ANY: Final = ("Afvigelsen er undersøgt og i orden.", "Beløbet er uvæsentligt, og prisen rettes fremover.")
_REJECT: Final = {
    "rate_high": "Prisen er højere end aftalt.",
    "rate_low": "Prisen er lavere end aftalt.",
    "quantity": "Antallet passer ikke med bevillingen.",
    "outside_period": "Perioden ligger uden for bevillingen.",
    "absence_not_deducted": "Fravær er ikke trukket fra.",
    "uncontracted_extra": "Ydelsen er ikke aftalt.",
    "no_contract": "Der er ingen gældende kontrakt.",
    "no_grant": "Der er ingen bevilling.",
    "citizen_unclear": "Det kan ikke ses, hvem fakturaen gælder.",
    "duplicate": "Det er krævet før.",
    "wrong_payer": "Fakturaen er sendt til den forkerte modtager.",
    "document_error": "Der er fejl i dokumentet.",
}
_REJECT_ANY: Final = ("Fakturaen passer ikke med det aftalte.",)
NOTHING_WRONG: Final = "Ingen afvigelser."
QUESTIONS: Final = {
    "caseworker": "Er ydelsen leveret i hele perioden, og passer antallet?",
    "negotiator": "Er prisen aftalt, og skal kontrakten rettes?",
    "manager": "Kan du tage stilling til fakturaen?",
    "lawyer": "Er vi forpligtet til at betale?",
    "transport_coordinator": "Er kørslen bestilt og udført?",
}
"""By role, what is usually asked."""


def reasons_to_approve(codes: Collection[str]) -> tuple[str, ...]:
    """Reasons for paying in spite of findings with these exception codes, the most fitting first."""
    return (*(_APPROVE[code] for code in _APPROVE if code in codes), *_APPROVE_ANY)


def reasons_to_reject(codes: Collection[str]) -> tuple[str, ...]:
    """Reasons for not paying, the most fitting first."""
    return (*(_REJECT[code] for code in _REJECT if code in codes), *_REJECT_ANY)
