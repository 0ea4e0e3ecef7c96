"""`styr keys rotate`: everything encrypted under the newest key, and what the older ones are still needed for."""

from django.core.management.base import BaseCommand

from styr.access.rotation import Rotation
from styr.access.services import rotate_keys
from styr.kernel.danish import danish_number
from styr.kernel.refusal import Refusal


class UnreadableValuesError(Refusal):
    """Some values did not open; they are as they were."""


class Command(BaseCommand):
    """Rotate, and tell which keys may be taken out of the environment."""

    help = (
        "Kryptér alt igen med den nyeste nøgle i STYR_CPR_KEYS. Kør den, når alle processer er startet med nøglen; "
        "der kan arbejdes imens, og den kan stoppes og køres igen."
    )
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it; values that do not open make the exit status 1."""
        result = rotate_keys()
        self.stdout.write("\n".join(told(result)))
        if result.unreadable:
            raise UnreadableValuesError(
                f"{danish_number(len(result.unreadable))} værdier kunne ikke åbnes og er ikke ændret; den første er "
                f"{result.unreadable[0]}."
            )


def told(result: Rotation) -> list[str]:
    """What the rotation came to, a line each."""
    lines = [f"{danish_number(result.moved)} værdier er krypteret igen med nøgle {result.newest}."]
    for version in sorted(result.held - {result.newest}):
        uses = [use for use in result.uses if use.version == version]
        if version in result.unused:
            lines.append(f"Nøgle {version} bruges ikke mere og kan tages ud; ældre sikkerhedskopier kræver den stadig.")
        else:
            where = ", ".join(f"{use.table} ({danish_number(use.rows)})" for use in uses)
            lines.append(f"Nøgle {version} bruges stadig: {where}.")
    return lines
