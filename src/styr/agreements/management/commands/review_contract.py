"""`styr review-contract FILE…`: read contracts and judge their clauses by the playbook. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from styr.agreements.core.reading.document import UnreadableDocumentError
from styr.agreements.core.reading.whole import read_whole
from styr.agreements.core.review.report import as_object, as_text
from styr.agreements.reference.load import lexicon, playbook


class Command(BaseCommand):
    """One JSON object a line with `--json`, else lines for people; exit status 1 when a file could not be read."""

    help = "Læser kontrakter (PDF, scanning, DOCX, ren tekst) og vurderer vilkårene efter vilkårshåndbogen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files."""
        parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="PDF, scanning, DOCX eller tekstfil")
        parser.add_argument("--json", action="store_true", help="ét JSON-objekt pr. linje")

    def handle(self, *, files: list[Path], json: bool, **_options: object) -> None:
        """Read, judge, and go on."""
        unread = 0
        for file in files:
            try:
                lines = list(_told(file, as_json=json))
            except (UnreadableDocumentError, OSError) as error:
                unread += 1
                lines = [_refused(file, error, as_json=json)]
            for line in lines:
                self.stdout.write(line)
        if unread:
            sys.exit(1)


def _told(file: Path, *, as_json: bool) -> list[str]:
    text = read_whole(file.read_bytes())
    if not as_json:
        return [*as_text(file.name, text, playbook=playbook(), lexicon=lexicon()), ""]
    return [json.dumps(as_object(file.name, text, playbook=playbook(), lexicon=lexicon()), ensure_ascii=False)]


def _refused(file: Path, error: Exception, *, as_json: bool) -> str:
    why = str(error) if isinstance(error, UnreadableDocumentError) else "Filen kan ikke åbnes."
    return json.dumps({"file": file.name, "error": why}, ensure_ascii=False) if as_json else f"{file.name}: {why}"
