"""E-mail files: who wrote what when, and the files that came along. Nothing in them is opened or run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Final

from styr.agreements.core.reading.text import UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FILES: Final = 50
_TAGS: Final = re.compile(r"(?s)<(script|style)\b.*?</\1\s*>|<[^>]+>")
_BREAKS: Final = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li)\b[^>]*>")
_BROKEN: Final = "Mailen er beskadiget og kan ikke læses. Gem kontrakten, som ligger i den, som en fil for sig."


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as text, and its files; `left_out` are small pictures of signatures and files above the fiftieth."""

    subject: str
    sender: str
    sent: str
    body: str
    files: tuple[MailFile, ...]
    left_out: int

    @property
    def text(self) -> str:
        """The mail as one reads it."""
        heads = f"Emne: {self.subject}\n\nFra: {self.sender}\n\nSendt: {self.sent}"
        return f"{heads}\n\n{self.body}"


def read_mail(data: bytes) -> Mail:
    """Read an .eml file, or a message of Outlook (.msg).

    Raises:
        UnreadableDocumentError: it is damaged.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _outlook(data)
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - what the policy makes
    files, left_out = _kept(list(_attached(mail)))
    return Mail(_head(mail, "subject"), _head(mail, "from"), _head(mail, "date"), _body(mail).strip(), files, left_out)


def _head(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        text = (part.get_payload(decode=True) or b"").decode("cp1252", errors="replace")  # type: ignore[union-attr]  # a leaf's payload is bytes
    return _bare(text) if part.get_content_subtype() == "html" else text


def _bare(html: str) -> str:
    return unescape(_TAGS.sub("", _BREAKS.sub("\n", html)))


def _attached(mail: EmailMessage) -> Iterator[tuple[str, bytes, bool]]:
    """Each file's name and bytes, and whether it is a picture that stands in the text."""
    for number, part in enumerate(mail.iter_attachments(), start=1):
        inline = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
        if part.get_content_type() == "message/rfc822":
            enclosed = part.get_payload()
            inner = enclosed[0] if isinstance(enclosed, list) and enclosed else None
            if inner is not None:
                yield part.get_filename() or f"mail-{number}.eml", inner.as_bytes(), False  # type: ignore[union-attr]  # a message
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            yield part.get_filename() or f"fil-{number}", data, inline


def _kept(found: list[tuple[str, bytes, bool]]) -> tuple[tuple[MailFile, ...], int]:
    files = tuple(MailFile(name, data) for name, data, inline in found if data and not inline)[:MOST_FILES]
    return files, len(found) - len(files)


def _outlook(data: bytes) -> Mail:
    from oxmsg import Message

    try:
        message = Message.load(BytesIO(data))
        found = [
            (one.file_name or f"fil-{number}", one.file_bytes or b"", False)
            for number, one in enumerate(message.attachments, start=1)
        ]
        body = message.body or _bare(message.html_body or "")
        sent = "" if message.sent_date is None else message.sent_date.strftime("%d-%m-%Y %H:%M")
        subject, sender = message.subject or "", message.sender or ""
    except (OSError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise UnreadableDocumentError(_BROKEN) from error
    files, left_out = _kept(found)
    return Mail(subject, sender, sent, body.strip(), files, left_out)
