"""Whether the prepared figures still are what the registers say: by how far each register's history had come."""

from __future__ import annotations

from typing import Final

from styr.negotiations.histories import Histories

HISTORIES: Final = Histories(
    (
        *("grants.Grant", "grants.ServiceLine", "grants.OwnRate", "grants.Absence"),
        *("contracts.Contract", "contracts.ContractRate", "deliveries.Delivery", "agreements.QualityMark"),
        *("drafting.ContractDraft", "ledger.Posting", "ledger.BudgetLine", "budgets.ForecastRun"),
        *("invoices.Invoice", "invoices.FollowUp", "controls.Finding", "negotiations.Saving"),
    )
)
"""What the figures are worked out from: a change in any makes them old. The forecast's run stands for its rows."""
