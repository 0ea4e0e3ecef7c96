"""Every page worth a picture, one line a page. Append yours.

`url` is a URL name. A page of one thing says `example`: the URL name of the thing, whose first link on the list in
`LISTS` (a URL name, and what is asked of it) gives the arguments. `who` logs in (a colleague of the demonstration),
`query` is added to the address, `keys` are pressed when the page is there, `status` is the answer when it is not 200.
`shown` pictures are kept in the documentation, the others only in `.var/screenshots/`.
"""

from dataclasses import dataclass

LISTS = {
    "invoice": "invoices",
    "followup": "followups",
    "citizen": "citizens?over=300000",
    "grant": "grants",
    "contract": "contracts",
    "agreement_document": "agreement_documents",
    "collection_case": "collection",
    "draft": "drafts",
    "contract_template": "contract_templates",
    "supplier": "suppliers",
    "finding": "findings",
    "import": "imports",
    "refund_case": "refunds",
    "payment_file": "payments",
    "reconciliation_difference": "reconciliation",
    "user": "users",
    "unit": "units",
    "economy_unit": "economy",
    "economy_provision": "economy_assumptions",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to open and photograph in every look."""

    name: str
    url: str
    example: str = ""
    query: str = ""
    who: str = "lone"
    keys: tuple[str, ...] = ()
    status: int = 200
    shown: bool = False


PAGES = (
    Shot("log-ind", "account_login", who=""),
    Shot("start", "start"),
    Shot("start-sagsbehandler", "start", who="mette"),
    Shot("fakturaer", "invoices"),
    Shot("faktura", "invoice", example="invoice", shown=True),
    Shot("opfoelgning", "followups"),
    Shot("borgere", "citizens", who="mette"),
    Shot("borger", "citizen", example="citizen", who="mette"),
    Shot("borger-oekonomi", "citizen_economy", example="citizen", who="mette", shown=True),
    Shot("borger-historik", "citizen_history", example="citizen", who="mette"),
    Shot("borger-opslag", "citizen_reads", example="citizen", who="henrik"),
    Shot("bevillinger", "grants", who="mette"),
    Shot("bevilling", "grant", example="grant", who="mette"),
    Shot("bevilling-ny", "grant_new", who="mette"),
    Shot("nye-priser", "prices_asked", who="henrik"),
    Shot("kontrakter", "contracts", who="mads"),
    Shot("kontrakt", "contract", example="contract", who="mads"),
    Shot("kontrakt-ny", "contract_new", who="mads"),
    Shot("kontrakt-vilkaar", "contract_agreed", example="contract", who="mads"),
    Shot("leverancer", "deliveries", who="mads"),
    Shot("leverancer-leverandoerer", "deliveries_suppliers", who="mads"),
    Shot("leverandoer-leverancer", "supplier_deliveries", example="supplier", who="mads"),
    Shot("frister-maaned", "deadlines", query="vis=maaned", who="mads"),
    Shot("overdragelse", "hand_over", who="henrik"),
    Shot("kontraktdokumenter", "agreement_documents", who="mads"),
    Shot("soeg-i-kontrakter", "contract_search", who="mads"),
    Shot("vilkaar-paa-tvaers", "contract_clauses", who="mads"),
    Shot("kontraktdokument", "agreement_document", example="agreement_document", who="mads"),
    Shot("indsamling", "collection", who="mads"),
    Shot("indsamlingssag", "collection_case", example="collection_case", who="mads"),
    Shot("udkast-liste", "drafts", who="mads"),
    Shot("udkast", "draft", example="draft", who="mads"),
    Shot("udkast-nyt", "draft_new", who="mads"),
    Shot("kontraktskabeloner", "contract_templates", who="jytte"),
    Shot("kontraktskabelon", "contract_template", example="contract_template", who="jytte"),
    Shot("leverandoerer", "suppliers", who="mads"),
    Shot("leverandoer", "supplier", example="supplier", who="mads"),
    Shot("leverandoer-tilbud", "supplier_offers", example="supplier", who="mads"),
    Shot("afvigelser", "findings"),
    Shot("afvigelse", "finding", example="finding"),
    Shot("indlaesninger", "imports"),
    Shot("refusion", "refunds"),
    Shot("refusion-sag", "refund_case", example="refund_case"),
    Shot("refusion-graenser", "refund_limits"),
    Shot("refusion-husstande", "refund_households"),
    Shot("mellemkommunal", "intermunicipal"),
    Shot("egenbetaling", "user_payments"),
    Shot("oekonomi", "economy", shown=True),
    Shot("oekonomi-enhed", "economy_unit", example="economy_unit", who="henrik"),
    Shot("oekonomi-borgere", "economy_citizens"),
    Shot("oekonomi-bevillinger", "economy_grants"),
    Shot("oekonomi-koncentration", "economy_spread"),
    Shot("oekonomi-historik", "economy_history"),
    Shot("oekonomi-forudsaetninger", "economy_assumptions"),
    Shot("oekonomi-pulje", "economy_provision", example="economy_provision"),
    Shot("oekonomi-pulje-ny", "economy_provision_new"),
    Shot("opfoelgningsrunder", "rounds"),
    Shot("opfoelgningsrunde-ny", "round_new"),
    Shot("afstemning", "reconciliation"),
    Shot("afstemning-forskel", "reconciliation_difference", example="reconciliation_difference", who="mette"),
    Shot("kolonnevalg", "import_mappings"),
    Shot("soeg", "search", query="q=bo"),
    Shot("palet", "findings", keys=("Control+k", "b", "o")),
    Shot("genveje", "findings", keys=("?",)),
    Shot("beskeder", "notices"),
    Shot("frister", "deadlines"),
    Shot("opsaetning", "settings", who="henrik"),
    Shot("opsaetning-paragraffer", "sections", who="henrik"),
    Shot("opsaetning-ny-paragraf", "section_new", who="henrik"),
    Shot("opsaetning-ny-ydelse", "service_new", who="henrik"),
    Shot("opsaetning-kontering", "account_rules", who="henrik"),
    Shot("konto", "account"),
    Shot("hjaelp", "help"),
    Shot("hjaelp-kontroller", "help_controls"),
    Shot("ordliste", "glossary"),
    Shot("tilgaengelighed", "accessibility"),
    Shot("scenarier", "scenarios"),
    Shot("scenarie-nyt", "scenario_new"),
    Shot("budgetlaegning", "budget_versions"),
    Shot("budgetversion-ny", "budget_version_new"),
    Shot("posteringer", "postings"),
    Shot("betalinger", "payments"),
    Shot("betalingsfil", "payment_file", example="payment_file"),
    Shot("kontobehandling", "account_treatments", who="henrik"),
    Shot("daterede-regler", "rules", who="henrik"),
    Shot("efterreguleringer", "month_balances"),
    Shot("omkostningssteder", "cost_centres", who="henrik"),
    Shot("potentiale", "potential"),
    Shot("forhandlinger", "negotiations"),
    Shot("besparelser", "savings"),
    Shot("argumenter", "arguments"),
)
