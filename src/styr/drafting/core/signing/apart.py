"""A PDF's signatures looked at by `program`, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from styr.drafting.core.signing.verdict import Signature, signature_of

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND: Final = (sys.executable, "-P", "-m", "styr.drafting.core.signing.program")
PATIENCE: Final = 20.0
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


class UnreadableSignatureError(ValueError):
    """The file's signatures cannot be read; the message says why, fit to show a user."""


def signatures_of(data: bytes, *, roots: Sequence[str] = (), patience: float = PATIENCE) -> tuple[Signature, ...]:
    """The electronic signatures of a PDF, in their order; `roots` are the certificates (PEM) of issuers one trusts.

    Raises:
        UnreadableSignatureError: it is no PDF that can be read, or takes too long.
    """
    asked = json.dumps({"roots": list(roots)}).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            COMMAND, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience, check=False,
            env=_ENVIRONMENT, cwd="/", close_fds=True,
        )  # fmt: skip
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, OSError, ValueError):
        told = {}
    if "signatures" not in told:
        raise UnreadableSignatureError(
            told.get("refused", "Filens underskrifter kunne ikke læses: den er beskadiget eller for tung.")
        )
    return tuple(signature_of(one) for one in told["signatures"])
