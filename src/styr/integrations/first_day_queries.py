"""How far an installation has come on its first day."""

from dataclasses import dataclass

from styr.controls.queries import KindCount, findings_by_kind
from styr.integrations.upload_queries import UploadLine, open_uploads
from styr.invoices.queries import figures
from styr.people.queries import citizen_count


@dataclass(frozen=True, slots=True)
class Steps:
    """What is there: citizens, invoices and open findings; and files that wait for an answer."""

    citizens: int
    invoices: int
    findings: int
    kinds: tuple[KindCount, ...]
    waiting: tuple[UploadLine, ...]

    @property
    def now(self) -> int:
        """The step that comes next: 1 registers, 2 invoices, 3 findings."""
        if not self.citizens:
            return 1
        return 3 if self.invoices else 2


def steps() -> Steps:
    """How far it is."""
    kinds = findings_by_kind()
    return Steps(
        citizens=citizen_count(),
        invoices=figures().read,
        findings=sum(kind.count for kind in kinds),
        kinds=tuple(kinds[:6]),
        waiting=tuple(open_uploads(3)),
    )
