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
    Place("Frister", "deadlines", "calendar", Permission.SEE_CONTRACTS, "milepæle opfølgninger kalender"),
    Place("Frister i min kalender", "calendar_feed", "calendar-days", words="ics outlook abonnement"),
    Place("Beskeder", "notices", "bell", words="notifikationer"),
    Place("Daglig mail", "mail_choice", "mail", words="e-mail besked"),
    Place("Gemte filtre", "saved_filter_list", "bookmark"),
    Place("Min konto", "account", "circle-user-round", words="adgangskode kodeord login passkey"),
    Place("Opsætning", "settings", "settings", Permission.SEE_SETTINGS, "indstillinger regler"),
    Place("Brugere og roller", "users", "users-round", Permission.MANAGE_USERS, "adgang rettigheder"),
    Place("Hjælp", "help", "circle-help", words="vejledning guide"),
    Place("Ordliste", "glossary", "book-open", words="begreber forklaring"),
    Place("Hvad kontrollerne betyder", "help_controls", "shield-check", words="regler kontroller"),
    Place("Genveje", "help_shortcuts", "keyboard", words="tastatur"),
    Place("Tilgængelighedserklæring", "accessibility", "accessibility", words="was wcag"),
    Place("Opret bevilling", "grant_new", "plus", Permission.EDIT_GRANTS, "ny bevilling", action=True),
    Place("Opret kontrakt", "contract_new", "plus", Permission.EDIT_CONTRACTS, "ny kontrakt", action=True),
    Place("Læs filer ind", "imports", "upload", Permission.IMPORT, "indlæs upload importér", action=True),
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
