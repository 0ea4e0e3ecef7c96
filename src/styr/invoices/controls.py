"""The invoice controls (fakturakontrol): the twelve exception codes and the hard stops of the law and the contracts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import ibis

from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Reach, Severity, SubjectKind, register, register_reach
from styr.invoices.core.codes import Verdict
from styr.invoices.core.findings import about_claims, about_invoices, about_time
from styr.invoices.core.reach import leaning_invoices, lines_of_invoices, touched_invoices

_TERMS: Final = "Kontrakten og bevillingen; SEL § 14"
_PAYMENT: Final = "Kommunens regnskabsregulativ: der betales kun for det, der er aftalt og leveret"
_NAMED: Final = "Faktura {invoice_number}: "
_ASKED: Final = "Faktura {invoice_number} ({period_start:period period_end}): "
_COMPARED: Final = " Der kræves {claimed_ore}, og der var ventet {expected_ore}."

Expression = Callable[[Focus], ibis.Table]


@dataclass(frozen=True, slots=True)
class _About:
    """What differs from control to control here; of a claim (its first line), unless `whole` says of the invoice."""

    code: str
    title: str
    explanation: str
    expression: Expression
    exception: str | None
    owner: OwnerRole = OwnerRole.ECONOMIST
    source: str = _TERMS
    severity: Severity = Severity.ERROR
    hard_stop: bool = False
    whole: bool = False

    def control(self) -> Control:
        """The control, with the invoice named first in its explanation."""
        return Control(
            code=f"invoice_{self.code}",
            title=self.title,
            explanation=(_NAMED if self.whole else _ASKED) + self.explanation,
            owner_role=self.owner,
            source=self.source,
            severity=self.severity,
            hard_stop=self.hard_stop,
            subject_kind=SubjectKind.INVOICE if self.whole else SubjectKind.INVOICE_LINE,
            expression=self.expression,
            exception_code=self.exception,
        )


def _verdict(verdict: Verdict) -> Expression:
    return lambda focus: about_claims.with_verdict(focus, verdict)


def _once_or_paid(*, already_paid: bool) -> Expression:
    return lambda focus: about_claims.duplicates(focus, already_paid=already_paid)


_ALL: Final = (
    _About(
        "citizen_unclear",
        "Borgeren er uklar",
        "det kan ikke ses sikkert, hvem linjen på {claimed_ore} gælder: {why}.",
        about_claims.unclear,
        "citizen_unclear",
    ),
    _About(
        "no_grant",
        "Ingen bevilling",
        "der er ingen bevilget indsats hos leverandøren, som linjen på {claimed_ore} kan høre til.",
        _verdict(Verdict.NO_GRANT),
        "no_grant",
        owner=OwnerRole.CASEWORKER,
        source="Bevillingen; forvaltningslovens krav om en afgørelse bag ydelsen",
    ),
    _About(
        "no_contract",
        "Ingen gældende kontrakt",
        "{why} (bevilling {grant_number}). Der kræves {claimed_ore}.",
        about_claims.without_contract,
        "no_contract",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "outside_period",
        "Uden for bevillingens periode",
        "bevilling {grant_number} gælder {grant_starts:period grant_ends}, men der kræves for dage uden for den."
        + _COMPARED,
        about_claims.outside,
        "outside_period",
    ),
    _About(
        "grant_ended",
        "Bevillingen er udløbet",
        "bevilling {grant_number} sluttede {grant_ends:last}, før perioden begynder. Der kræves {claimed_ore}.",
        about_claims.after_grant,
        "outside_period",
        hard_stop=True,
        owner=OwnerRole.CASEWORKER,
    ),
    _About(
        "citizen_dead_or_moved",
        "Borgeren er død eller fraflyttet",
        "borgeren {why}; sidste dag, der kan betales, er {gone_last:last}." + _COMPARED,
        about_claims.after_leaving,
        "outside_period",
        hard_stop=True,
        owner=OwnerRole.CASEWORKER,
    ),
    _About(
        "duplicate",
        "Krævet to gange",
        "de samme dage er allerede krævet på faktura {other_number} af {other_issued}. For meget: {amount_ore}.",
        _once_or_paid(already_paid=False),
        "duplicate",
        hard_stop=True,
        source=_PAYMENT,
    ),
    _About(
        "already_paid",
        "Allerede betalt",
        "de samme dage er godkendt eller betalt på faktura {other_number} af {other_issued}. For meget: {amount_ore}.",
        _once_or_paid(already_paid=True),
        "duplicate",
        hard_stop=True,
        source=_PAYMENT,
    ),
    _About(
        "rate_high",
        "Taksten er for høj",
        "prisen er {price:kr} pr. {measure:unit}, men aftalt er {expected_price:kr}." + _COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_HIGH, changing=False),
        "rate_high",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "rate_low",
        "Taksten er for lav",
        "prisen er {low_price:kr} pr. {measure:unit}, men aftalt er {expected_price:kr}." + _COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_LOW, changing=False),
        "rate_low",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "rate_high_changing",
        "Taksten er for høj",
        "prisen er {price:kr} pr. {measure:unit}, og i perioden gælder skiftende priser." + _COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_HIGH, changing=True),
        "rate_high",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "rate_low_changing",
        "Taksten er for lav",
        "prisen er {low_price:kr} pr. {measure:unit}, og i perioden gælder skiftende priser." + _COMPARED,
        lambda focus: about_claims.at_price(focus, Verdict.RATE_LOW, changing=True),
        "rate_low",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "quantity",
        "Antallet passer ikke",
        "der er krævet {quantity} {asked_in}, men bevilget er {expected_quantity}." + _COMPARED,
        _verdict(Verdict.QUANTITY),
        "quantity",
    ),
    _About(
        "absence_not_deducted",
        "Fravær er ikke trukket fra",
        "borgeren har været fraværende, så der kun skal betales for {expected_quantity} {expected_in}, men der kræves "
        "{quantity}." + _COMPARED,
        _verdict(Verdict.ABSENCE),
        "absence_not_deducted",
    ),
    _About(
        "uncontracted_extra",
        "Ydelsen er ikke aftalt",
        "der er krævet {claimed_ore} for en ydelse, som hverken bevilling {grant_number} eller kontrakten indeholder.",
        _verdict(Verdict.EXTRA),
        "uncontracted_extra",
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "contract_unsigned",
        "Kontrakten er ikke underskrevet",
        "kontrakt {contract_number} er ikke underskrevet. Der kræves {claimed_ore}.",
        about_claims.unsigned_contract,
        "no_contract",
        hard_stop=True,
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "supplier_not_party",
        "Leverandøren er ikke part",
        "leverandøren med CVR-nummer {supplier_cvr} er ikke den, bevilling {grant_number} leveres af.",
        about_claims.not_party,
        None,
        hard_stop=True,
        owner=OwnerRole.NEGOTIATOR,
    ),
    _About(
        "wrong_paying_municipality",
        "En anden kommune betaler",
        "betalingskommunen for borgeren er {paying}. Der kræves {claimed_ore}.",
        about_claims.paid_by_another,
        "wrong_payer",
        source="Betalingskommune efter retssikkerhedslovens §§ 9-9 c",
    ),
    _About(
        "wrong_payer",
        "Forkert modtager",
        "EAN-nummer {buyer_ean} er ikke et af kommunens. Beløb: {amount_ore}.",
        about_invoices.foreign_ean,
        "wrong_payer",
        source=_PAYMENT,
        whole=True,
    ),
    _About(
        "new_bank_account",
        "Ny bankkonto",
        "betalingskontoen er ikke registreret. Kontrollér den hos leverandøren, før {amount_ore} betales.",
        about_invoices.unknown_account,
        None,
        hard_stop=True,
        source="Intern kontrol mod betalingssvindel",
        whole=True,
    ),
    _About(
        "sent_before",
        "Sendt før",
        "leverandøren har sendt en faktura med samme nummer {other_issued}. Beløb: {amount_ore}.",
        about_invoices.sent_before,
        "duplicate",
        hard_stop=True,
        source="Bogføringsloven: et fakturanummer bruges én gang",
        whole=True,
    ),
    _About(
        "document_fatal",
        "Fejl i dokumentet, der stopper betaling",
        "{message} (regel {rule}; {faults:fejl|fejl} i alt).",
        lambda focus: about_invoices.document_faults(focus, "fatal"),
        "document_error",
        hard_stop=True,
        severity=Severity.FATAL,
        source="Bekendtgørelsen om elektronisk fakturering; OIOUBL og EN 16931",
        whole=True,
    ),
    _About(
        "document_error",
        "Fejl i dokumentet",
        "{message} (regel {rule}; {faults:fejl|fejl} i alt).",
        lambda focus: about_invoices.document_faults(focus, "error"),
        "document_error",
        source="Bekendtgørelsen om elektronisk fakturering; OIOUBL og EN 16931",
        whole=True,
    ),
    _About(
        "too_late",
        "Krævet efter tolv måneder",
        "den anden myndigheds krav på {claimed_ore} kom efter fristen {deadline}.",
        about_time.too_late,
        "outside_period",
        source="SEL § 174, stk. 2; Barnets Lov § 195, stk. 2",
    ),
    _About(
        "outdated",
        "Kravet kan være forældet",
        "kravet på {claimed_ore} kom efter {deadline}, tre år efter periodens sidste dag.",
        about_time.outdated,
        None,
        source="Forældelseslovens § 3",
    ),
    _About(
        "ahead",
        "Krævet for lang tid forud",
        "kravet på {claimed_ore} kom {received_on}, længe før perioden er gået.",
        about_time.ahead,
        None,
        source=_PAYMENT,
    ),
    _About(
        "unsure",
        "Linjen hører ikke sikkert til en bevilling",
        "linjen på {claimed_ore} er ikke sikkert knyttet til en ydelse på en underskrevet kontrakt.",
        about_claims.unsure,
        None,
    ),
    _About(
        "unknown_supplier",
        "Leverandøren er ukendt",
        "CVR-nummer {supplier_cvr} findes ikke i leverandørregistret. Beløb: {amount_ore}.",
        about_invoices.unknown_supplier,
        None,
        source=_PAYMENT,
        whole=True,
    ),
    _About(
        "other_currency",
        "Fremmed valuta",
        "beløbene er i {currency}, men der er aftalt danske kroner.",
        about_invoices.other_currency,
        None,
        whole=True,
    ),
    _About(
        "taxed",
        "Der er lagt moms på",
        "momsen er {tax_ore}, men social omsorg og pleje er fritaget for moms.",
        about_invoices.taxed,
        None,
        source="Momslovens § 13, stk. 1, nr. 2",
        whole=True,
    ),
    _About(
        "other_amount",
        "Et andet beløb skal betales",
        "der skal betales {payable_ore}, men ydelserne koster {net_ore}.",
        about_invoices.other_amount,
        None,
        source=_PAYMENT,
        whole=True,
    ),
    _About(
        "beside_lines",
        "Beløb uden for linjerne",
        "linjerne er tilsammen {lines_ore}, men fakturaen lyder på {net_ore}.",
        about_invoices.beside_lines,
        None,
        source=_PAYMENT,
        whole=True,
    ),
    _About(
        "undated",
        "Fakturaen har ingen dato",
        "der står ingen fakturadato. Beløb: {amount_ore}.",
        about_invoices.undated,
        None,
        source="Bekendtgørelsen om elektronisk fakturering; OIOUBL og EN 16931",
        whole=True,
    ),
)

_WAITING: Final = _About(
    "waiting",
    "Afventer kreditnota",
    "fakturaen passer kun sammen med {other_number}, som der er fundet noget ved.",
    lambda focus: about_invoices.waiting(focus, [about.expression for about in _ALL]),
    None,
    source=_PAYMENT,
    whole=True,
)
"""Asks all the others about the documents that an invoice leans on."""

CONTROLS: Final = tuple(about.control() for about in (*_ALL, _WAITING))
"""In the order in which a user reads them."""

_REACHES: Final = (
    Reach("invoices of grants", touched_invoices),
    Reach("lines of invoices", lines_of_invoices),
    Reach("invoices that lean on others", leaning_invoices),
)


def register_all() -> None:
    """Put the controls, and what a change reaches here, on the program's one list."""
    for control in CONTROLS:
        register(control)
    for reach in _REACHES:
        register_reach(reach)
