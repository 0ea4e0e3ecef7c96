"""Drafts of queries to the supplier: per exception a precise, polite letter with the facts of the finding.

A letter names the invoice, the period and the grant number, which the supplier knows the citizen by. It never holds a
CPR number, a name or a birth date, so that name and address protection (CPR-loven § 28) holds by itself, and it may be
sent by ordinary mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from styr.controls.core.explain import Value, explain

_GREETING: Final = "Til økonomiafdelingen\n\n"
_ABOUT: Final = "Vedr. faktura {invoice_number}"
_LINE: Final = "Vi har gennemgået jeres faktura {invoice_number} for perioden {period_start:period period_end}"
_GRANT: Final = " (bevilling {grant_number})"
_AMOUNTS: Final = (
    "\n\nFaktureret: {claimed_ore}\nForventet efter kontrakt og bevilling: {expected_ore}\nForskel: {amount_ore}"
)
_CREDIT: Final = (
    "\n\nVi beder jer sende en kreditnota og en ny faktura."
    " Er I ikke enige, så skriv til os, og vedlæg den aftale, I bygger kravet på."
)
_HELD: Final = "\n\nFakturaen betales, når spørgsmålet er afklaret. Svar gerne med henvisning til fakturanummeret."
_BYE: Final = "\n\nMed venlig hilsen\nØkonomi"
_RECEIVED: Final = "Vi har modtaget jeres faktura {invoice_number}.\n\n"
_CHANGING: Final = (
    ".\n\nPrisen passer ikke med kontraktens priser, som skifter i perioden. Del linjen op efter pris."
    + _AMOUNTS
    + _CREDIT
)

_BODIES: Final[Mapping[str, str]] = {
    "invoice_citizen_unclear": _LINE
    + ".\n\nVi kan ikke se, hvilken bevilling linjen på {claimed_ore} hører til: {why}. Skriv bevillingsnummeret "
    "(B1234567-8) i ordrereferencen. Send ikke CPR-nummer i svaret." + _HELD,
    "invoice_no_grant": _LINE
    + ".\n\nVi har ingen gældende bevilling hos jer for linjen på {claimed_ore}. Skriv, hvem hos os der har bestilt "
    "ydelsen og hvornår, og oplys bevillingsnummeret." + _HELD,
    "invoice_no_contract": _LINE + _GRANT + ".\n\nVi kan ikke finde en gældende kontrakt med pris: {why}. "
    "Send os den aftale, som prisen bygger på." + _HELD,
    "invoice_contract_unsigned": _LINE
    + _GRANT
    + ".\n\nKontrakt {contract_number} er ikke underskrevet af begge parter. Send os et underskrevet eksemplar."
    + _HELD,
    "invoice_outside_period": _LINE
    + _GRANT
    + ".\n\nBevillingen gælder {grant_starts:period grant_ends}. Der er faktureret for dage uden for den."
    + _AMOUNTS
    + _CREDIT,
    "invoice_grant_ended": _LINE
    + _GRANT
    + ".\n\nBevillingen sluttede {grant_ends:last}, og der er ikke bevilget noget i den fakturerede periode."
    + _AMOUNTS
    + _CREDIT,
    "invoice_citizen_dead_or_moved": _LINE
    + _GRANT
    + ".\n\nEfter vores oplysninger er {gone_last:last} den sidste dag, der kan faktureres."
    + _AMOUNTS
    + _CREDIT,
    "invoice_beyond_notice": _LINE
    + _GRANT
    + ".\n\nAftalen blev opsagt {given_on}, og opsigelsesvarslet udløb {notice_last}. Derefter kan der ikke faktureres."
    + _AMOUNTS
    + _CREDIT,
    "invoice_after_invoicing_deadline": _LINE
    + _GRANT
    + ".\n\nEfter kontrakten skal der faktureres senest {invoice_days} dage efter perioden, altså {deadline}. Skriv, "
    "hvorfor kravet på {claimed_ore} kommer senere." + _HELD,
    "invoice_duplicate": _LINE
    + _GRANT
    + ".\n\nDe samme dage er allerede faktureret på faktura {other_number} af {other_issued}."
    + _AMOUNTS
    + _CREDIT,
    "invoice_already_paid": _LINE
    + _GRANT
    + ".\n\nDe samme dage er allerede faktureret og godkendt på faktura {other_number} af {other_issued}."
    + _AMOUNTS
    + _CREDIT,
    "invoice_rate_high": _LINE
    + _GRANT
    + ".\n\nEnhedsprisen er {price:kr}. Efter kontrakten er den {expected_price:kr} i perioden."
    + _AMOUNTS
    + _CREDIT,
    "invoice_rate_low": _LINE
    + _GRANT
    + ".\n\nEnhedsprisen er {low_price:kr}, men efter kontrakten er den {expected_price:kr} i perioden. Vi "
    "vil gerne betale "
    "det rigtige." + _AMOUNTS + _CREDIT,
    "invoice_quantity": _LINE
    + _GRANT
    + ".\n\nDer er faktureret {quantity}, men bevillingen svarer til {expected_quantity} i perioden."
    + _AMOUNTS
    + _CREDIT,
    "invoice_absence_not_deducted": _LINE
    + _GRANT
    + ".\n\nVi har registreret fravær, som efter kontrakten skal trækkes fra. Der skulle være faktureret "
    "{expected_quantity} i stedet for {quantity}." + _AMOUNTS + _CREDIT,
    "invoice_uncontracted_extra": _LINE
    + _GRANT
    + ".\n\nDer er en linje på {claimed_ore}, som vi hverken kan finde i kontrakten eller i bevillingen. "
    "Skriv, hvad den "
    "dækker, og hvem hos os der har aftalt den." + _HELD,
    "invoice_supplier_not_party": _LINE
    + _GRANT
    + ".\n\nBevillingen leveres ikke af jer (CVR {supplier_cvr}) efter vores oplysninger. Skriv, hvad jeres "
    "krav bygger på." + _HELD,
    "invoice_wrong_paying_municipality": _LINE
    + _GRANT
    + ".\n\nVi er ikke betalingskommune for borgeren. Fakturaen skal sendes til den kommune, der er det."
    + _CREDIT,
    "invoice_wrong_payer": "Vi har modtaget jeres faktura {invoice_number} af {issued}.\n\nDen er sendt til EAN-nummer "
    "{buyer_ean}, som ikke er et af vores. Send en kreditnota og en ny faktura til det rigtige EAN-nummer.",
    "invoice_sent_before": "Vi har modtaget jeres faktura {invoice_number} af {issued}.\n\nVi har allerede en "
    "faktura fra jer "
    "med samme nummer af {other_issued}. Skriv, om den er sendt to gange, eller om en af dem skal have et nyt nummer."
    + _HELD,
    "invoice_document_fatal": "Vi har modtaget jeres faktura {invoice_number}.\n\nDen har en fejl, så vi ikke "
    "kan betale den: "
    "{message} (regel {rule})." + _CREDIT,
    "invoice_document_error": "Vi har modtaget jeres faktura {invoice_number}.\n\nDen har en fejl: {message} "
    "(regel {rule})." + _CREDIT,
    "invoice_too_late": "Vi har modtaget jeres faktura {invoice_number} af {issued}.\n\nDen gælder tiden til og med "
    "{period_end:last}. Krav mellem myndigheder skal være rejst senest tolv måneder efter, altså før {deadline} "
    "(serviceloven § 174, stk. 2, og barnets lov § 195, stk. 2). Skriv, hvis kravet er rejst tidligere." + _HELD,
    "invoice_rate_high_changing": _LINE + _GRANT + _CHANGING,
    "invoice_rate_low_changing": _LINE + _GRANT + _CHANGING,
    "invoice_outdated": _LINE
    + ".\n\nKravet på {claimed_ore} er kommet efter {deadline}, mere end tre år efter perioden "
    "(forældelsesloven § 3). Skriv, hvis det er rejst tidligere." + _HELD,
    "invoice_ahead": _LINE + ".\n\nPerioden ligger for langt ude i fremtiden til, at vi kan betale den nu." + _CREDIT,
    "invoice_unsure": _LINE
    + ".\n\nVi kan ikke se sikkert, hvilken bevilling linjen på {claimed_ore} hører til. Skriv bevillingsnummeret "
    "i ordrereferencen. Send ikke CPR-nummer i svaret." + _HELD,
    "invoice_unknown_supplier": _RECEIVED
    + "Vi kender ikke CVR-nummer {supplier_cvr}. Skriv, hvem hos os der har bestilt "
    "ydelsen." + _HELD,
    "invoice_other_currency": _RECEIVED + "Beløbene er ikke i danske kroner, som vi har aftalt." + _CREDIT,
    "invoice_taxed": _RECEIVED + "Der er lagt moms på. Social omsorg og pleje er fritaget for moms (momsloven § 13, "
    "stk. 1, nr. 2)." + _CREDIT,
    "invoice_other_amount": _RECEIVED + "Beløbet til betaling er et andet end det, ydelserne koster. Skriv, hvad "
    "forskellen dækker." + _HELD,
    "invoice_beside_lines": _RECEIVED + "Linjerne giver tilsammen et andet beløb end fakturaen. Skriv, hvad forskellen "
    "dækker." + _HELD,
    "invoice_undated": _RECEIVED + "Der står ingen fakturadato." + _CREDIT,
    "invoice_waiting": _RECEIVED
    + "Den passer kun sammen med {other_number}, som vi ikke kan godkende, som den er."
    + _HELD,
}
"""By control code. New accounts are not here: whoever changed the account would answer; such a supplier is "
"telephoned."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A drafted query: what it is about, and the text."""

    subject: str
    body: str


def drafted(control_code: str, evidence: Mapping[str, Value], *, sender: str = "") -> Letter | None:
    """Draft the query of a finding, or None where the supplier is not the one to ask.

    Args:
        control_code: the finding's control.
        evidence: the finding's evidence with `amount_ore`; see `controls.core.explain` for the forms.
        sender: the municipality's name, below the letter.
    """
    body = _BODIES.get(control_code)
    if body is None:
        return None
    subject = explain(_ABOUT, evidence)
    return Letter(subject, f"{_GREETING}{subject}\n\n{explain(body, evidence)}{_BYE}{f', {sender}' if sender else ''}")
