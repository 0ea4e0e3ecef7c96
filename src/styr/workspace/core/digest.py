"""The text of the daily mail: counts and addresses of pages, and never a name or a CPR number."""

from dataclasses import dataclass
from typing import Final

from styr.workspace.core.work import Work

MOST_NOTICES: Final = 20


@dataclass(frozen=True, slots=True)
class Digest:
    """What the mail tells: my work and unread notices, each with the path of its page."""

    work: tuple[tuple[Work, str], ...]
    notices: tuple[tuple[str, str], ...]


def digest_text(digest: Digest, site: str) -> str:
    """The mail's text; "" when there is nothing to tell."""
    if not digest.work and not digest.notices:
        return ""
    lines = ["Godmorgen", "", "Dette venter på dig i Styr:", ""]
    for one, path in digest.work:
        lines += [f"  {one.count} – {one.title.lower()} ({one.note})", f"  {site}{path}", ""]
    if digest.notices:
        lines += ["Siden sidst:", ""]
        for text, path in digest.notices[:MOST_NOTICES]:
            lines += [f"  {text}", f"  {site}{path}", ""]
    if len(digest.notices) > MOST_NOTICES:
        lines += [f"  … og {len(digest.notices) - MOST_NOTICES} mere.", ""]
    return "\n".join([*lines, f"Mailen kan slås fra på {site}/beskeder/mail/"])
