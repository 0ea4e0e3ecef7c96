"""The example is kept from run to run, until the program would make it otherwise."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from exampletown.mark import mark_of_maker
from styr.config.demo.place import Example, remember, remembered
from styr.config.demo.run import the_example
from styr.config.installation import Installation

NOW = "the program as it is"


@pytest.mark.parametrize(("made_by", "kept"), [(NOW, 1), ("as it was", 0), ("", 0)])
def test_an_example_that_the_program_would_make_otherwise_is_made_anew(
    tmp_path: Path, made_by: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STYR_HOME", str(tmp_path))
    emptied: list[Installation] = []

    def empty(one: Installation) -> None:
        emptied.append(one)

    monkeypatch.setattr(Installation, "start_over", empty)
    installation, told = Installation("demo"), StringIO()
    held, wanted = Example(1, 0.5, date(2026, 1, 1), made_by), Example(1, 0.5, date(2026, 2, 2), NOW)
    (held.folder(installation.home) / "befordring").mkdir(parents=True)
    remember(installation.home, held)
    found = the_example(installation, wanted, Console(file=told, width=200))
    assert found == (held if kept else wanted) == remembered(installation.home)
    assert emptied == ([] if kept else [installation])
    assert held.folder(installation.home).is_dir() == bool(kept)
    assert ("for programmet laver det anderledes nu" in told.getvalue()) == (not kept)


def test_another_seed_starts_over_too_and_says_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYR_HOME", str(tmp_path))
    monkeypatch.setattr(Installation, "start_over", lambda _: None)
    installation, told = Installation("demo"), StringIO()
    installation.home.mkdir(parents=True)
    remember(installation.home, Example(1, 0.5, date(2026, 1, 1), NOW))
    assert the_example(installation, Example(2, 0.5, date(2026, 1, 1), NOW), Console(file=told, width=200)).seed == 2
    assert "fjernes; et nyt laves" in told.getvalue()


def test_the_mark_of_what_makes_towns_is_the_same_until_a_file_of_it_changes() -> None:
    assert mark_of_maker() == mark_of_maker()
    assert len(mark_of_maker()) == 12
