import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from exampletown.generate import UnableToGenerateError, generate

TODAY = date(2026, 11, 21)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below the folder's parent with a hash of its content; the summary names the folder and is left out."""
    return {
        str(path.relative_to(folder.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.parent.rglob("*"))
        if path.is_file() and path.name != "opsummering.json"
    }


def small(folder: Path, seed: int) -> dict[str, str]:
    folder.parent.mkdir()
    generate(folder, seed=seed, scale=0.03, today=TODAY)
    return fingerprint(folder)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    assert small(tmp_path / "a" / "kommune", 7) == small(tmp_path / "b" / "kommune", 7)


def test_another_seed_gives_another_town(tmp_path: Path) -> None:
    one, two = small(tmp_path / "a" / "kommune", 7), small(tmp_path / "b" / "kommune", 8)
    shared = {name for name in one.keys() & two.keys() if one[name] == two[name]}
    assert shared <= {"kommune/enheder.csv", "kommune/lukkedage.csv", "kommune/samtykker.csv"}


def test_the_default_town_has_the_size_it_promises(town: Path) -> None:
    summary = json.loads(town.with_name("kommune-facit").joinpath("opsummering.json").read_text("utf-8"))
    assert summary["citizens"] == 1200
    assert 2100 < summary["grants"] < 2500
    assert 850 < summary["contracts"] < 1100
    assert 13_000 < summary["documents"] < 15_500
    assert all(summary["formats"][name] > 1500 for name in ("oioubl2", "oioubl3", "peppol"))


def test_the_key_lies_beside_the_folder_that_is_imported(town: Path) -> None:
    assert not [path for path in town.rglob("*") if "facit" in str(path.relative_to(town))]
    assert {path.name for path in town.with_name("kommune-facit").iterdir()} == {
        "calibra_budgetter.csv",
        "extracts.csv",
        "finance_extracts.csv",
        "invoices.csv",
        "ledger.csv",
        "nexus_udtræk.csv",
        "opus_posteringer.csv",
        "pecunia_betalinger.csv",
        "potential.csv",
        "registers.csv",
        "opsummering.json",
    }


def test_an_earlier_town_is_replaced_whole(tmp_path: Path) -> None:
    small(tmp_path / "a" / "kommune", 1)
    generate(tmp_path / "a" / "kommune", seed=2, scale=0.03, today=TODAY)
    assert fingerprint(tmp_path / "a" / "kommune") == small(tmp_path / "b" / "kommune", 2)


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("vigtigt", encoding="utf-8")
    with pytest.raises(UnableToGenerateError, match="ikke tom"):
        generate(tmp_path, seed=1, scale=0.03, today=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["brev.txt"]


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(step: str, done: int, _total: int) -> None:
        if step == "fakturaer" and done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path / "kommune", seed=1, scale=0.03, today=TODAY, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_where_it_said_it_would(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    generate(
        tmp_path / "kommune",
        seed=1,
        scale=0.03,
        today=TODAY,
        progress=lambda *told: seen.append((told[0], told[1], told[2])),
    )
    assert {step for step, done, total in seen if done == total} == {"kommune", "registre", "fakturaer"}
