"""What the forecast that stands holds on grants that have no price: for copies that price services themselves."""

from typing import Final

CARRIED_ROWS: Final = """
SELECT f.grant_id, f.month, sum(f.amount_ore)::bigint AS amount_ore
FROM budgets_forecastrow f JOIN budgets_forecastrun r ON r.id = f.run_id AND r.kind = 'current' AND r.state = 'done'
WHERE f.grant_id IS NOT NULL
  AND (f.basis = 'carried' OR NOT EXISTS (SELECT FROM rel_service s WHERE s.grant_id = f.grant_id))
GROUP BY 1, 2"""
"""Rows of (grant_id, month, amount_ore): what is carried on, and of grants without services, as those of rides, what is
booked on them too. A grant with services has its priced days besides these."""

STANDING_RUN: Final = "SELECT id::text FROM budgets_forecastrun WHERE kind = 'current' AND state = 'done'"
"""Which forecast that is: another one has other rows."""
