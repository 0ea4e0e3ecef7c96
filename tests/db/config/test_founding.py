"""Making a municipality and its people, and what is refused."""

import io
from datetime import date

import pytest
from django.core import checks
from django.db import connection

from styr.access.models import Membership, Municipality, Unit, User
from styr.access.scope import service_scope
from styr.access.services import NewUser
from styr.config import founding
from styr.config.founding import Place, UnableToFoundError, asked_password, found_municipality, let_in, municipality_of

TODAY = date(2026, 1, 1)
EVERYWHERE = Place("999", None)
KIRSTEN = NewUser("kirsten", "Kirsten Holm", "en lang og egen kode")


@pytest.mark.django_db
def test_a_user_gets_the_role_in_the_unit_and_can_be_made_only_once(municipality: Municipality, unit: Unit) -> None:
    told = let_in(place=Place("999", unit.number), person=KIRSTEN, role="sagsbehandler", today=TODAY)
    assert told == "Kirsten Holm kan logge ind som »kirsten« (sagsbehandler)."
    with service_scope(municipality.id, "test"):
        held = Membership.objects.get(user__username="kirsten")
        assert (held.unit_id, held.role, held.starts) == (unit.id, "caseworker", TODAY)
        assert User.objects.get(username="kirsten").check_password(KIRSTEN.password)
    with pytest.raises(UnableToFoundError, match="er taget"):
        let_in(place=EVERYWHERE, person=KIRSTEN, role="leder", today=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "password", "told"),
    [
        (EVERYWHERE, "kort", "kort"),
        (EVERYWHERE, "kirsten holm", "brugernavn|navn"),
        (Place("123", None), KIRSTEN.password, "kendte koder: 998, 999"),
        (Place(None, None), KIRSTEN.password, "kendte koder: 998, 999"),
        (Place("999", "77"), KIRSTEN.password, "ingen enhed med nummer »77«"),
    ],
)
def test_what_cannot_be_made_is_told_in_danish(
    municipality: Municipality, place: Place, password: str, told: str
) -> None:
    person = NewUser("kirsten", "Kirsten Holm", password)
    with pytest.raises(UnableToFoundError, match=told):
        let_in(place=place, person=person, role="leder", today=TODAY)


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_municipality_is_made_once_and_its_code_is_not_given_to_another() -> None:
    assert found_municipality(code="123", name="Ny Kommune") == "Kommunen Ny Kommune (123) er oprettet."
    assert found_municipality(code="123", name=" Ny Kommune ") == "Kommunen Ny Kommune (123) er oprettet."
    with pytest.raises(UnableToFoundError, match="allerede brugt, til »Ny Kommune«"):
        found_municipality(code="123", name="Anden Kommune")
    for code in ("12", "1234", "abc"):
        with pytest.raises(UnableToFoundError, match="tre cifre"):
            found_municipality(code=code, name="X")


@pytest.mark.django_db
def test_without_a_municipality_the_command_that_makes_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding, "municipality_ids", list)
    with pytest.raises(UnableToFoundError, match="styr municipality add"):
        municipality_of(None)


def test_a_password_comes_from_stdin_and_its_two_writings_must_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("en kode \nmere\n"))
    assert asked_password() == "en kode "
    typed = iter(["en", "anden"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(founding, "getpass", lambda _: next(typed))
    with pytest.raises(UnableToFoundError, match="ikke ens"):
        asked_password()


@pytest.mark.django_db(databases=["default", "owner", "backup"])
def test_the_code_passes_djangos_own_checks_which_no_start_repeats() -> None:
    assert connection.vendor == "postgresql"
    assert [found for found in checks.run_checks() if found.level >= checks.ERROR] == []
