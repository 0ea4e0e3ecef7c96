"""The tables of transport, given on from their own modules."""

from styr.transport.cost_models import AreaAccount, CostCell, PostingSum
from styr.transport.register_models import Area, Criterion, Operator, Place, PriceScheme, Vehicle
from styr.transport.ride_models import Assessment, OwnLimit, RideGrant

__all__ = [
    "Area",
    "AreaAccount",
    "Assessment",
    "CostCell",
    "Criterion",
    "Operator",
    "OwnLimit",
    "Place",
    "PostingSum",
    "PriceScheme",
    "RideGrant",
    "Vehicle",
]
