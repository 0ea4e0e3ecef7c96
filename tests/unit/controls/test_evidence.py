import json
from datetime import date
from decimal import Decimal

import ibis.expr.datatypes as dt

from styr.controls.core.evidence import typed
from styr.controls.core.report import ControlReport, Outcome


def test_stored_evidence_gets_its_types_back() -> None:
    types = {
        "day": dt.date,
        "price": dt.Decimal(14, 4),
        "count": dt.int64,
        "odd": dt.boolean,
        "name": dt.string,
        "gone": dt.date,
    }
    stored = {"day": "2026-11-21", "price": "12.5", "count": 3, "odd": True, "name": "sten", "older": "x"}
    assert typed(stored, types) == {
        "day": date(2026, 11, 21),
        "price": Decimal("12.5"),
        "count": 3,
        "odd": True,
        "name": "sten",
        "gone": None,
    }


def test_a_report_can_be_stored_and_read_by_people() -> None:
    sound, broken = Outcome("sound", 3, 1, 1, 0, 1, 0.25), Outcome("broken", error="division by zero")
    report = ControlReport((sound, broken), touched=None, seconds=0.5)
    assert Outcome.from_json(json.loads(json.dumps(sound.as_json()))) == sound
    assert report.failures == (broken,)
    first, second = report.as_text().splitlines()
    assert " ".join(first.split()) == "sound 3 fundet, 1 nye, 1 ændrede, 0 genåbnede, 1 lukkede (0.25 s)"
    assert "kontrollen kunne ikke køre: division by zero" in second
    assert report.as_json()["touched"] is None
