"""A contract in words, clause by clause, from the true state; a risky wording can take a clause's place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from exampletown.model import Contract

WORDINGS = {
    "fravær": "Den fulde pris betales også, mens borgeren er indlagt eller på ferie.",
    "opsigelse": "Kommunen kan opsige aftalen med seks måneders varsel til udgangen af et kvartal.",
    "regulering": "Prisen stiger hvert år den 1. januar med mindst 3,5 %.",
    "særtakst": "Tillægstakst for ekstra støtte udgør 1.240 kr. pr. døgn og løber indtil videre.",
    "skade": "Kommunen betaler enhver skade, som borgeren volder på bygning og inventar.",
    "personale": "Straffeattest indhentes ikke for vikarer.",
}
"""Name → a wording that a careful reader would not accept; each stands under the heading of its clause."""
_FAIR = {
    "fravær": "Ved fravær ud over {days} dage nedsættes betalingen med {cut} %.",
    "opsigelse": "Aftalen kan af begge parter opsiges med løbende måned og 30 dages varsel.",
    "regulering": "Prisen reguleres én gang om året med KL's pris- og lønfremskrivning, op som ned.",
    "særtakst": "Der er ikke aftalt særtakst.",
    "skade": "Leverandøren har erhvervsansvarsforsikring. Dansk rets almindelige regler om ansvar gælder.",
    "personale": "Leverandøren indhenter straffeattest og børneattest for alle ansatte, også vikarer.",
}
_HEADINGS = {
    "fravær": "Fravær",
    "opsigelse": "Opsigelse",
    "regulering": "Regulering af prisen",
    "særtakst": "Særtakst",
    "skade": "Forsikring og skade",
    "personale": "Personale",
}
_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_SECOND = ("skade", "personale")


def contract_pages(contract: Contract, planted: Sequence[str]) -> list[list[str]]:
    """The contract on two pages, line by line."""
    first, second = _opening(contract), [f"Kontrakt {contract.number}, side 2", ""]
    for number, name in enumerate(_HEADINGS, start=3):
        page = second if name in _SECOND else first
        page += [f"§ {number} {_HEADINGS[name]}", _clause(contract, name, planted), ""]
    second += [
        "§ 9 Fakturering",
        "Der faktureres bagud hver måned med e-faktura til kommunens EAN-nummer med bevillingens nummer,",
        "periode og antal dage. Krav, der ikke er faktureret inden 12 måneder, bortfalder.",
        "",
        "§ 10 Tilsyn og dokumentation",
        "Leverandøren underretter straks kommunen om påbud fra tilsynet. Status sendes før hver opfølgning.",
        "",
        "For kommunen                                   For leverandøren",
    ]
    return [first, second]


def _opening(contract: Contract) -> list[str]:
    citizen, line = contract.citizen, contract.lines[0]
    assert citizen is not None  # noqa: S101 - individual contracts alone
    rates = line.rates
    price = f"{_amount(rates[-1].amount)} kr. pr. {line.unit}" if rates else "den aftalte takst"
    until = "" if contract.end is None else f" til og med den {_day(contract.end - timedelta(days=1))}"
    return [
        "KONTRAKT OM INDIVIDUEL INDSATS",
        "",
        f"Kontrakt {contract.number}",
        f"Aftalen er indgået mellem Vesterhav Kommune og {contract.supplier.name}, CVR-nr. {contract.supplier.cvr},",
        f"P-nr. {contract.provider.p_number}, om pladsen på {contract.provider.name}.",
        f"Aftalen angår {citizen.name}, CPR-nr. {citizen.cpr[:6]}-{citizen.cpr[-4:]},",
        f"efter {_section(contract.section)} og gælder fra den {_day(contract.start)}{until}.",
        "",
        "§ 1 Ydelse",
        "Borgeren modtager den støtte, som følger af bevillingen: 20 timer om ugen med fast kontaktperson,",
        "dækning hele døgnet og personale med relevant uddannelse.",
        "",
        "§ 2 Pris",
        f"Prisen er {price}. Den omfatter alle ydelser, der følger af bevillingen.",
        "",
    ]


def _clause(contract: Contract, name: str, planted: Sequence[str]) -> str:
    if name in planted:
        return WORDINGS[name]
    cut = 100 - contract.absence_pct if contract.absence_pct is not None else 20
    return _FAIR[name].format(days=contract.absence_days or 14, cut=cut)


def _section(section: str) -> str:
    law, _, number = section.partition(" § ")
    return f"{'barnets lov' if law == 'BL' else 'serviceloven'} § {number or section}"


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _day(day: date) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"
