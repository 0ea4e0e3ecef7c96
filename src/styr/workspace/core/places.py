"""The pages and actions that a search can lead to, with other words that people call them by."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from styr.access.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A page or an action: its URL name and query, and what it takes to see it (None: nothing)."""

    title: str
    url_name: str
    icon: str
    needs: Permission | None = None
    words: str = ""
    query: str = ""
    action: bool = False


PLACES: Final = (
    Place("Start", "start", "house", words="forside mit arbejde oversigt"),
    Place("Fakturakontrol", "invoices", "file-check", Permission.SEE_INVOICES, "faktura fakturaer kreditnota betaling"),
    Place("Opfølgning på fakturaer", "followups", "flag", Permission.SEE_INVOICES, "svar henvendelse forkerte"),
    Place("Borgere", "citizens", "users", Permission.SEE_CITIZENS, "personer cpr"),
    Place("Bevillinger", "grants", "coins", Permission.SEE_GRANTS, "ydelser afgørelser"),
    Place("Kontrakter", "contracts", "file-text", Permission.SEE_CONTRACTS, "aftaler takster"),
    Place("Leverandører", "suppliers", "building-2", Permission.SEE_SUPPLIERS, "tilbud opholdssteder cvr"),
    Place("Afvigelser", "findings", "list-checks", Permission.SEE_FINDINGS, "fejl kontroller fund"),
    Place("Afvigelser, der stopper betaling", "findings", "ban", Permission.SEE_FINDINGS, "hårde stop", "stop=on"),
    Place("Afvigelser lagt hos mig", "findings", "user", Permission.SEE_FINDINGS, "mine", "hos=mig"),
    Place("Indlæsninger", "imports", "upload", Permission.IMPORT, "import filer regneark"),
    Place("Nye kontraktpriser", "prices_asked", "coins", Permission.SEE_GRANTS, "pris takst godkendelse"),
    Place("Kontraktdokumenter", "agreement_documents", "scan-search", Permission.SEE_CONTRACTS, "filer pdf scan læs"),
    Place("Indsamling af kontrakter", "collection", "inbox", Permission.SEE_CONTRACTS, "mangler rykker anmodning"),
    Place("Kontraktudkast", "drafts", "pencil", Permission.SEE_CONTRACTS, "skabelon udgave underskrift"),
    Place("Leverancer", "deliveries", "clock", Permission.SEE_GRANTS, "leveret timer møde opfølgning"),
    Place("Søg i kontrakternes tekst", "contract_search", "search", Permission.SEE_CONTRACTS, "fuldtekst ord"),
    Place("Vilkår på tværs", "contract_clauses", "list-checks", Permission.SEE_CONTRACTS, "klausul opsigelse"),
    Place("Økonomi", "economy", "chart-column", Permission.SEE_ECONOMY, "prognose budget forbrug overblik"),
    Place("Borgernes økonomi", "economy_citizens", "users", Permission.SEE_ECONOMY, "prognose dyreste"),
    Place("Koncentration", "economy_spread", "building-2", Permission.SEE_ECONOMY, "dyreste leverandører"),
    Place("Prognosens historik", "economy_history", "history", Permission.SEE_ECONOMY, "træfsikkerhed før"),
    Place(
        "Forudsætninger", "economy_assumptions", "sliders-horizontal", Permission.SEE_ECONOMY, "puljer fremskrivning"
    ),
    Place("Budgetopfølgning", "rounds", "list-checks", Permission.SEE_ECONOMY, "runder referat aftaler"),
    Place("Budgetlægning", "budget_versions", "file-text", Permission.SEE_ECONOMY, "næste år budgetversion"),
    Place("Scenarier", "scenarios", "split", Permission.SEE_ECONOMY, "hvad nu hvis"),
    Place("Central refusion", "refunds", "receipt", Permission.SEE_ECONOMY, "særligt dyre enkeltsager hjemtag"),
    Place("Mellemkommunale krav", "intermunicipal", "map-pin", Permission.SEE_ECONOMY, "betalingskommune afregning"),
    Place("Egenbetaling", "user_payments", "wallet", Permission.SEE_ECONOMY, "borgerens betaling"),
    Place("Afstemning", "reconciliation", "scan-search", Permission.SEE_ECONOMY, "fagsystem regnskab forskelle"),
    Place("Betalinger", "payments", "banknote", Permission.SEE_ECONOMY, "betalingsfil bank kvittering"),
    Place("Posteringer", "postings", "database", Permission.SEE_ECONOMY, "bogført regnskab bilag"),
    Place("Efterreguleringer", "month_balances", "scale", Permission.SEE_ECONOMY, "udligning måneder"),
    Place("Befordring", "transport", "bus", Permission.SEE_TRANSPORT, "kørsel ruter"),
    Place("Resultater", "results", "target", Permission.SEE_RESULTS, "ledelse potentiale"),
    Place("Forhandlinger", "negotiations", "handshake", Permission.SEE_RESULTS, "potentiale leverandør"),
    Place("Besparelser", "savings", "trending-down", Permission.SEE_RESULTS, "gevinst"),
    Place("Frister", "deadlines", "calendar", Permission.SEE_CONTRACTS, "milepæle opfølgninger kalender"),
    Place("Frister i min kalender", "calendar_feed", "calendar-days", words="ics outlook abonnement"),
    Place("Beskeder", "notices", "bell", words="notifikationer"),
    Place("Daglig mail", "mail_choice", "mail", words="e-mail besked"),
    Place("Gemte filtre", "saved_filter_list", "bookmark"),
    Place("Min konto", "account", "circle-user-round", words="adgangskode kodeord login passkey"),
    Place("Opsætning", "settings", "settings", Permission.SEE_SETTINGS, "indstillinger regler"),
    Place("Daterede regler", "rules", "clock", Permission.SEE_SETTINGS, "grænser satser"),
    Place("Paragraffer og ydelser", "sections", "scale", Permission.SEE_SETTINGS, "lov"),
    Place("Kontering", "account_rules", "wallet", Permission.SEE_SETTINGS, "kontostreng konto"),
    Place("Kontraktskabeloner", "contract_templates", "file-text", Permission.SEE_SETTINGS, "word"),
    Place("Opbevaring og sletning", "retention", "archive", Permission.KEEP_RECORDS, "arkiv frister slet"),
    Place("Overdrag arbejde", "hand_over", "users", Permission.SEE_CONTRACTS, "kollega stopper rejser"),
    Place("Brugere og roller", "users", "users-round", Permission.MANAGE_USERS, "adgang rettigheder"),
    Place("Hjælp", "help", "circle-help", words="vejledning guide"),
    Place("Ordliste", "glossary", "book-open", words="begreber forklaring"),
    Place("Hvad kontrollerne betyder", "help_controls", "shield-check", words="regler kontroller"),
    Place("Genveje", "help_shortcuts", "keyboard", words="tastatur"),
    Place("Tilgængelighedserklæring", "accessibility", "accessibility", words="was wcag"),
    Place("Opret bevilling", "grant_new", "plus", Permission.EDIT_GRANTS, "ny bevilling", action=True),
    Place("Opret kontrakt", "contract_new", "plus", Permission.EDIT_CONTRACTS, "ny kontrakt", action=True),
    Place("Indlæs filer", "imports", "upload", Permission.IMPORT, "indlæs upload importér", action=True),
    Place("Indlæs en kontrakt", "agreement_document_new", "upload", Permission.EDIT_CONTRACTS, "fil pdf", action=True),
    Place("Skriv et kontraktudkast", "draft_new", "plus", Permission.EDIT_CONTRACTS, "nyt udkast", action=True),
    Place("Hold en budgetopfølgning", "round_new", "plus", Permission.FOLLOW_UP_ECONOMY, "ny runde", action=True),
    Place("Lav et scenarie", "scenario_new", "plus", Permission.FOLLOW_UP_ECONOMY, "nyt scenarie", action=True),
    Place("Lav en budgetversion", "budget_version_new", "plus", Permission.EDIT_ECONOMY, "nyt budget", action=True),
)


def places(text: str, permissions: Collection[Permission], *, most: int = 5) -> tuple[Place, ...]:
    """The places whose title or other words begin as asked, titles first; without a text those first in the list."""
    asked = text.casefold().split()
    open_to = [one for one in PLACES if one.needs is None or one.needs in permissions]
    if not asked:
        return tuple(one for one in open_to if one.action or not one.query)[:most]
    found = [(rank, at, one) for at, one in enumerate(open_to) if (rank := _rank(one, asked)) is not None]
    return tuple(one for _, _, one in sorted(found, key=lambda hit: hit[:2])[:most])


def _rank(place: Place, asked: list[str]) -> int | None:
    title, other = place.title.casefold().split(), place.words.casefold().split()
    if all(any(word.startswith(one) for word in title) for one in asked):
        return 0
    return 1 if all(any(word.startswith(one) for word in (*title, *other)) for one in asked) else None
