"""The controls of what is claimed for a service and a period, held against grant and contract."""

from typing import Final

from styr.controls.core.registry import OwnerRole
from styr.invoices.control_shape import COMPARED, PAYMENT, About, Expression
from styr.invoices.core.codes import Verdict
from styr.invoices.core.findings import about_claims, about_register, about_time


def _verdict(verdict: Verdict) -> Expression:
    return lambda focus: about_claims.with_verdict(focus, verdict)


def _once_or_paid(*, already_paid: bool) -> Expression:
    return lambda focus: about_claims.duplicates(focus, already_paid=already_paid)


OF_CLAIMS: Final = (
    About(
        "citizen_unclear",
        "Borgeren er uklar",
        "det kan ikke ses sikkert, hvem linjen på {claimed_ore} gælder: {why}.",
        about_claims.unclear,
        "citizen_unclear",
    ),
    About(
        "no_grant",
        "Ingen bevilling",
        "der er ingen bevilget indsats hos leverandøren, som linjen på {claimed_ore} kan høre til.",
        _verdict(Verdict.NO_GRANT),
        "no_grant",
        owner=OwnerRole.CASEWORKER,
        source="Bevillingen; forvaltningslovens krav om en afgørelse bag ydelsen",
    ),
    About(
        "no_contract",
        "Ingen gældende kontrakt",
        "{why} (bevilling {grant_number}). Der kræves {claimed_ore}.",
        about_claims.without_contract,
        "no_contract",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "outside_period",
        "Uden for bevillingens periode",
        "bevilling {grant_number} gælder {grant_starts:period grant_ends}, men der kræves for dage uden for den."
        + COMPARED,
        about_claims.outside,
        "outside_period",
    ),
    About(
        "grant_ended",
        "Bevillingen er udløbet",
        "bevilling {grant_number} sluttede {grant_ends:last}, før perioden begynder. Der kræves {claimed_ore}.",
        about_claims.after_grant,
        "outside_period",
        hard_stop=True,
        owner=OwnerRole.CASEWORKER,
    ),
    About(
        "citizen_dead_or_moved",
        "Borgeren er død eller fraflyttet",
        "borgeren {why}; sidste dag, der kan betales, er {gone_last:last}." + COMPARED,
        about_claims.after_leaving,
        "outside_period",
        hard_stop=True,
        owner=OwnerRole.CASEWORKER,
    ),
    About(
        "beyond_notice",
        "Krævet efter opsigelsesvarslet",
        "aftalen blev opsagt {given_on}, og varslet udløb {notice_last}." + COMPARED,
        about_claims.beyond_notice,
        "outside_period",
        hard_stop=True,
        owner=OwnerRole.NEGOTIATOR,
        source="Kontraktens opsigelsesvilkår",
    ),
    About(
        "duplicate",
        "Krævet to gange",
        "de samme dage er allerede krævet på faktura {other_number} af {other_issued}. For meget: {amount_ore}.",
        _once_or_paid(already_paid=False),
        "duplicate",
        hard_stop=True,
        source=PAYMENT,
    ),
    About(
        "already_paid",
        "Allerede betalt",
        "de samme dage er godkendt eller betalt på faktura {other_number} af {other_issued}. For meget: {amount_ore}.",
        _once_or_paid(already_paid=True),
        "duplicate",
        hard_stop=True,
        source=PAYMENT,
    ),
    About(
        "rate_high",
        "Taksten er for høj",
        "prisen er {price:kr} pr. {measure:unit}, men aftalt er {expected_price:kr}." + COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_HIGH, changing=False),
        "rate_high",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "rate_low",
        "Taksten er for lav",
        "prisen er {low_price:kr} pr. {measure:unit}, men aftalt er {expected_price:kr}." + COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_LOW, changing=False),
        "rate_low",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "rate_high_changing",
        "Taksten er for høj (skiftende priser)",
        "prisen er {price:kr} pr. {measure:unit}, og i perioden gælder skiftende priser." + COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_HIGH, changing=True),
        "rate_high",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "rate_low_changing",
        "Taksten er for lav (skiftende priser)",
        "prisen er {low_price:kr} pr. {measure:unit}, og i perioden gælder skiftende priser." + COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_LOW, changing=True),
        "rate_low",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "quantity",
        "Antallet passer ikke",
        "der er krævet {quantity} {asked_in}, men bevilget er {expected_quantity}." + COMPARED,
        _verdict(Verdict.QUANTITY),
        "quantity",
    ),
    About(
        "absence_not_deducted",
        "Fravær er ikke trukket fra",
        "borgeren har været fraværende, så der kun skal betales for {expected_quantity} {expected_in}." + COMPARED,
        _verdict(Verdict.ABSENCE),
        "absence_not_deducted",
    ),
    About(
        "uncontracted_extra",
        "Ydelsen er ikke aftalt",
        "der er krævet {claimed_ore} for en ydelse, som hverken bevilling {grant_number} eller kontrakten indeholder.",
        _verdict(Verdict.EXTRA),
        "uncontracted_extra",
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "contract_unsigned",
        "Kontrakten er ikke underskrevet",
        "kontrakt {contract_number} er ikke underskrevet. Der kræves {claimed_ore}.",
        about_claims.unsigned_contract,
        "no_contract",
        hard_stop=True,
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "supplier_not_party",
        "Leverandøren er ikke part",
        "leverandøren med CVR-nummer {supplier_cvr} {why} (bevilling {grant_number}).",
        about_claims.not_party,
        None,
        hard_stop=True,
        owner=OwnerRole.NEGOTIATOR,
    ),
    About(
        "held_by_registers",
        "Registret stopper betalingen",
        "{why} (bevilling {grant_number}). Der kræves {claimed_ore}.",
        about_register.held_by_registers,
        None,
        owner=OwnerRole.NEGOTIATOR,
        source="SEL § 14 og lov om socialtilsyn; kommunens regler for samtidige bevillinger",
    ),
    About(
        "wrong_paying_municipality",
        "En anden kommune betaler",
        "betalingskommunen for borgeren er {paying}. Der kræves {claimed_ore}.",
        about_claims.paid_by_another,
        "wrong_payer",
        source="Betalingskommune efter retssikkerhedslovens §§ 9-9 c",
    ),
    About(
        "too_late",
        "Krævet efter tolv måneder",
        "den anden myndigheds krav på {claimed_ore} kom efter fristen {deadline}.",
        about_time.too_late,
        "outside_period",
        source="SEL § 174, stk. 2; Barnets Lov § 195, stk. 2",
    ),
    About(
        "outdated",
        "Kravet kan være forældet",
        "kravet på {claimed_ore} kom efter {deadline}, tre år efter periodens sidste dag.",
        about_time.outdated,
        None,
        source="Forældelseslovens § 3",
    ),
    About(
        "after_invoicing_deadline",
        "Krævet efter kontraktens frist",
        "kravet på {claimed_ore} kom efter {deadline}; efter kontrakten faktureres inden for {invoice_days} dage.",
        about_time.beyond_agreed_days,
        None,
        owner=OwnerRole.NEGOTIATOR,
        source="Kontraktens vilkår om fakturering",
    ),
    About(
        "ahead",
        "Krævet for lang tid forud",
        "kravet på {claimed_ore} kom {received_on}, længe før perioden er gået.",
        about_time.ahead,
        None,
        source=PAYMENT,
    ),
    About(
        "unsure",
        "Linjen hører ikke sikkert til en bevilling",
        "intet på fakturaen knytter sikkert linjen på {claimed_ore} til en ydelse på en underskrevet kontrakt.",
        about_claims.unsure,
        None,
    ),
)
