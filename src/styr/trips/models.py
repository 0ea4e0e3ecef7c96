"""The tables of trips, given on from their own modules."""

from styr.trips.riding_models import Attendance, Complaint, RideChange, RideOrder
from styr.trips.trip_models import Settlement, SettlementVersion, Trip

__all__ = ["Attendance", "Complaint", "RideChange", "RideOrder", "Settlement", "SettlementVersion", "Trip"]
