"""The tables of tenders, gathered for Django."""

from styr.tenders.bid_models import Award, Bid, BidPrice, Score
from styr.tenders.tender_models import (
    Invitation,
    Lot,
    LotVolume,
    Question,
    Requirement,
    ServiceCriterion,
    Tender,
    TenderPerson,
    TenderRide,
)

__all__ = [
    "Award",
    "Bid",
    "BidPrice",
    "Invitation",
    "Lot",
    "LotVolume",
    "Question",
    "Requirement",
    "Score",
    "ServiceCriterion",
    "Tender",
    "TenderPerson",
    "TenderRide",
]
