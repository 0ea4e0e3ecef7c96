"""The contract files of the example can be written on any disk, whatever the suppliers are called."""

from datetime import date
from pathlib import Path

from exampletown.contract_files import files_folder_of, write_contract_files
from exampletown.generate import make_town


def test_each_file_lies_in_the_folder_by_a_name_of_its_own(tmp_path: Path) -> None:
    town = make_town(1, 0.02, date(2026, 11, 22))
    key = tmp_path / "town-facit"
    key.mkdir()
    made = write_contract_files(tmp_path / "town", town, seed=1, key_folder=key)
    assert {one.name for one in made} == {path.name for path in files_folder_of(tmp_path / "town").iterdir()}
    assert not any("/" in one.name for one in made)
    assert (key / "contracts.csv").is_file()
