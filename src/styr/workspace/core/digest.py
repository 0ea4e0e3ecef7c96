"""The text of the daily mail: counts and addresses of pages, and never a name or a CPR number."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from styr.workspace.core.work import Work

MOST_NOTICES: Final = 20
_PATHS: Final = {
    "findings": "afvigelser",
    "finding": "afvigelser",
    "invoices": "fakturaer",
    "invoice": "fakturaer",
    "followups": "fakturaer/opfoelgning",
    "grants": "bevillinger",
    "grant": "bevillinger",
    "deadlines": "frister",
    "contract": "kontrakter",
    "imports": "indlaesninger",
    "import_run": "indlaesninger",
    "import_upload": "indlaesninger/filer",
    "notices": "beskeder",
}

_WITHOUT_SUBJECT: Final = frozenset({"notices"})


@dataclass(frozen=True, slots=True)
class Digest:
    """What the mail tells: my work, and unread notices as (text, URL name of the page, id)."""

    work: tuple[Work, ...]
    notices: tuple[tuple[str, str, UUID], ...]


def digest_text(digest: Digest, site: str) -> str:
    """The mail's text; "" when there is nothing to tell."""
    if not digest.work and not digest.notices:
        return ""
    lines = ["Godmorgen", "", "Det her venter på dig i Styr:", ""]
    for one in digest.work:
        query = f"?{one.query}" if one.query else ""
        lines += [f"  {one.count} – {one.title.lower()} ({one.note})", f"  {site}/{_PATHS[one.url_name]}/{query}", ""]
    if digest.notices:
        lines += ["Siden sidst:", ""]
        for text, page, subject in digest.notices[:MOST_NOTICES]:
            place = "" if page in _WITHOUT_SUBJECT else f"{subject}/"
            lines += [f"  {text}", f"  {site}/{_PATHS[page]}/{place}", ""]
    if len(digest.notices) > MOST_NOTICES:
        lines += [f"  … og {len(digest.notices) - MOST_NOTICES} mere.", ""]
    return "\n".join([*lines, f"Mailen kan slås fra på {site}/beskeder/mail/"])
