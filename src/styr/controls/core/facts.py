"""Evidence as a list of Danish facts: what a finding builds on, for those who want more than its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from styr.controls.core.explain import Value, money, period, plain, section, unit

LABELS: Final[Mapping[str, str]] = {
    "absence_percent": "Tåler fravær (%)",
    "absent_days": "Fraværsdage",
    "account": "Konto",
    "again": "Andet bilag",
    "agreed": "Aftalt pris pr. enhed (kr.)",
    "agreed_ore": "Aftalt pris",
    "allowed": "Aftalen tillader (kr.)",
    "allowed_percent": "Indeksering efter aftalen (%)",
    "approved_to": "Godkendelsen ender (første dag uden)",
    "baseline": "Pris før aftalen (kr.)",
    "before": "Pris før (kr.)",
    "begins": "Bogført siden",
    "billed_until": "Faktureret til og med",
    "bills": "Fakturaer over aftalen",
    "break_even": "Betaler sig fra (borgere pr. vogn)",
    "buyer_ean": "Modtagerens EAN-nummer",
    "by_contract": "Prisen følger af kontrakten",
    "candidates": "Mulige bevillinger",
    "case_price": "Pris i fagsystemet (kr.)",
    "claimed_ore": "Krævet",
    "contract_cvr": "Kontraktens leverandør (CVR)",
    "contract_ends": "Kontrakten udløber (første dag uden)",
    "contract_number": "Kontrakt",
    "cost_ore": "Pris for det lovede",
    "criterion": "Kriterium",
    "currency": "Valuta",
    "cvr": "CVR-nummer",
    "day": "Sammenlignet på",
    "days": "Dage",
    "deadline": "Frist",
    "deducted_ore": "Egenbetaling trukket fra",
    "delivered_from": "Leveret fra",
    "delivered_months": "Måneder med leverancer",
    "died_on": "Død",
    "documents": "Bilag bag dem",
    "driven_ore": "Afregnet pris",
    "due_account": "Hører til på konto",
    "due_ore": "Opkrævet",
    "each_ore": "Beløb hver gang",
    "ends": "Slutter (første dag uden)",
    "evaluation_on": "Skulle evalueres",
    "expected_ore": "Forventet",
    "expected_price": "Forventet pris pr. enhed (kr.)",
    "expected_quantity": "Forventet antal",
    "external_no": "Tur",
    "extracted_on": "Udtrækket er fra",
    "faults": "Fejl i alt",
    "fee_due_ore": "Aftalt administration",
    "fee_ore": "Afregnet administration",
    "follow_up_on": "Skulle følges op",
    "framework_number": "Rammeaftale",
    "framework_rate": "Rammeaftalens pris (kr.)",
    "given_on": "Opsagt",
    "gone_last": "Sidste dag her",
    "grant_ends": "Bevillingen slutter (første dag uden)",
    "grant_number": "Bevilling",
    "grant_starts": "Bevillingen begynder",
    "grants": "Bevillinger på kontrakten",
    "high_start": "Højere end portalen fra",
    "invoice_days": "Frist for at fakturere (dage)",
    "invoice_number": "Fakturanummer",
    "invoiced_ore": "Faktureret",
    "invoices": "Fakturaer",
    "issued": "Udstedt",
    "km": "Km",
    "lacks": "Mangler",
    "latest": "Seneste måned",
    "left_on": "Død eller fraflyttet",
    "line_no": "Linje",
    "lines_ore": "Linjerne i alt",
    "low_price": "Laveste pris pr. enhed (kr.)",
    "measure": "Enhed på fakturaen",
    "message": "Fejl",
    "minutes": "Minutter",
    "month": "Måned",
    "months": "Måneder i alt",
    "net_ore": "Fakturaens beløb før moms",
    "notice_last": "Varslet udløb",
    "number": "Nummer",
    "old_from": "Aftalt fra",
    "other_issued": "Den anden er udstedt",
    "other_no": "Samme som tur",
    "other_number": "Den anden",
    "other_section": "Den andens paragraf",
    "our_account": "Konto her",
    "our_count": "Omfang her",
    "our_cvr": "Leverandør her (CVR)",
    "our_line": "Linje her",
    "our_measure": "Enhed her",
    "once_on": "Købt til den",
    "our_price": "Pris her (kr.)",
    "our_service": "Ydelse her",
    "own_payment_ore": "Egenbetaling efter bevillingen",
    "p_number": "P-nummer",
    "paid_ore": "Bogført",
    "pairs": "Sammenfald i alt",
    "payable_ore": "At betale",
    "payee": "Betalt til",
    "payee_account": "Betalingskonto",
    "paying": "Betalingskommune",
    "payments": "Posteringer",
    "portal_rate": "Portalens takst (kr.)",
    "posted_on": "Bogført",
    "price": "Pris pr. enhed (kr.)",
    "product": "Produkt",
    "quantity": "Antal",
    "rate": "Kontraktens takst (kr.)",
    "rate_from": "Ny pris fra",
    "received_on": "Modtaget",
    "riders": "Borgere på én dag, højst",
    "road_km": "Vejen (km)",
    "route_ore": "Fast rute",
    "rule": "Regel",
    "section": "Paragraf",
    "service": "Ydelse",
    "service_day": "Kørt den",
    "services": "Ydelser i fagsystemet",
    "settled_ore": "Turene i alt",
    "single_ore": "Enkeltture",
    "source_id": "Nummer i fagsystemet",
    "starts": "Begynder",
    "status_word": "Status",
    "supplier_cvr": "Leverandørens CVR-nummer",
    "system_name": "Fagsystem",
    "tax_ore": "Moms",
    "their_account": "Konto i fagsystemet",
    "their_count": "Omfang i fagsystemet",
    "their_cvr": "Leverandør i fagsystemet (CVR)",
    "their_measure": "Enhed i fagsystemet",
    "times": "Gange",
    "told_number": "Bevilling ifølge turen",
    "trip_ore": "Pris pr. tur",
    "trips": "Ture",
    "usual": "Borgere på en dag",
    "vehicles": "Vogne",
    "version": "Version",
    "voucher": "Bilag",
    "what": "Hvad der er galt",
    "whom": "Hvem",
    "why": "Hvorfor",
}
PERIODS: Final[Mapping[str, tuple[str, str]]] = {
    "case_starts": ("case_ends", "Løber i fagsystemet"),
    "first_month": ("after_month", "For"),
    "gap_start": ("gap_end", "Uden pris"),
    "our_starts": ("our_ends", "Løber her"),
    "overlap_start": ("overlap_end", "Overlapper"),
    "period_start": ("period_end", "Periode"),
    "starts": ("ends", "Løber"),
    "grant_starts": ("grant_ends", "Bevillingen løber"),
    "unapproved_start": ("unapproved_end", "Uden godkendelse"),
}
UNSHOWN: Final = frozenset({"asked_in", "expected_in", "our_per_word", "their_per_word", "whose"})
"""Words that only bend a sentence, such as a unit in the plural."""
_FORMS: Final = {
    "section": section,
    "other_section": section,
    "measure": unit,
    "our_measure": unit,
    "their_measure": unit,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a Danish label and a Danish value."""

    label: str
    text: str


def facts(evidence: Mapping[str, Value]) -> tuple[Fact, ...]:
    """Turn evidence into facts in its own order; a start and its end become one period, unknown values are left out."""
    ends = {end for start, (end, _) in PERIODS.items() if start in evidence} | UNSHOWN
    return tuple(_fact(name, evidence) for name, value in evidence.items() if name not in ends and value is not None)


def _fact(name: str, evidence: Mapping[str, Value]) -> Fact:
    value = evidence[name]
    if name in PERIODS and PERIODS[name][0] in evidence:
        end, label = PERIODS[name]
        return Fact(label, period(value, evidence[end]))
    if name.endswith("_ore"):
        return Fact(LABELS.get(name, name), money(value))
    return Fact(LABELS.get(name, name), _FORMS.get(name, plain)(value))
