"""The rail: the places of the program, in their order, with what a person must be allowed to see them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `url` is a URL name; `needs` the permission of `styr.access` that opens it ("" = everyone)."""

    url: str
    icon: str
    text: str
    needs: str = ""
    often: bool = True  # on a phone it stands in the bar; the others are behind "Mere"

    @property
    def plain_text(self) -> str:
        """The text without soft hyphens, for wider places than the rail."""
        return self.text.replace("\u00ad", "")


MAIN = (
    Place("start", "house", "Start"),
    Place("invoices", "file-check", "Faktura\u00adkontrol", "SEE_INVOICES"),
    Place("citizens", "users", "Borgere", "SEE_CITIZENS"),
    Place("grants", "coins", "Bevillinger", "SEE_GRANTS", often=False),
    Place("contracts", "file-text", "Kontrakter", "SEE_CONTRACTS", often=False),
    Place("suppliers", "building-2", "Leveran\u00addører", "SEE_SUPPLIERS", often=False),
    Place("economy", "chart-column", "Økonomi", "SEE_ECONOMY", often=False),
    Place("transport", "bus", "Befordring", "SEE_TRANSPORT", often=False),
    Place("results", "target", "Resultater", "SEE_RESULTS", often=False),
    Place("findings", "list-checks", "Afvigelser", "SEE_FINDINGS"),
    Place("imports", "upload", "Indlæs\u00adninger", "IMPORT", often=False),
)
END = (
    Place("settings", "settings", "Opsætning", "SEE_SETTINGS", often=False),
    Place("help", "circle-help", "Hjælp", often=False),
)

ECONOMY = (
    Place("economy", "chart-column", "Overblik", "SEE_ECONOMY"),
    Place("economy_citizens", "users", "Borgere", "SEE_ECONOMY"),
    Place("economy_spread", "building-2", "Koncentration", "SEE_ECONOMY"),
    Place("economy_history", "history", "Historik", "SEE_ECONOMY"),
    Place("economy_assumptions", "sliders-horizontal", "Forudsætninger", "SEE_ECONOMY"),
    Place("rounds", "list-checks", "Opfølgning", "SEE_ECONOMY"),
    Place("budget_versions", "file-text", "Budgetlægning", "SEE_ECONOMY"),
    Place("scenarios", "split", "Scenarier", "SEE_ECONOMY"),
    Place("refunds", "receipt", "Refusion", "SEE_ECONOMY"),
    Place("intermunicipal", "map-pin", "Mellemkommunalt", "SEE_ECONOMY"),
    Place("user_payments", "wallet", "Egenbetaling", "SEE_ECONOMY"),
    Place("reconciliation", "scan-search", "Afstemning", "SEE_ECONOMY"),
    Place("payments", "banknote", "Betalinger", "SEE_ECONOMY"),
)
"""The sub-pages of the economy, whichever domain they live in: `<c-economy-tabs now="…" />` draws those that exist."""

CONTRACTS = (
    Place("contracts", "file-text", "Kontrakter", "SEE_CONTRACTS"),
    Place("agreement_documents", "scan-search", "Dokumenter", "SEE_CONTRACTS"),
    Place("collection", "inbox", "Indsamling", "SEE_CONTRACTS"),
    Place("drafts", "pencil", "Udkast", "SEE_CONTRACTS"),
    Place("deliveries", "clock", "Leverancer", "SEE_GRANTS"),
    Place("contract_search", "search", "Søg i teksten", "SEE_CONTRACTS"),
    Place("contract_clauses", "list-checks", "Vilkår på tværs", "SEE_CONTRACTS"),
)
"""The sub-pages about contracts, as `ECONOMY`: `<c-contract-tabs now="…" />` draws those that exist."""

TRANSPORT = (
    Place("transport", "bus", "Overblik", "SEE_TRANSPORT"),
    Place("transport_week", "calendar", "Ugen", "SEE_TRANSPORT"),
    Place("ride_grants", "coins", "Bevillinger", "SEE_TRANSPORT"),
    Place("trips", "route", "Ture", "SEE_TRANSPORT"),
    Place("orders", "send", "Bestillinger", "SEE_TRANSPORT"),
    Place("flexroutes", "sparkles", "Faste ruter", "SEE_TRANSPORT"),
    Place("route_plans", "map-pin", "Ruteplaner", "SEE_TRANSPORT"),
    Place("fleet", "bus", "Egne vogne", "SEE_TRANSPORT"),
    Place("tenders", "scale", "Udbud", "SEE_TRANSPORT"),
    Place("complaints", "message-square", "Klager", "SEE_TRANSPORT"),
    Place("transport_registers", "database", "Registre", "SEE_TRANSPORT"),
)
"""The sub-pages of transport, as `ECONOMY`: `<c-transport-tabs now="…" />` draws those that exist."""

RESULTS = (
    Place("results", "target", "Ledelsesoverblik", "SEE_RESULTS"),
    Place("potential", "search", "Potentiale", "SEE_RESULTS"),
    Place("negotiations", "handshake", "Forhandlinger", "SEE_RESULTS"),
    Place("savings", "trending-down", "Besparelser", "SEE_RESULTS"),
    Place("arguments", "book-open", "Argumenter", "SEE_RESULTS"),
    Place("initiatives", "flag", "Indsatser", "SEE_RESULTS"),
)
"""The sub-pages of results, as `ECONOMY`: `<c-result-tabs now="…" />` draws those that exist."""
