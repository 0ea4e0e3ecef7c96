"""`styr audit verify|chain|citizen`: the way in to the logs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styr.config.auditing import citizen_as_json, newest, verified
from styr.config.founding import municipality_of


class Command(BaseCommand):
    """Check the seals, print the chain's newest value, or hand out a citizen's log."""

    help = "Efterprøv plomberne, vis kædens nyeste værdi, eller skriv en borgers log som JSON."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What, and about whom."""
        parser.add_argument("act", choices=["verify", "chain", "citizen"], metavar="verify|chain|citizen")
        parser.add_argument("citizen", nargs="?", metavar="BORGER", help="borgernummer eller id; aldrig CPR-nummer")
        parser.add_argument("--municipality", metavar="KODE", help="kommunekode, hvis der er flere kommuner")
        parser.add_argument("--kept", metavar="VÆRDI", help="verify: en værdi, som chain har vist før")
        parser.add_argument("--purpose", default="Indsigt, GDPR art. 15", metavar="FORMÅL", help="citizen: hvorfor")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it; what does not hold makes the exit status 1."""
        place = municipality_of(options["municipality"])
        match options["act"], options["citizen"]:
            case "verify", None:
                self.stdout.write(verified(place, kept=options["kept"]))
            case "chain", None:
                self.stdout.write(newest(place))
            case "citizen", str() as citizen:
                self.stdout.write(citizen_as_json(place, citizen=citizen, purpose=options["purpose"]))
            case _:
                raise CommandError("Brug »styr audit verify«, »styr audit chain« eller »styr audit citizen BORGER«.")
