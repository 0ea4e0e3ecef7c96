"""What the start page and the demo's summary say: one picture of where the municipality stands."""

from dataclasses import dataclass

from styr.kernel.money import Ore


@dataclass(frozen=True, slots=True)
class InvoiceFigures:
    """Invoices and credit notes read, and how many need nobody's eyes.

    `touchless` are those with nothing left to explain; `stopped` have at least one hard stop; `amount_ore` is what the
    invoices ask for, less the credit notes.
    """

    read: int
    amount_ore: Ore
    touchless: int
    stopped: int

    @property
    def touchless_share(self) -> float | None:
        """Share of the documents that are ready untouched, 0 to 1; None when none is read."""
        return self.touchless / self.read if self.read else None


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """How much is in the registers; of grants, those that run today."""

    citizens: int
    suppliers: int
    contracts: int
    grants: int
