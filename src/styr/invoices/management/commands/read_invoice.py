"""`styr read-invoice FILE…`: read e-invoices and say what is wrong with them. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from styr.invoices.core.document_checks import report
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.management.invoice_files import FileResult, read_files


class Command(BaseCommand):
    """One JSON object a line with `--json`, else a few lines for people; exit status 1 when a file gave no invoice."""

    help = "Læser e-fakturaer (OIOUBL 2.1, OIOUBL 3, Peppol BIS 3, EN 16931) og viser indhold og fejl."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files or folders; folders are searched for XML files."""
        parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="XML-fil eller mappe")
        parser.add_argument("--json", action="store_true", help="ét JSON-objekt pr. linje")

    def handle(self, *, files: list[Path], json: bool, **_options: object) -> None:
        """Read, say, and go on."""
        unreadable = 0
        for result in read_files(files):
            unreadable += isinstance(result.outcome, UnreadableInvoice)
            for line in [_json(result)] if json else _text(result):
                self.stdout.write(line)
        if unreadable:
            sys.exit(1)


def _json(result: FileResult) -> str:
    if isinstance(result.outcome, UnreadableInvoice):
        return json.dumps(report.error_object(result.file, result.outcome), ensure_ascii=_only_ascii())
    return json.dumps(report.as_object(result.file, result.outcome, result.findings), ensure_ascii=_only_ascii())


def _only_ascii() -> bool:
    """A terminal that cannot show æøå gets them escaped, which is the same JSON."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"


def _text(result: FileResult) -> list[str]:
    if isinstance(result.outcome, UnreadableInvoice):
        return [*report.error_text(result.file, result.outcome)]
    return [*report.as_text(result.file, result.outcome, result.findings), ""]
