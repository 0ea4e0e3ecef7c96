"""The guided tour of each role: the pages it goes through, and what stands there."""

from dataclasses import dataclass
from typing import Final

from styr.access.core.roles import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a tour: the page (URL name), what is pointed out there (a CSS selector), and what it is."""

    url_name: str
    points_at: str
    title: str
    text: str


_WORK = Step(
    "start",
    "#mit-arbejde",
    "Her begynder dagen",
    "Det, der venter på dig i dine roller. Hver linje fører til de rækker, tallet tæller.",
)
_FIGURES = Step("start", ".figures", "Nøgletal", "Hvert tal er en genvej: tryk på det, og se, hvad der ligger bag.")
_SEARCH = Step(
    "start",
    ".search-opener",
    "Find alt med Ctrl K",
    "Skriv et navn, et nummer eller det, du vil gøre. Opslag på borgere logges.",
)
_BELL = Step("start", ".bell", "Beskeder", "Her får du besked, når en kollega har lagt noget hos dig eller svaret.")
_FINDINGS = Step(
    "findings",
    "#liste",
    "Afvigelser",
    "Alt, hvad kontrollerne har fundet, med de dyreste først. J og K går op og ned, Enter åbner, X vælger.",
)
_FILTER = Step(
    "findings",
    "[data-filter]",
    "Filteret ligger i adressen",
    "Gem det under et navn, send linket til en kollega, eller hent listen som Excel.",
)
_INVOICES = Step(
    "invoices",
    "main",
    "Fakturakontrol",
    "Bevilling, kontrakt og faktura side om side. Én tast afgør og går til den næste.",
)
_CONTRACTS = Step(
    "contracts",
    "#liste",
    "Kontrakter",
    "Filtrér på udløb eller manglende underskrift, og åbn for at se takster over tid.",
)
_SUPPLIERS = Step(
    "suppliers", "#liste", "Leverandører", "Hver med sine tilbud, takster, afvigelser og det, vi har betalt."
)
_GRANTS = Step("grants", "#liste", "Bevillinger", "Opret, forlæng og stop. Prisen vises, før du gemmer.")
_CITIZENS = Step("citizens", "#liste", "Borgere", "Åbn en borger og se budget, forbrug og forventning for året.")
_DEADLINES = Step(
    "deadlines", "main .page-head", "Frister", "Milepæle og opfølgninger. De kan også vises i din egen kalender."
)
_IMPORTS = Step(
    "imports", "main", "Indlæsninger", "Læg filer her. Du ser forskellene, før noget ændres, og kan fortryde bagefter."
)
_SETTINGS = Step(
    "settings", "main", "Opsætning", "Regler med datoer: hvad der gælder, fra hvornår, og hvem der ændrede det."
)
_ECONOMY = Step(
    "economy",
    "main",
    "Økonomi",
    "Hvor året ender, og hvad der flytter det fra budgettet. Hvert tal fører til rækkerne.",
)
_ROUNDS = Step(
    "rounds",
    "main",
    "Budgetopfølgning",
    "Runder med frosne tal, notater og aftaler, der står på Start til de er udført.",
)
_RECONCILIATION = Step(
    "reconciliation", "main", "Afstemning", "Fagsystem, registre og regnskab side om side. Det dyreste står øverst."
)
_DOCUMENTS = Step(
    "agreement_documents",
    "main",
    "Dokumenter",
    "Indlæs en kontrakt som fil. Siden vises, mens du bekræfter oplysningerne.",
)
_DRAFTS = Step("drafts", "main", "Udkast", "Kontrakter skrevet af jeres skabeloner, fra første udgave til underskrift.")
_DELIVERIES = Step(
    "deliveries", "main", "Leverancer", "Leverede timer og døgn, holdt op mod det, bevilling og kontrakt lover."
)
_CLAUSES = Step(
    "contract_clauses", "main", "Vilkår på tværs", "Ét vilkår i alle kontrakter: registreret, skrevet og vurderet."
)
_WEEK = Step("transport_week", "main", "Ugen", "Det, der er anderledes i dag, og det, der mangler svar: dag for dag.")
_TRANSPORT = Step(
    "transport", "main", "Befordring", "Hvad kørslen koster, område for område, som bogført eller som kørt."
)
_RIDE_GRANTS = Step(
    "ride_grants",
    "main",
    "Befordringsbevillinger",
    "Hvem der har ret til kørsel, hvorfra, hvortil og efter hvilket kriterium.",
)
_SETTLEMENTS = Step(
    "settlements", "main", "Afregninger", "Turene, operatørerne vil have betaling for, kontrolleret én for én."
)
_ORDERS = Step("orders", "main", "Bestillinger", "Månedens faste kørsel og ændringer til den, nummereret uden huller.")
_COMPLAINTS = Step("complaints", "main", "Klager", "Notér en klage, spørg operatøren, og følg svaret.")
_ROUTES = Step("route_plans", "main", "Ruteplaner", "Prøv en dags kørsel på andre ruter, og se, hvem det berører.")
_NEGOTIATIONS = Step(
    "negotiations", "main", "Forhandlinger", "Sager med leverandører: mål, breve og møder, fra første brev til aftale."
)
_POTENTIAL = Step("potential", "main", "Potentiale", "Hvad en forhandling kan give, og hvad skønnet bygger på.")
_SAVINGS = Step("savings", "main", "Besparelser", "Det aftalte, holdt op mod det, fakturaerne viser.")
_RESULTS = Step(
    "results", "main", "Ledelsesoverblik", "Året på én side, til møder: hvor det ender, og hvad der er opnået."
)
_HELP = Step(
    "help", "main", "Hjælp", "Vejledninger, ordliste og hvad hver kontrol betyder. Rundvisningen kan startes igen her."
)

TOURS: Final = {
    Role.ECONOMIST: (
        _WORK,
        _FIGURES,
        _INVOICES,
        _FINDINGS,
        _FILTER,
        _ECONOMY,
        _ROUNDS,
        _RECONCILIATION,
        _RESULTS,
        _IMPORTS,
        _SEARCH,
        _HELP,
    ),
    Role.NEGOTIATOR: (
        _WORK,
        _FINDINGS,
        _CONTRACTS,
        _DOCUMENTS,
        _DRAFTS,
        _DELIVERIES,
        _SUPPLIERS,
        _POTENTIAL,
        _NEGOTIATIONS,
        _SAVINGS,
        _DEADLINES,
        _SEARCH,
        _HELP,
    ),
    Role.CASEWORKER: (_WORK, _CITIZENS, _GRANTS, _DELIVERIES, _FINDINGS, _ROUNDS, _DEADLINES, _BELL, _SEARCH, _HELP),
    Role.LAWYER: (_WORK, _CONTRACTS, _DRAFTS, _CLAUSES, _FINDINGS, _DEADLINES, _SEARCH, _HELP),
    Role.TRANSPORT_COORDINATOR: (
        _WORK,
        _WEEK,
        _RIDE_GRANTS,
        _ORDERS,
        _SETTLEMENTS,
        _FINDINGS,
        _COMPLAINTS,
        _ROUTES,
        _TRANSPORT,
        _BELL,
        _SEARCH,
        _HELP,
    ),
    Role.MANAGER: (
        _WORK,
        _FIGURES,
        _ECONOMY,
        _ROUNDS,
        _RESULTS,
        _INVOICES,
        _GRANTS,
        _FINDINGS,
        _SETTINGS,
        _SEARCH,
        _HELP,
    ),
    Role.AUDITOR: (_FIGURES, _INVOICES, _FINDINGS, _CONTRACTS, _CITIZENS, _ECONOMY, _SETTINGS, _SEARCH, _HELP),
    Role.ADMINISTRATOR: (_SETTINGS, _SEARCH, _HELP),
}
"""The tour of each role."""
