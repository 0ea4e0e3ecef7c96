"""A program of its own that looks at the signatures of one PDF: the question on stdin, JSON on stdout.

The question is JSON on the first line (`{"roots": [PEM, …]}`), then the file. The file comes from a stranger, so the
process has none of our keys, little memory and time, and opens nothing (`pdf_program.confine`). Started by `apart`.
"""

from __future__ import annotations

import codecs
import json
import logging
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from styr.invoices.core.pdf_program import confine

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

_CODECS: Final = ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "idna")
_MOST: Final = 20
_WEAK: Final = {"md5", "sha1"}


def main() -> int:
    """Read the question and answer it."""
    question = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    roots = [found for one in question["roots"] for found in load_certs_from_pemder_data(one.encode())]
    for name in _CODECS:
        codecs.lookup(name)
    logging.disable(logging.CRITICAL)  # a signature that does not hold is an answer, no event
    confine()
    try:
        told: dict[str, Any] = {"signatures": [_told(one, roots) for one in _signatures(data)]}
    except (PdfError, SignatureValidationError, ValueError, KeyError, RecursionError):
        told = {"refused": "Filens underskrifter kan ikke læses: den er beskadiget eller ingen rigtig PDF."}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())
    return 0


def _signatures(data: bytes) -> list[EmbeddedPdfSignature]:
    reader = PdfFileReader(BytesIO(data), strict=False)
    return list(reader.embedded_regular_signatures)[:_MOST]


def _told(signature: EmbeddedPdfSignature, roots: list[Any]) -> dict[str, Any]:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, weak_hash_algos=_WEAK)
    status = _without_loop(async_validate_pdf_signature(signature, signer_validation_context=context))
    subject, issuer = status.signing_cert.subject.native, status.signing_cert.issuer.native
    when = status.signer_reported_dt
    return {
        "signer": _named(subject),
        "issuer": str(issuer.get("common_name") or issuer.get("organization_name") or ""),
        "signed_at": when.isoformat() if when else "",
        "intact": bool(status.intact and status.valid),
        "changed_after": not status.docmdp_ok,
        "trusted": bool(status.trusted),
    }


def _named(subject: dict[str, Any]) -> str:
    name, organisation = subject.get("common_name"), subject.get("organization_name")
    parts = [str(part) for part in (name, organisation) if part]
    return ", ".join(dict.fromkeys(parts))


def _without_loop(asked: Any) -> PdfSignatureStatus:
    """Run what never waits: nothing is fetched, so there is nothing to wait for, and a loop would need open files."""
    try:
        asked.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # what the coroutine returns
    raise ValueError("the validation waited for something")


if __name__ == "__main__":
    sys.exit(main())
