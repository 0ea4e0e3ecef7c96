"""`styr user add`: somebody who may log in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from styr.access.services import NewUser
from styr.config.founding import ROLES, Place, asked_password, let_in
from styr.kernel import clock


class Command(BaseCommand):
    """Make a user; the password is asked for, or read as the first line of stdin."""

    help = "Opret en bruger. Der spørges om adgangskoden, eller den læses som første linje af standard input."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, where and as what; never the password."""
        parser.add_argument("act", choices=["add"], metavar="add")
        parser.add_argument("--municipality", metavar="KODE", help="kommunekode, hvis der er flere kommuner")
        parser.add_argument("--username", required=True, metavar="BRUGERNAVN")
        parser.add_argument("--name", required=True, metavar="NAVN")
        parser.add_argument("--role", required=True, choices=list(ROLES), metavar="|".join(ROLES))
        parser.add_argument("--unit", metavar="NR", help="kun i denne enhed og dem under den; ellers hele kommunen")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it and say so."""
        person = NewUser(options["username"], options["name"], asked_password())
        place = Place(options["municipality"], options["unit"])
        self.stdout.write(let_in(place=place, person=person, role=options["role"], today=clock.today()))
