"""Sections and services that a municipality adds itself: one way in, dated, and everywhere beside the program's."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.contracts import local_terms, own_terms
from styr.contracts.core.codes import TermKind
from styr.contracts.models import OwnTerm
from styr.contracts.own_terms import NewTerm, UnableToAddTermError
from styr.contracts.queries import sections_on, service_kinds, service_names

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
LATER = date(2027, 1, 1)
SCHOOL = NewTerm(
    name="Specialundervisning", reason="Skoleområdet køber den ind", law="Folkeskoleloven", short="fsl",
    paragraph="§ 20", words="Spec. uv.",
)  # fmt: skip


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Persona:
    return persona("lone", municipality, Role.ECONOMIST)


def add(who: Persona, what: TermKind, term: NewTerm = SCHOOL, *, starts: date = TODAY) -> str:
    return own_terms.add_term(
        municipality_id=who.user.municipality_id, what=what, term=term, starts=starts, actor_id=who.user.id,
        today=TODAY,
    )  # fmt: skip


def retire(who: Persona, code: str, ends: date | None, words: str = "") -> None:
    own_terms.change_term(
        what=TermKind.SERVICE, code=code, words=words, ends=ends, actor_id=who.user.id, today=TODAY
    )  # fmt: skip


def test_what_is_added_can_be_chosen_from_its_day_beside_the_program_s(lone: Persona) -> None:
    assert (add(lone, TermKind.SECTION), add(lone, TermKind.SERVICE, starts=LATER)) == ("FSL-20", "specialundervisning")
    assert (sections_on(TODAY)["FSL-20"].paragraph, sections_on(TODAY)["FSL-20"].law) == ("§ 20", "Folkeskoleloven")
    assert "specialundervisning" not in local_terms.on_offer(TODAY).services
    assert local_terms.on_offer(LATER).services["specialundervisning"] == "Specialundervisning"
    assert local_terms.on_offer(LATER).sections["FSL-20"].name == "Specialundervisning"
    assert "SEL-107" in local_terms.on_offer(LATER).sections


def test_what_is_retired_keeps_its_name_and_cannot_be_chosen_anew(lone: Persona) -> None:
    code = add(lone, TermKind.SERVICE)
    retire(lone, code, LATER)
    assert code in local_terms.on_offer(TODAY).services
    assert code not in local_terms.on_offer(LATER).services
    assert code in local_terms.on_offer(LATER, also={code}).services  # the line that holds it already
    assert service_names()[code] == "Specialundervisning"
    retire(lone, code, None)
    assert code in local_terms.on_offer(LATER).services


def test_it_can_be_given_another_name_from_a_day(lone: Persona) -> None:
    code = add(lone, TermKind.SERVICE)
    local_terms.set_term(
        municipality_id=lone.user.municipality_id, what=TermKind.SERVICE, code=code, in_use=True,
        name="Støttende undervisning", checked=False, starts=TODAY, actor_id=lone.user.id, today=TODAY,
    )  # fmt: skip
    assert local_terms.on_offer(TODAY).services[code] == "Støttende undervisning"
    assert service_kinds()[code].name == "Specialundervisning"


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        (TermKind.SECTION, {"paragraph": "tyve"}),
        (TermKind.SECTION, {"short": "F 1"}),
        (TermKind.SECTION, {"law": " "}),
        (TermKind.SECTION, {"short": "SEL", "paragraph": "107"}),
        (TermKind.SERVICE, {"name": "Ophold"}),
        (TermKind.SERVICE, {"words": "Støtte"}),
        (TermKind.SERVICE, {"name": "§§"}),
        (TermKind.SERVICE, {"name": "x" * 101}),
        (TermKind.SERVICE, {"reason": " "}),
    ],
)
def test_what_cannot_be_read_or_means_two_things_is_refused(
    lone: Persona, what: TermKind, changed: dict[str, str]
) -> None:
    given = {name: getattr(SCHOOL, name) for name in NewTerm.__dataclass_fields__} | changed
    with pytest.raises(UnableToAddTermError):
        add(lone, what, NewTerm(**given))
    assert not OwnTerm.objects.exists()


def test_other_ways_to_write_it_are_mended_and_may_not_be_another_s(lone: Persona) -> None:
    code = add(lone, TermKind.SERVICE)
    retire(lone, code, None, words="Spec.\n  Specialuv. ")
    assert own_terms.ways_of_own_services() == {code: ("Specialundervisning", "Spec.", "Specialuv.")}
    with pytest.raises(UnableToAddTermError):
        retire(lone, code, None, words="nattevagt")


def test_only_a_role_over_the_whole_municipality_adds_and_retires(
    scope: str, lone: Persona, municipality: Municipality, unit: Unit
) -> None:
    local = persona("mette", municipality, Role.MANAGER, unit)
    with pytest.raises(UnableToAddTermError):
        add(local, TermKind.SERVICE)
    code = add(lone, TermKind.SERVICE)
    with pytest.raises(UnableToAddTermError):
        retire(local, code, LATER)
    with pytest.raises(UnableToAddTermError):  # the program's are taken out of use instead
        retire(lone, "ophold", LATER)


def test_the_same_code_stands_once_also_for_who_goes_round_the_service(lone: Persona) -> None:
    add(lone, TermKind.SERVICE)
    with pytest.raises(UnableToAddTermError):
        add(lone, TermKind.SERVICE)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnTerm.objects.create(
            municipality_id=lone.user.municipality_id, what="service", code="Med Mellemrum", name="x", reason="x",
            starts=TODAY, added_by=lone.user,
        )  # fmt: skip


def test_a_later_version_of_the_program_may_bring_the_same_code(lone: Persona) -> None:
    OwnTerm.objects.create(
        municipality_id=lone.user.municipality_id, what="service", code="ophold", name="Vores ophold",
        reason="Først her", starts=TODAY, added_by=lone.user,
    )  # fmt: skip
    assert (service_kinds()["ophold"].own_id, service_names()["ophold"]) == (None, "Ophold")
