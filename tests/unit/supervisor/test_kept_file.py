"""Secrets that a kill in the wrong moment must not leave half written."""

import json
import threading
from datetime import date
from pathlib import Path

import pytest

from styr.config.demo.people import password_of
from styr.config.demo.place import Example, remember, remembered
from styr.config.installation import local_secrets
from styr.config.postgres import kept_file, passwords
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.kept_file import written_once, written_whole


def test_the_first_writer_wins_and_the_file_is_the_callers_alone(tmp_path: Path) -> None:
    path = tmp_path / "new/secret"
    assert written_once(path, b"first") == b"first"
    assert written_once(path, b"second") == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    written_whole(path, b"third")
    assert written_once(path, b"fourth") == b"third"
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


def test_many_at_once_agree(tmp_path: Path) -> None:
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda word=word: answers.append(written_once(tmp_path / "x", word)))
        for word in (b"one", b"two", b"three", b"four")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_a_kill_before_the_content_is_safe_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(kept_file.os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            written_once(tmp_path / "x", b"secret")
    assert not (tmp_path / "x").exists()
    assert written_once(tmp_path / "x", b"again") == b"again"


def test_what_an_earlier_kill_left_empty_is_made_anew(tmp_path: Path) -> None:
    for name in ("keys.json", "demo-login", "passwords.json", "eksempel.json"):
        (tmp_path / name).touch(mode=0o600)
    assert local_secrets(tmp_path) == local_secrets(tmp_path)
    assert password_of(tmp_path) == password_of(tmp_path) != ""
    assert passwords.kept(tmp_path / "passwords.json") == json.loads((tmp_path / "passwords.json").read_text())
    assert remembered(tmp_path) is None
    remember(tmp_path, Example(1, 0.5, date(2026, 1, 1)))
    assert remembered(tmp_path) == Example(1, 0.5, date(2026, 1, 1))


def test_a_home_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailableError, match="kan ikke bruges"):
        local_secrets(tmp_path / "file/home")
