"""`styr ocds`: the running contracts as open data."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.texts.publishing import open_contracts


class Command(BaseCommand):
    """Prints one release package for each municipality, a line each; says beside it what is left out."""

    help = "Skriv de gældende kontrakter som åbne data (OCDS) uden personoplysninger, én JSON-linje pr. kommune."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write the packages."""
        for municipality_id in municipality_ids():
            with service_scope(municipality_id, "report"):
                told, left_out = open_contracts(today=clock.today(), now=clock.now())
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stderr.write(f"{len(told['releases'])} poster; {left_out} aftaler er udeladt, fordi de er for få.")
