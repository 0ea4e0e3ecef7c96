"""All register files, in the order in which they must land (what is pointed at comes first)."""

from styr.integrations.spreadsheets.core.case_file import CASE_GRANT_FILE
from styr.integrations.spreadsheets.core.fleet_files import FLEET_FILES
from styr.integrations.spreadsheets.core.help_files import (
    ABSENCE_FILE,
    CLOSING_DAY_FILE,
    CONTRACT_FILE,
    CONTRACT_LINE_FILE,
    CONTRACT_RATE_FILE,
    DELIVERY_FILE,
    GRANT_FILE,
    SERVICE_FILE,
)
from styr.integrations.spreadsheets.core.ledger_files import BUDGET_FILE, COST_CENTRE_FILE, POSTING_FILE
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.party_files import (
    CITIZEN_FILE,
    CONSENT_FILE,
    GUARDIAN_FILE,
    PLACE_FILE,
    PORTAL_RATE_FILE,
    SUPPLIER_FILE,
    UNIT_FILE,
)
from styr.integrations.spreadsheets.core.specs import TableSpec
from styr.integrations.spreadsheets.core.transport_files import TRANSPORT_FILES
from styr.integrations.spreadsheets.core.trip_files import TRIP_FILES

REGISTERS: tuple[TableSpec, ...] = (
    UNIT_FILE,
    CITIZEN_FILE,
    GUARDIAN_FILE,
    CONSENT_FILE,
    SUPPLIER_FILE,
    PLACE_FILE,
    PORTAL_RATE_FILE,
    CLOSING_DAY_FILE,
    CONTRACT_FILE,
    CONTRACT_LINE_FILE,
    CONTRACT_RATE_FILE,
    GRANT_FILE,
    SERVICE_FILE,
    ABSENCE_FILE,
    DELIVERY_FILE,
    OVERVIEW_FILE,
    COST_CENTRE_FILE,
    BUDGET_FILE,
    POSTING_FILE,
    CASE_GRANT_FILE,
    *TRANSPORT_FILES,
    *TRIP_FILES,
    *FLEET_FILES,
)
"""All register files in the order in which they land."""
