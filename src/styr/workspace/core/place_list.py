"""Every page and action that a search can lead to, with the other words that people call them by."""

from dataclasses import dataclass
from typing import Final

from styr.access.core.permissions import Permission as May


@dataclass(frozen=True, slots=True)
class Place:
    """A page or an action: its URL name and query, and what it takes to see it (None: nothing).

    `given` stands in the address, where one name has several pages. `everywhere`: it takes a role over the whole
    municipality, since what is made there belongs to no unit.
    """

    title: str
    url_name: str
    icon: str
    needs: May | None = None
    words: str = ""
    query: str = ""
    action: bool = False
    given: str = ""
    everywhere: bool = False


_DAILY: Final = (
    Place("Start", "start", "house", words="forside mit arbejde oversigt opgaver"),
    Place("Fakturakontrol", "invoices", "file-check", May.SEE_INVOICES, "faktura fakturaer kreditnota regning"),
    Place("Opfølgning på fakturaer", "followups", "flag", May.SEE_INVOICES, "svar henvendelse forkerte rykker"),
    Place("Borgere", "citizens", "users", May.SEE_CITIZENS, "personer cpr cprnummer klienter"),
    Place("Bevillinger", "grants", "coins", May.SEE_GRANTS, "ydelser afgørelser indsatser foranstaltninger"),
    Place("Kontrakter", "contracts", "file-text", May.SEE_CONTRACTS, "aftaler takster rammeaftaler"),
    Place("Leverandører", "suppliers", "building-2", May.SEE_SUPPLIERS, "tilbud opholdssteder bosteder cvr"),
    Place("Afvigelser", "findings", "list-checks", May.SEE_FINDINGS, "fejl kontroller fund uoverensstemmelser"),
    Place("Afvigelser, der stopper betaling", "findings", "ban", May.SEE_FINDINGS, "hårde stop fuldt", "stop=on"),
    Place("Afvigelser lagt hos mig", "findings", "user", May.SEE_FINDINGS, "mine", "hos=mig"),
    Place("Frister", "deadlines", "calendar", May.SEE_CONTRACTS, "milepæle opfølgninger kalender udløb"),
    Place("Beskeder", "notices", "bell", words="notifikationer"),
)
_CONTRACTS: Final = (
    Place("Nye kontraktpriser", "prices_asked", "coins", May.SEE_GRANTS, "pris takst godkendelse"),
    Place("Kontraktdokumenter", "agreement_documents", "scan-search", May.SEE_CONTRACTS, "filer pdf scan læs arkiv"),
    Place("Indsamling af kontrakter", "collection", "inbox", May.SEE_CONTRACTS, "mangler rykker anmodning"),
    Place("Kontraktudkast", "drafts", "pencil", May.SEE_CONTRACTS, "skabelon udgave underskrift"),
    Place("Leverancer", "deliveries", "clock", May.SEE_GRANTS, "leveret timer opfølgning"),
    Place("Leverandørmøder", "deliveries_suppliers", "users", May.SEE_SUPPLIERS, "møde leverancer dagsorden"),
    Place("Søg i kontrakternes tekst", "contract_search", "search", May.SEE_CONTRACTS, "fuldtekst ord"),
    Place("Vilkår på tværs", "contract_clauses", "list-checks", May.SEE_CONTRACTS, "klausul klausuler opsigelse"),
)
_ECONOMY: Final = (
    Place("Økonomi", "economy", "chart-column", May.SEE_ECONOMY, "prognose forventet regnskab budget forbrug overblik"),
    Place("Borgernes økonomi", "economy_citizens", "users", May.SEE_ECONOMY, "prognose dyreste personer"),
    Place("Bevillingernes økonomi", "economy_grants", "coins", May.SEE_ECONOMY, "prognose budget forbrug bevilling"),
    Place("Koncentration", "economy_spread", "building-2", May.SEE_ECONOMY, "dyreste leverandører"),
    Place("Prognosens historik", "economy_history", "history", May.SEE_ECONOMY, "træfsikkerhed før"),
    Place("Forudsætninger", "economy_assumptions", "sliders-horizontal", May.SEE_ECONOMY, "puljer fremskrivning pl"),
    Place("Budgetopfølgning", "rounds", "list-checks", May.SEE_ECONOMY, "runder referat aftaler bo"),
    Place("Budgetlægning", "budget_versions", "file-text", May.SEE_ECONOMY, "næste år budgetversion"),
    Place("Sammenlign budgetversioner", "budget_versions_compared", "split", May.SEE_ECONOMY, "forskel budgetter"),
    Place("Scenarier", "scenarios", "split", May.SEE_ECONOMY, "hvad nu hvis"),
    Place("Sammenlign scenarier", "scenarios_compared", "split", May.SEE_ECONOMY, "hvad nu hvis"),
    Place("Central refusion", "refunds", "receipt", May.SEE_ECONOMY, "særligt dyre enkeltsager hjemtag sds"),
    Place("Refusionsgrænser", "refund_limits", "scale", May.SEE_ECONOMY, "25 50 75 procent beløbsgrænser"),
    Place("Husstande i central refusion", "refund_households", "users", May.SEE_ECONOMY, "søskende"),
    Place("Borgere over folkepensionsalderen", "refund_seniors", "users", May.SEE_ECONOMY, "pensionister omfattet 67"),
    Place("Mellemkommunalt", "intermunicipal", "map-pin", May.SEE_ECONOMY, "betalingskommune handlekommune afregning"),
    Place("Mellemkommunale krav", "intermunicipal_claims", "receipt", May.SEE_ECONOMY, "opkrævning anden kommune"),
    Place("Egenbetaling", "user_payments", "wallet", May.SEE_ECONOMY, "borgerens betaling"),
    Place("Afstemning", "reconciliation", "scan-search", May.SEE_ECONOMY, "fagsystem forskelle dubu sensum opus"),
    Place("Betalinger", "payments", "banknote", May.SEE_ECONOMY, "betalingsfil bank kvittering udbetaling"),
    Place("Posteringer", "postings", "database", May.SEE_ECONOMY, "bogført regnskab bilag finans"),
    Place("Efterreguleringer", "month_balances", "scale", May.SEE_ECONOMY, "udligning måneder reguleringer"),
)
_TRANSPORT: Final = (
    Place("Befordring", "transport", "bus", May.SEE_TRANSPORT, "kørsel transport områder operatører udgifter"),
    Place("Kørslen i denne uge", "transport_week", "calendar", May.SEE_TRANSPORT, "ugen koordinator befordring"),
    Place("Befordringsbevillinger", "ride_grants", "coins", May.SEE_TRANSPORT, "kørselsbevilling bevilling kørsel"),
    Place("Ture", "trips", "route", May.SEE_TRANSPORT, "kørsel kørte udeblivelse befordring"),
    Place("Afregninger af ture", "settlements", "receipt", May.SEE_TRANSPORT, "vognmand movia kørsel befordring"),
    Place("Egenbetaling for kørsel", "ride_charges", "wallet", May.SEE_TRANSPORT, "opkræv befordring ture"),
    Place("Bestillinger af kørsel", "orders", "send", May.SEE_TRANSPORT, "bestil ændringsark befordring vognmand"),
    Place("Faste ruter", "flexroutes", "sparkles", May.SEE_TRANSPORT, "flexrute flexkommune enkeltture befordring"),
    Place("Ruteplaner", "route_plans", "map-pin", May.SEE_TRANSPORT, "ruteplanlægning samkørsel befordring"),
    Place("Egne vogne", "fleet", "bus", May.SEE_TRANSPORT, "vognpark flåde biler køretøjer busser befordring"),
    Place("Plan for egne vogne", "fleet_plan", "file-text", May.SEE_TRANSPORT, "udskiftning vognpark flåde deling"),
    Place("Krav til vogne", "fleet_requirements", "list-checks", May.SEE_TRANSPORT, "miljø sikkerhed flåde"),
    Place("Udbud af kørsel", "tenders", "scale", May.SEE_TRANSPORT, "tilbud delaftaler licitation befordring bud"),
    Place("Klager over kørsel", "complaints", "message-square", May.SEE_TRANSPORT, "befordring utilfreds forsinket"),
    Place("Befordringens posteringer", "transport_postings", "database", May.SEE_TRANSPORT, "kørsel bogført konti"),
    Place("Befordringens registre", "transport_registers", "database", May.SEE_TRANSPORT, "kørsel opsætning"),
    *(
        Place(title, "transport_register", "database", May.SEE_TRANSPORT, words, given=given)
        for given, title, words in (
            ("omraader", "Befordringsområder", "kørsel område"),
            ("kriterier", "Tildelingskriterier for befordring", "kriterium kørsel ret"),
            ("konti", "Befordringsområdernes konti", "kontering kørsel"),
            ("steder", "Steder, der køres til", "adresser koordinater hjem skole mål"),
            ("operatoerer", "Operatører", "vognmænd vognmand movia kørsel"),
            ("priser", "Prisaftaler om kørsel", "takst pris operatør vognmand"),
            ("vogne", "Vogne", "køretøjer biler busser lift"),
        )
    ),
)
_RESULTS: Final = (
    Place("Resultater", "results", "target", May.SEE_RESULTS, "ledelse ledelsesoverblik nøgletal rapport"),
    Place("Forhandlingspotentiale", "potential", "search", May.SEE_RESULTS, "hvor kan vi spare muligheder skøn"),
    Place("Forhandlinger", "negotiations", "handshake", May.SEE_RESULTS, "leverandør forhandling sager genforhandling"),
    Place("Besparelser", "savings", "trending-down", May.SEE_RESULTS, "gevinst gevinster resultater"),
    Place("Argumenter", "arguments", "book-open", May.SEE_RESULTS, "forhandling argument modargument"),
    Place("Indsatser", "initiatives", "flag", May.SEE_RESULTS, "katalog indsatskatalog handlingsplan tovholder"),
)
_REGISTERS: Final = (
    Place("Indlæsninger", "imports", "upload", May.IMPORT, "import importer filer regneark"),
    Place("Holdt ude af indlæsningen", "imports_kept_out", "file-x", May.IMPORT, "afviste rækker fejl"),
    Place("Kolonnevalg", "import_mappings", "columns-3", May.IMPORT, "kolonner regneark overskrifter import"),
    Place("Kom i gang", "first_day", "sparkles", May.IMPORT, "skabelon første dag start regneark"),
    Place("Opsætning", "settings", "settings", May.SEE_SETTINGS, "indstillinger regler"),
    Place("Daterede regler", "rules", "clock", May.SEE_SETTINGS, "grænser satser referencedata kontrollér"),
    Place("Paragraffer og ydelser", "sections", "scale", May.SEE_SETTINGS, "lov serviceloven barnets sel bl"),
    Place("Kontering", "account_rules", "wallet", May.SEE_SETTINGS, "kontostreng konto konteringsregler kontoregler"),
    Place(
        "Samtidige bevillinger",
        "duplicate_rules",
        "copy",
        May.SEE_SETTINGS,
        "dobbeltbevillinger regler",
    ),
    Place("Åbningskalendere", "calendars", "calendar-days", May.SEE_SETTINGS, "kalender lukkedage ferie åbningsdage"),
    Place("Helligdage", "holidays", "calendar", May.SEE_SETTINGS, "kalender fridage"),
    Place("Beløbsgrænser", "limits", "shield", May.SEE_SETTINGS, "godkende godkendelse fire øjne beløb grænser"),
    Place("Kontobehandling", "account_treatments", "wallet", May.SEE_SETTINGS, "moms art statsrefusion"),
    Place("Omkostningssteder", "cost_centres", "building-2", May.SEE_SETTINGS, "enhed konto"),
    Place("Kontraktskabeloner", "contract_templates", "file-text", May.SEE_CONTRACTS, "word skabelon"),
    *(
        Place(title, "rule_kind", "clock", May.SEE_SETTINGS, words, given=given)
        for given, title, words in (
            ("betalingsfiler", "Betalingsfilers layout", "opus prisme bilag kvittering"),
            ("folkepensionsalder", "Folkepensionsalder", "pension alder"),
            ("vognforudsaetninger", "Forudsætninger for egne vogne", "flåde vognpark brændstof"),
            ("refusionsregler", "Frister og regler for refusion og krav", "12 måneder forældelse"),
            ("befordringsgraenser", "Grænser for befordring", "afstand km alder kørsel"),
            ("refusionskonti", "Konti i central refusion", "kontering dyre sager"),
            ("overgange", "Overgange ved alder", "18 år voksen barn pension"),
            ("refusionsgraenser", "Refusionsgrænser år for år", "beløb 25 50 75 procent"),
            ("potentialeskoen", "Skøn over potentiale", "forhandling procent"),
            ("kontobehandling", "Kontobehandling, ændringer", "moms historik"),
        )
    ),
    Place("Opbevaring og sletning", "retention", "archive", May.KEEP_RECORDS, "arkiv frister slet gdpr"),
    Place("Overdrag arbejde", "hand_over", "users", May.SEE_CONTRACTS, "kollega stopper rejser ferie"),
    Place("Brugere og roller", "users", "users-round", May.MANAGE_USERS, "adgang rettigheder medarbejdere"),
    Place("Enheder", "units", "building-2", May.MANAGE_USERS, "organisation afdelinger centre ean"),
    Place("Hvem har adgang til hvad", "access_overview", "shield-check", May.SEE_SETTINGS, "roller rettigheder"),
    Place("Jobfunktionsroller", "job_roles", "key-round", May.MANAGE_USERS, "adgangsstyring kombit saml oidc login"),
    Place("API-nøgler", "api_keys", "key-round", May.MANAGE_USERS, "integration system nøgle json"),
)
_OWN: Final = (
    Place("Frister i min kalender", "calendar_feed", "calendar-days", words="ics outlook abonnement"),
    Place("Daglig mail", "mail_choice", "mail", words="e-mail besked"),
    Place("Gemte filtre", "saved_filter_list", "bookmark"),
    Place("Min konto", "account", "circle-user-round", words="adgangskode kodeord login passkey profil totrin"),
    Place("Skift adgangskode", "account_change_password", "lock", words="kodeord password"),
    Place("Hjælp", "help", "circle-help", words="vejledning guide support"),
    Place("Rundvisning", "tour", "map-pin", words="introduktion vis rundt"),
    Place("Ordliste", "glossary", "book-open", words="begreber forklaring betyder"),
    Place("Hvad kontrollerne betyder", "help_controls", "shield-check", words="regler kontroller"),
    Place("Genveje", "help_shortcuts", "keyboard", words="tastatur taster"),
    Place("Tilgængelighedserklæring", "accessibility", "accessibility", words="was wcag"),
)
_OF_NO_UNIT: Final = frozenset(
    {"route_plan_new", "tender_new", "past_result_new", "initiative_catalogue_new", "section_new", "service_new"}
)
_ACTIONS: Final = tuple(
    Place(title, url_name, icon, needs, words, action=True, everywhere=url_name in _OF_NO_UNIT)
    for title, url_name, icon, needs, words in (
        ("Opret bevilling", "grant_new", "plus", May.EDIT_GRANTS, "ny bevilling bevilg"),
        ("Opret kontrakt", "contract_new", "plus", May.EDIT_CONTRACTS, "ny kontrakt aftale"),
        ("Indlæs filer", "imports", "upload", May.IMPORT, "indlæs upload importér import"),
        ("Indlæs en kontrakt", "agreement_document_new", "upload", May.EDIT_CONTRACTS, "fil pdf dokument upload"),
        ("Skriv et kontraktudkast", "draft_new", "plus", May.EDIT_CONTRACTS, "nyt udkast opret"),
        ("Registrér en leverance", "delivery_new", "plus", May.EDIT_DELIVERIES, "leveret timer ny opret"),
        ("Hold en budgetopfølgning", "round_new", "plus", May.FOLLOW_UP_ECONOMY, "ny runde opret"),
        ("Lav et scenarie", "scenario_new", "plus", May.FOLLOW_UP_ECONOMY, "nyt scenarie opret"),
        ("Lav en budgetversion", "budget_version_new", "plus", May.EDIT_ECONOMY, "nyt budget opret"),
        ("Opret egenbetaling", "user_payment_new", "plus", May.EDIT_ECONOMY, "ny borgerens betaling"),
        ("Opret en pulje", "economy_provision_new", "plus", May.EDIT_ECONOMY, "ny forudsætning prognose"),
        ("Opret en fremskrivning", "economy_index_new", "plus", May.EDIT_ECONOMY, "ny pl procent forudsætning"),
        ("Lav en ruteplan", "route_plan_new", "plus", May.EDIT_TRANSPORT, "ny rute kørsel opret"),
        ("Opret et udbud", "tender_new", "plus", May.EDIT_TRANSPORT, "nyt udbud kørsel"),
        ("Registrér en klage", "complaint_new", "plus", May.EDIT_TRANSPORT, "ny klage kørsel opret"),
        ("Registrér et tidligere resultat", "past_result_new", "plus", May.NEGOTIATE, "historisk besparelse opret"),
        ("Opret et indsatskatalog", "initiative_catalogue_new", "plus", May.EDIT_INITIATIVES, "nyt katalog indsatser"),
        ("Opret en kontraktskabelon", "contract_template_new", "plus", May.DECIDE_TERMS, "ny skabelon word"),
        ("Opret en paragraf", "section_new", "plus", May.CHANGE_SETTINGS, "ny egen lov"),
        ("Opret en ydelse", "service_new", "plus", May.CHANGE_SETTINGS, "ny egen"),
        ("Opret en bruger", "user_new", "plus", May.MANAGE_USERS, "ny medarbejder kollega"),
        ("Opret en enhed", "unit_new", "plus", May.MANAGE_USERS, "ny afdeling"),
        ("Opret en systembruger", "program_new", "plus", May.MANAGE_USERS, "ny api nøgle integration"),
        ("Lav en API-nøgle til mig", "account_key_new", "key-round", None, "ny opret json"),
        ("Hent månedsrapporten", "month_report", "download", May.SEE_ECONOMY, "pdf rapport økonomi"),
        ("Hent økonomien som regneark", "economy_workbook", "download", May.SEE_ECONOMY, "excel xlsx"),
        ("Hent ledelsesrapporten", "results_report", "download", May.SEE_RESULTS, "pdf resultater"),
        ("Hent resultaterne som regneark", "results_workbook", "download", May.SEE_RESULTS, "excel xlsx"),
        ("Hent kontrakterne som åbne data", "contract_open_data", "download", May.SEE_CONTRACTS, "ocds json"),
        ("Hent skabelonen til det første regneark", "import_template", "download", May.IMPORT, "excel xlsx import"),
    )
)

PLACES: Final = (*_DAILY, *_CONTRACTS, *_ECONOMY, *_TRANSPORT, *_RESULTS, *_REGISTERS, *_OWN, *_ACTIONS)
