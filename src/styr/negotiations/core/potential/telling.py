"""Why an amount, in Danish for somebody who doubts it: the evidence, the estimate where there is one, the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.kernel.danish import danish_date, danish_number, kroner
from styr.kernel.units import Unit
from styr.negotiations.core.codes import Reason, SavingKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from styr.negotiations.core.potential.ranking import Found
    from styr.negotiations.core.potential.shares import Share

KIND: Final[Mapping[Reason, SavingKind]] = {
    Reason.PRICE_PEERS: SavingKind.RATE_REDUCTION,
    Reason.ABOVE_PORTAL: SavingKind.RATE_REDUCTION,
    Reason.SPECIAL_NO_HOURS: SavingKind.SPECIAL_RATE,
    Reason.SPECIAL_HOURLY: SavingKind.SPECIAL_RATE,
    Reason.SPECIAL_SUM: SavingKind.SPECIAL_RATE,
    Reason.SPECIAL_OVERDUE: SavingKind.SPECIAL_RATE,
    Reason.SPECIAL_CONSTANT: SavingKind.SPECIAL_RATE,
    Reason.NOT_DELIVERED: SavingKind.NOT_DELIVERED,
    Reason.TERMS_NOTICE: SavingKind.TERMS,
    Reason.TERMS_ABSENCE: SavingKind.TERMS,
    Reason.TERMS_INDEX: SavingKind.TERMS,
    Reason.TERMS_VACANCY: SavingKind.TERMS,
    Reason.INVOICES_WRONG: SavingKind.INVOICE_CORRECTION,
    Reason.NO_CONTRACT: SavingKind.RATE_REDUCTION,
    Reason.SUPPLIER_VOLUME: SavingKind.RATE_REDUCTION,
}
"""The kind of saving that a reason leads to."""

NEXT: Final[Mapping[Reason, str]] = {
    Reason.PRICE_PEERS: "Bed leverandøren om at begrunde prisen, og foreslå en pris nærmere medianen.",
    Reason.ABOVE_PORTAL: "Kræv den indberettede takst, og få forskellen krediteret.",
    Reason.SPECIAL_NO_HOURS: "Bed om timer, timepris, formål og slutdato.",
    Reason.SPECIAL_HOURLY: "Foreslå medianens timepris.",
    Reason.SPECIAL_SUM: "Bed om, at prisen rettes til timer gange timepris.",
    Reason.SPECIAL_OVERDUE: "Hold evalueringen, og aftal nedtrapning eller ophør.",
    Reason.SPECIAL_CONSTANT: "Aftal en plan for nedtrapning med faste datoer.",
    Reason.NOT_DELIVERED: "Bed om en forklaring. Spørg sagsbehandleren, om behovet er der endnu.",
    Reason.TERMS_NOTICE: "Foreslå løbende måned og 30 dage ved næste genforhandling.",
    Reason.TERMS_ABSENCE: "Foreslå reduktion efter få dages fravær.",
    Reason.TERMS_INDEX: "Foreslå regulering med KL's PL-fremskrivning.",
    Reason.TERMS_VACANCY: "Foreslå betaling fra den dag, borgeren flytter ind.",
    Reason.INVOICES_WRONG: "Tag fakturaerne op på næste opfølgningsmøde, og kræv kreditnotaer.",
    Reason.NO_CONTRACT: "Indhent kontrakten, eller skriv et udkast.",
    Reason.SUPPLIER_VOLUME: "Foreslå en rammeaftale for det hele.",
}


def told(found: Found, shares: Mapping[Reason, Share]) -> str:
    """Return the whole explanation: what is seen, and where the amount comes from."""
    share = shares.get(found.reason)
    said = _SAID[found.reason](found).replace("kr..", "kr.")
    if share is None:
        return said
    return f"{said} Skøn: {share.low}-{share.high} %, her {share.likely} %. {share.why}"


def _peers(one: Found) -> str:
    whom = "hos samme slags leverandør" if one.alike else "hos alle slags leverandører"
    return (
        f"Prisen er {_kr(one.price)} pr. {_unit(one)}. Medianen af {one.peers} tilbud efter samme paragraf og med "
        f"samme ydelse {whom} er {_kr(one.usual)}, og det usædvanlige begynder ved {_kr(one.edge)}. Det lave "
        "skøn går ned til grænsen, det høje ned til medianen. Forskellen kan skyldes et større støttebehov, som "
        "registret ikke kender."
    )


def _portal(one: Found) -> str:
    return (
        f"Prisen er {_kr(one.price)} pr. {_unit(one)}, men tilbuddet har indberettet {_kr(one.usual)} til "
        "Tilbudsportalen. Hele forskellen tæller."
    )


def _no_hours(one: Found) -> str:
    return (
        f"Særtaksten på {_kr(one.price)} pr. {_unit(one)} har ingen {'timer' if one.hours is None else 'timepris'} "
        f"i kontrakten og koster {kroner(one.year_ore, whole=True)} de næste tolv måneder."
    )


def _hourly(one: Found) -> str:
    return (
        f"Timeprisen er {_kr(one.hourly)}. Medianen hos {one.peers} leverandører er {_kr(one.usual)}, og det "
        f"usædvanlige begynder ved {_kr(one.edge)}. Det lave skøn går ned til grænsen, det høje til medianen."
    )


def _sum(one: Found) -> str:
    return (
        f"Aftalt er {_number(one.hours)} timer à {_kr(one.hourly)}, i alt {_kr(one.usual)}, men prisen er "
        f"{_kr(one.price)} pr. {_unit(one)}. Hele forskellen tæller."
    )


def _overdue(one: Found) -> str:
    return (
        f"Særtaksten på {_kr(one.price)} pr. {_unit(one)} skulle være evalueret {_day(one)} og koster "
        f"{kroner(one.year_ore, whole=True)} de næste tolv måneder."
    )


def _constant(one: Found) -> str:
    return (
        f"Særtaksten på {_kr(one.price)} pr. {_unit(one)} har aldrig været lavere, siden den begyndte {_day(one)}, og "
        "slutter ikke inden for et halvt år."
    )


def _short(one: Found) -> str:
    months = "måned" if one.counted == 1 else "måneder"
    return (
        f"I {one.counted} {months}, der er oplyst, blev der leveret for {kroner(one.seen_ore or 0, whole=True)} "
        "mindre, end bevilling og kontrakt lover. Det lave skøn er det, der er set; det høje, hvis det fortsætter."
    )


def _notice(one: Found) -> str:
    return (
        f"Varslet er {one.counted} dage mod 60 (løbende måned og 30 dage). Opsiges aftalen, betales op til "
        f"{kroner(one.high_ore, whole=True)} mere."
    )


def _absence(one: Found) -> str:
    return (
        f"Borgeren var væk {one.counted} dage det seneste år, og kontrakten lader dem betale fuldt ud: "
        f"{kroner(one.seen_ore or 0, whole=True)}."
    )


def _index(one: Found) -> str:
    return (
        f"Prisen stiger {_number(one.percent)} % om året. KL's PL-fremskrivning for {one.counted} er "
        f"{_number(one.usual)} %. Forskellen tæller det første år."
    )


def _vacancy(one: Found) -> str:
    return f"Der betales {_number(one.percent)} % af prisen, før borgeren flytter ind. Det høje skøn er for 30 dage."


def _wrong(one: Found) -> str:
    return f"{one.counted} fakturaer det seneste år krævede for meget, i alt {kroner(one.seen_ore or 0, whole=True)}."


def _bare(one: Found) -> str:
    return f"Der betales {kroner(one.year_ore, whole=True)} de næste tolv måneder uden en kontrakt."


_SAID: Final = {
    Reason.PRICE_PEERS: _peers,
    Reason.ABOVE_PORTAL: _portal,
    Reason.SPECIAL_NO_HOURS: _no_hours,
    Reason.SPECIAL_HOURLY: _hourly,
    Reason.SPECIAL_SUM: _sum,
    Reason.SPECIAL_OVERDUE: _overdue,
    Reason.SPECIAL_CONSTANT: _constant,
    Reason.NOT_DELIVERED: _short,
    Reason.TERMS_NOTICE: _notice,
    Reason.TERMS_ABSENCE: _absence,
    Reason.TERMS_INDEX: _index,
    Reason.TERMS_VACANCY: _vacancy,
    Reason.INVOICES_WRONG: _wrong,
    Reason.NO_CONTRACT: _bare,
}


def _kr(amount: Decimal | None) -> str:
    return "ukendt" if amount is None else kroner(int(amount * 100))


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else danish_number(amount.normalize() + 0)


def _unit(one: Found) -> str:
    return Unit(one.unit).danish


def _day(one: Found) -> str:
    return "" if one.on_day is None else danish_date(one.on_day)
