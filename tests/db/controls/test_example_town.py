"""The register controls against the answer key of an example municipality on a seed that nobody developed on."""

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from exampletown.generate import generate
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import Found, find
from styr.controls.services import run_controls
from styr.deliveries.core.relations import DELIVERY
from styr.integrations.services import import_paths
from styr.kernel.engine import DuckEngine
from unit.controls.register_reference import REFERENCE
from unit.controls.town import RELATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED, SCALE = 90125, 0.2
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

DEFECTS: Mapping[str, str] = {
    "duplicate_grant": "duplicate_grant",
    "overlapping_grants": "duplicate_grant",
    "grant_without_contract": "grant_without_contract",
    "contract_without_grant": "contract_without_grant",
    "contract_expired": "contract_expired",
    "contract_unsigned": "contract_unsigned",
    "contract_without_rates": "contract_without_rates",
    "special_rate_unfounded": "special_rate_incomplete",
    "rate_above_portal": "rate_above_portal",
    "provider_not_approved": "provider_not_approved",
    "follow_up_overdue": "follow_up_overdue",
    "grant_after_death": "grant_after_death",
    "grant_after_move": "grant_after_move",
    "account_missing": "account_coding_missing",
    "paid_not_delivered": "paid_not_delivered",
    "undue_indexation": "undue_indexation",
}
"""Which of the key's defects each control is to find. The other controls' defects are not planted."""
CODES = (*REFERENCE, "paid_not_delivered", "undue_indexation")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "eksempel"
    generate(folder, seed=SEED, scale=SCALE, today=TODAY)
    return folder


def test_the_planted_defects_are_found_and_hardly_anything_else(
    town: Path, municipality: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    registers = sorted(path for path in town.iterdir() if path.is_file())
    import_paths(paths=registers, municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "control"):
        report = run_controls(municipality_id=municipality.id, today=TODAY, now=NOW, codes=list(CODES))
        assert report.failures == ()
        with DuckEngine() as engine:
            for relation in (*RELATIONS, DELIVERY):
                engine.load(relation, _rows_of(relation.name))
            found = find(engine, [REGISTRY[code] for code in CODES], today=TODAY)
        assert {(one.code, one.subject_id, one.amount_ore) for one in found} == _stored()
        names = _names()
    scores = _scores(found, names, _planted(town))
    with capsys.disabled():
        sys.stdout.write(f"\n{_table(scores)}\n")
    assert {defect: score for defect, score in scores.items() if min(score.precision, score.recall) < 0.95} == {}


def _rows_of(name: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own relations
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _stored() -> set[tuple[object, ...]]:
    return {(row["control_code"], row["subject_id"], row["amount_ore"]) for row in _rows_of("rel_finding")}


def _names() -> dict[object, set[str]]:
    """From ids, and from P-numbers, to the numbers that the key uses."""
    names: dict[object, set[str]] = defaultdict(set)
    numbers = {key["provider_unit_id"]: str(key["source_id"]) for key in _rows_of("key_provider_unit")}
    for offer in _rows_of("rel_provider_unit"):
        names[offer["p_number"]].add(numbers[offer["provider_unit_id"]])
    for grant in _rows_of("rel_grant"):
        names[grant["grant_id"]].add(str(grant["number"]))
    for contract in _rows_of("rel_contract"):
        names[contract["contract_id"]].add(str(contract["number"]))
    return names


def _planted(town: Path) -> dict[str, list[set[str]]]:
    """From defect to the subjects it was planted on, each with the numbers that may carry the finding."""
    planted: dict[str, list[set[str]]] = defaultdict(list)
    with (town.parent / f"{town.name}-facit" / "registers.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            planted[row["defect"]].append({row["subject"], *filter(None, [row["other"]])})
    return planted


def _told(one: Found, names: Mapping[object, set[str]]) -> set[str]:
    told = names[one.subject_id] | names[one.evidence.get("p_number")]
    for name in ("number", "other_number", "contract_number"):
        if one.evidence.get(name):
            told.add(str(one.evidence[name]))
    return told


@dataclass(frozen=True)
class Score:
    """How a control did on a defect."""

    planted: int
    found: int
    false_alarms: tuple[frozenset[str], ...]
    missed: tuple[frozenset[str], ...]

    @property
    def precision(self) -> float:
        return 1 - len(self.false_alarms) / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.planted if self.planted else 1.0


def _scores(
    found: list[Found], names: Mapping[object, set[str]], planted: Mapping[str, list[set[str]]]
) -> dict[str, Score]:
    """A finding hits a planted defect when they name the same subject."""
    by_defect: dict[str, list[set[str]]] = defaultdict(list)
    for one in found:
        if one.code in DEFECTS:
            by_defect[DEFECTS[one.code]].append(_told(one, names))
    scores = {}
    for defect in sorted(set(DEFECTS.values())):
        told, wanted = by_defect[defect], planted[defect]
        alarms = [frozenset(subject) for subject in told if not any(subject & mark for mark in wanted)]
        missed = [frozenset(mark) for mark in wanted if not any(subject & mark for subject in told)]
        scores[defect] = Score(len(wanted), len(told), tuple(alarms), tuple(missed))
    return scores


def _table(scores: Mapping[str, Score]) -> str:
    return "\n".join(
        f"{defect:<24} planted {score.planted:>3} found {score.found:>3} "
        f"precision {score.precision:.3f} recall {score.recall:.3f}"
        for defect, score in scores.items()
    )
