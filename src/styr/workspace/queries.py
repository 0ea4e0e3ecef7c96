"""What the pages show, gathered from the domains: a fixed number of queries a page."""

from dataclasses import dataclass
from datetime import date

from styr.contracts import queries as contracts
from styr.controls import queries as controls
from styr.grants import queries as grants
from styr.integrations import queries as integrations
from styr.invoices import queries as invoices
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.workspace.core.overview import RegisterFigures, share


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the start page."""

    invoices: invoices.InvoiceFigures
    registers: RegisterFigures
    found: controls.Summary
    imports: tuple[integrations.RunView, ...]
    kept_out: int

    @property
    def touchless_share(self) -> float | None:
        """Share of the invoices that nobody needs to look at, 0 to 1; None when none is read."""
        return share(self.invoices.touchless, self.invoices.read)

    @property
    def empty(self) -> bool:
        """Whether nothing has been read yet."""
        return not self.imports and not self.found.kinds


def overview(*, today: date, expensive: int = 10) -> Overview:
    """Gather the picture for the scope that the caller has; ten queries, however much there is."""
    return Overview(
        invoices=invoices.figures(),
        registers=RegisterFigures(
            citizens=people.citizen_count(),
            suppliers=suppliers.supplier_count(),
            contracts=contracts.contract_count(),
            grants=grants.running_grant_count(today),
        ),
        found=controls.summary(expensive=expensive),
        imports=tuple(integrations.latest_runs(5)),
        kept_out=integrations.kept_out_count(),
    )
