"""Files about the own vehicles: logbooks, what vehicles cost, where they drive by duty."""

from styr.fleet.core.rows import DutyRow, LogRow, VehicleCostRow
from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import UNIT_NUMBER, VALID_FROM, VALID_TO

_VEHICLE = Column("vogn", "vehicle", Kind.TEXT, required=True, synonyms=("køretøj", "nummerplade", "reg_nr"))
_DATES = (
    Column("gyldig_fra", "valid_from", Kind.DATE, required=True, synonyms=VALID_FROM),
    Column("gyldig_til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
)
_PERIOD = (("valid_from", "valid_to"),)

LOG_FILE = TableSpec(
    "kørebog",
    LogRow,
    (
        _VEHICLE,
        Column("dato", "day", Kind.DATE, required=True, synonyms=("dag", "kørselsdato")),
        Column("kl_fra", "starts", Kind.TEXT, required=True, synonyms=("fra kl", "afgang", "kørt fra")),
        Column("kl_til", "ends", Kind.TEXT, required=True, synonyms=("til kl", "hjemkomst", "kørt til")),
        Column("km", "km", Kind.DECIMAL, synonyms=("kilometer", "kørte km")),
        Column("formål", "purpose", Kind.TEXT, synonyms=("kørslens formål",), personal=True),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, synonyms=UNIT_NUMBER),
        Column("passagerer", "passengers", Kind.INTEGER, synonyms=("antal passagerer",)),
    ),
)
VEHICLE_COST_FILE = TableSpec(
    "vognudgifter",
    VehicleCostRow,
    (
        _VEHICLE,
        *_DATES,
        Column("leasing_pr_måned", "leasing", Kind.MONEY, synonyms=("leasingydelse", "afskrivning_pr_måned")),
        Column("forsikring_pr_år", "insurance", Kind.MONEY, synonyms=("forsikring",)),
        Column("service_pr_år", "service", Kind.MONEY, synonyms=("vedligehold_pr_år",)),
        Column("forbrug_pr_100_km", "per_100km", Kind.DECIMAL, synonyms=("forbrug",)),
        Column("kilde", "source", Kind.TEXT),
    ),
    periods=_PERIOD,
)
DUTY_FILE = TableSpec(
    "faste_vogne",
    DutyRow,
    (_VEHICLE, Column("sted_nr", "place", Kind.NUMBERED, required=True, synonyms=("sted", "mål")), *_DATES),
    periods=_PERIOD,
)
FLEET_FILES = (LOG_FILE, VEHICLE_COST_FILE, DUTY_FILE)
"""In the order in which they land."""
