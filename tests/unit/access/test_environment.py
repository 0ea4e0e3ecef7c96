import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from styr.config.fresh_keys import lines
from styr.config.settings.environment import read_environment

NAMES = ("STYR_SECRET_KEY", "STYR_CPR_KEYS", "STYR_CPR_INDEX_KEY", "STYR_TOKEN_KEY", "STYR_ALLOWED_HOSTS")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A complete environment, to be spoilt by each test."""
    for name in ("DATABASE_URL", "STYR_DATABASE_URL", "STYR_OWNER_DATABASE_URL", "STYR_BACKUP_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for line in lines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STYR_ALLOWED_HOSTS", "styr.example.dk")
    return monkeypatch


def test_fresh_keys_make_a_complete_environment(environment: pytest.MonkeyPatch) -> None:
    found, keys = read_environment()
    assert keys.cpr_version == 1
    assert found.databases() is None


@pytest.mark.parametrize("name", NAMES)
def test_each_missing_value_stops_the_program_and_is_named(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=f"mangler {name}"):
        read_environment()


def test_all_missing_values_are_named_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        environment.delenv(name)
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment()
    assert all(name in str(refused.value) for name in NAMES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STYR_SECRET_KEY", "hemmelig-men-kort"),
        ("STYR_CPR_KEYS", "hemmelig-uden-version"),
        ("STYR_CPR_KEYS", "1:hemmelig-ikke-base64!"),
        ("STYR_CPR_INDEX_KEY", base64.b64encode(b"hemmelig-men-kort").decode()),
        ("STYR_TOKEN_KEY", "hemmelig"),
        ("STYR_ALLOWED_HOSTS", ""),
        ("STYR_DATABASE_URL", "mysql://hemmelig@vært/db"),
        ("STYR_DATABASE_URL", "postgresql://bruger:hemmelig@vært"),
    ],
)
def test_an_unfit_value_stops_the_program_and_is_not_repeated(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment()
    assert name in str(refused.value) or "nøgle" in str(refused.value).lower()
    assert "hemmelig" not in str(refused.value)


def test_each_role_has_its_own_url(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql://styr_app:a%2Fb@db.example.dk:5433/styr")
    environment.setenv("STYR_OWNER_DATABASE_URL", "postgresql://styr_owner:c@/styr?host=/run/postgresql")
    found = read_environment()[0].databases()
    assert found is not None
    assert set(found) == {"default", "owner"}
    assert (found["default"]["PASSWORD"], found["default"]["PORT"]) == ("a/b", 5433)
    assert found["owner"]["HOST"] == "/run/postgresql"
