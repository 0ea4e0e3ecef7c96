import io
import json
import zipfile
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from db.drafting.journey import office
from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.access.scope import service_scope
from styr.access.services import seal_logs
from styr.agreements.services import HandedIn, take_document
from styr.audit.services import verify_seal
from styr.people import requests, retention
from styr.people.core.keeping import RequestState
from styr.people.retention import UnableToEraseError
from styr.texts.services import index_documents
from styr.workspace.citizens_dossier import gathered, held_about, packed
from styr.workspace.citizens_erasing import due_citizens, erase_citizen, make_archive_package, propose_erasure
from styr.workspace.citizens_gathering import gather_request

TODAY = date(2032, 6, 1)
NOW = datetime(2032, 6, 1, 12, tzinfo=UTC)
transactional = pytest.mark.django_db(transaction=True)
plain = pytest.mark.django_db


def load(municipality: Municipality) -> UUID:
    """The tiny municipality with Ida's case ended by 2027: due from 2032-01-01."""
    Registers(municipality.id).load()
    grants = apps.get_model("grants", "Grant").objects
    grants.filter(source_id="B0000017-9").update(status="stopped", ends=date(2027, 1, 1))
    found: UUID = apps.get_model("people", "Citizen").objects.get(source_id="1001").id
    return found


@pytest.fixture
def ida(scope: str, municipality: Municipality) -> UUID:
    return load(municipality)


def with_contract_files(municipality: Municipality) -> None:
    """Ida's contract with a draft of it, a document that came in, and both found by the search."""
    desk = office(municipality)
    desk.draft()
    text = b"KONTRAKT\n\nOpsigelse\nAftalen kan opsiges med 30 dages varsel.\n"
    take_document(
        municipality_id=municipality.id, file=HandedIn("aftale.txt", text), contract_id=desk.contract_id,
        actor_id=desk.mads.user.id, now=NOW,
    )  # fmt: skip
    assert index_documents(municipality_id=municipality.id) == 1
    apps.get_model("contracts", "Contract").objects.filter(id=desk.contract_id).update(ends=date(2027, 1, 1))


def approved(citizen_id: UUID, municipality: Municipality) -> tuple[UUID, User]:
    """An erasure archived and approved by two."""
    people = [persona(name, municipality, Role.LAWYER).user for name in ("anna", "bent")]
    made = propose_erasure(citizen_id=citizen_id, actor_id=people[0].id, today=TODAY, now=NOW)
    make_archive_package(erasure_id=made, municipality_id=municipality.id, now=NOW)
    retention.tell_archived(erasure_id=made, receipt="ARK-1")
    for person in people:
        retention.approve(erasure_id=made, actor_id=person.id, now=NOW)
    return made, people[0]


def left_of(citizen_id: UUID) -> dict[str, int]:
    held = held_about(citizen_id).reached
    return {label: len(ids) for label, ids in held.items() if label != "people.citizen"}


@plain
class TestDue:
    def test_a_case_is_due_five_years_after_it_ended_and_a_running_one_never(self, ida: UUID) -> None:
        assert [one.citizen_id for one in due_citizens(today=TODAY)] == [ida]
        (found,) = due_citizens(today=date(2032, 1, 1))
        assert found.due_on == date(2032, 1, 1)
        assert due_citizens(today=date(2031, 12, 31)) == []

    def test_the_municipalitys_own_rule_stands_instead_from_its_day(
        self, ida: UUID, municipality: Municipality
    ) -> None:
        own = {rule.case_kind: rule for rule in retention.rules(TODAY).values()}["adult"]
        changed = type(own)(**{**{name: getattr(own, name) for name in own.__slots__}, "years": 7,
                               "valid_from": date(2030, 1, 1)})  # fmt: skip
        retention.set_rule(municipality_id=municipality.id, rule=changed)
        assert retention.rules(TODAY)[own.case_kind].years == 7
        assert retention.rules(date(2029, 1, 1))[own.case_kind].years == 5
        assert due_citizens(today=TODAY) == []

    def test_a_hold_keeps_the_data(self, ida: UUID, municipality: Municipality) -> None:
        person = persona("anna", municipality, Role.LAWYER).user
        retention.place_hold(citizen_id=ida, reason="Klagesag", actor_id=person.id, today=TODAY)
        assert due_citizens(today=TODAY) == []
        with pytest.raises(UnableToEraseError, match="sletningsstop"):
            propose_erasure(citizen_id=ida, actor_id=person.id, today=TODAY, now=NOW)


@plain
class TestApproval:
    def test_it_is_archived_before_it_is_approved_and_approved_by_two(
        self, ida: UUID, municipality: Municipality
    ) -> None:
        anna = persona("anna", municipality, Role.LAWYER).user
        made = propose_erasure(citizen_id=ida, actor_id=anna.id, today=TODAY, now=NOW)
        with pytest.raises(UnableToEraseError, match="arkivet"):
            retention.approve(erasure_id=made, actor_id=anna.id, now=NOW)
        with pytest.raises(UnableToEraseError, match="arkivpakken"):
            retention.tell_archived(erasure_id=made, receipt="X")
        make_archive_package(erasure_id=made, municipality_id=municipality.id, now=NOW)
        retention.tell_archived(erasure_id=made, receipt="ARK-1")
        retention.approve(erasure_id=made, actor_id=anna.id, now=NOW)
        with pytest.raises(UnableToEraseError, match="En anden"):
            retention.approve(erasure_id=made, actor_id=anna.id, now=NOW)
        with pytest.raises(UnableToEraseError, match="godkendt af to"):
            erase_citizen(erasure_id=made, municipality_id=municipality.id, actor_id=anna.id, today=TODAY, now=NOW)

    def test_one_citizen_has_one_erasure_at_a_time(self, ida: UUID, municipality: Municipality) -> None:
        anna = persona("anna", municipality, Role.LAWYER).user
        made = propose_erasure(citizen_id=ida, actor_id=anna.id, today=TODAY, now=NOW)
        with pytest.raises(UnableToEraseError, match="allerede i gang"):
            propose_erasure(citizen_id=ida, actor_id=anna.id, today=TODAY, now=NOW)
        retention.cancel(erasure_id=made)
        propose_erasure(citizen_id=ida, actor_id=anna.id, today=TODAY, now=NOW)

    def test_the_database_itself_erases_only_what_two_have_approved(
        self, ida: UUID, municipality: Municipality
    ) -> None:
        made = propose_erasure(
            citizen_id=ida, actor_id=persona("anna", municipality, Role.LAWYER).user.id, today=TODAY, now=NOW
        )
        asked = "SELECT people_erase('people_citizen', ARRAY[%s]::uuid[], %s)"
        for purpose, told in (("erase", "not approved by two"), ("job", "only a job of purpose erase")):
            with (
                pytest.raises(DatabaseError, match=told),
                transaction.atomic(),
                service_scope(municipality.id, purpose),
                connection.cursor() as cursor,
            ):
                cursor.execute(asked, [ida, made])


@transactional
class TestErasing:
    def test_rows_and_history_go_the_certificate_counts_them_and_the_seals_hold(
        self, municipality: Municipality
    ) -> None:
        with service_scope(municipality.id, "test"):
            ida = load(municipality)
            with_contract_files(municipality)
            before = left_of(ida)
        seal_logs(now=NOW)
        with service_scope(municipality.id, "test"):
            made, person = approved(ida, municipality)
        told = erase_citizen(erasure_id=made, municipality_id=municipality.id, actor_id=person.id, today=TODAY, now=NOW)
        assert before["grants.grant"] == 1
        assert told["rows"]["bevillinger"] == 1
        assert {"kontraktudkast", "udgaver", "kontraktdokumenter"} <= set(told["rows"])
        assert told["rows"]["borgere"] == 1
        assert told["history"] > 5
        assert told["seals"] > 0
        with service_scope(municipality.id, "report"):
            assert left_of(ida) == {"people.erasure": 1}
            for model in ("CitizenEvent", "GuardianEvent", "ConsentEvent"):
                assert not apps.get_model("people", model).objects.filter(id=ida).exists()
                if model != "CitizenEvent":
                    assert not apps.get_model("people", model).objects.filter(citizen_id=ida).exists()
            assert not apps.get_model("grants", "GrantEvent").objects.filter(citizen_id=ida).exists()
            assert apps.get_model("people", "Citizen").objects.count() == 1  # Bo is there
            assert apps.get_model("grants", "Grant").objects.count() == 1
            done = retention.erasure(made)
            assert done is not None
            assert (done.state, done.has_package, done.erased_by) == ("erased", False, "Anna")
            assert "Ida" not in json.dumps(done.certificate)
            assert verify_seal(municipality_id=municipality.id).holds
        seal_logs(now=NOW)
        with service_scope(municipality.id, "report"):
            assert verify_seal(municipality_id=municipality.id).holds

    def test_a_hole_that_no_erasure_tells_of_still_breaks_the_seal(
        self, municipality: Municipality, administrator: psycopg.Connection
    ) -> None:
        with service_scope(municipality.id, "test"):
            ida = load(municipality)
        seal_logs(now=NOW)
        with service_scope(municipality.id, "test"):
            made, person = approved(ida, municipality)
        erase_citizen(erasure_id=made, municipality_id=municipality.id, actor_id=person.id, today=TODAY, now=NOW)
        administrator.execute(
            "DELETE FROM people_citizenevent WHERE pgh_id = (SELECT min(pgh_id) FROM people_citizenevent)"
        )
        with service_scope(municipality.id, "report"):
            assert not verify_seal(municipality_id=municipality.id).holds

    def test_a_case_that_runs_again_stops_it(self, municipality: Municipality) -> None:
        with service_scope(municipality.id, "test"):
            ida = load(municipality)
            made, person = approved(ida, municipality)
            grants = apps.get_model("grants", "Grant").objects
            grants.filter(source_id="B0000017-9").update(status="granted", ends=None)
        with pytest.raises(UnableToEraseError, match="må ikke slettes"):
            erase_citizen(erasure_id=made, municipality_id=municipality.id, actor_id=person.id, today=TODAY, now=NOW)
        with service_scope(municipality.id, "test"):
            assert left_of(ida)["grants.grant"] == 1


@plain
class TestDossier:
    def test_it_holds_everything_in_words_and_for_machines(self, ida: UUID) -> None:
        file = packed(ida, gathered(ida, purpose="indsigt"), now=NOW)
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            told = json.loads(package.read("oplysninger.json"))
            page = package.read("oplysninger.html").decode()
        assert told["Borgere"][0]["fornavn"] == "Ida"
        assert told["CPR-nummer"] == [{"CPR-nummer": "610180-1321"}]
        assert told["Værger"][0]["navn"] == "Per Østergård"
        assert told["Bevillinger"][0]["bevillingsnummer"] == "B0000017-9"
        assert told["Kontrakter"][0]["leverandør"] == "Bostedet Ærø ApS"
        assert told["Fravær"][0]["årsag"] == "indlæggelse"
        assert {"Kontrakter", "Samtykker", "Bevillingsydelser", "Kontrakttakster"} <= set(told)
        assert "Ida" in page
        assert "610180-1321" in page
        assert "Aagaard" not in page  # nobody else's

    def test_what_the_forecasts_say_is_told_and_anothers_lines_on_the_same_contract_are_not(
        self, ida: UUID, municipality: Municipality
    ) -> None:
        lines = apps.get_model("grants", "ServiceLine").objects
        theirs = lines.exclude(grant__citizen_id=ida).get()
        bought = lines.filter(grant__citizen_id=ida).exclude(contract_line=None).first()
        lines.filter(id=theirs.id).update(contract_line=bought.contract_line)
        run = apps.get_model("budgets", "ForecastRun").objects.create(
            municipality_id=municipality.id, kind="frozen", label="Marts", first_year=2026, as_of=date(2026, 3, 9),
            closed_before=date(2026, 3, 1), state="counting", asked_at=NOW,
        )  # fmt: skip
        for month in (1, 2):
            apps.get_model("budgets", "ForecastRow").objects.create(
                municipality_id=municipality.id, run=run, citizen_id=ida, section="SEL-107", account="1" * 16,
                month=date(2026, month, 1), basis="granted", amount_ore=100_00,
            )  # fmt: skip
        type(run).objects.filter(id=run.id).update(state="done", made_at=NOW)
        told = {table.title: table.rows for table in gathered(ida, purpose="indsigt").tables}
        (forecast,) = told["Prognoser"]
        assert {("prognose", "Marts"), ("beløb", "200,00 kr.")} <= set(forecast)
        reached = held_about(ida).reached["grants.serviceline"]
        assert (bought.id in reached, theirs.id in reached) == (True, False)

    def test_contracts_and_drafts_lie_in_the_package_as_files(self, ida: UUID, municipality: Municipality) -> None:
        with_contract_files(municipality)
        file = packed(ida, gathered(ida, purpose="indsigt"), now=NOW)
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            held = {name: package.read(name) for name in package.namelist() if name.startswith("kontrakter/")}
        assert [name.rsplit("-", 1)[-1] for name in held] == ["aftale.txt", "1.docx"]
        came, drafted = held.values()
        assert b"30 dages varsel" in came
        assert drafted.startswith(b"PK")

    def test_no_keyed_hash_is_handed_out(self, ida: UUID) -> None:
        citizen = apps.get_model("people", "Citizen").objects.get(id=ida)
        told = repr(gathered(ida, purpose="indsigt"))
        assert citizen.cpr_index not in told
        assert citizen.name_index not in told
        assert "Nøgler" not in told

    def test_who_of_the_staff_looked_is_not_told_but_when_and_why_is(
        self, ida: UUID, municipality: Municipality
    ) -> None:
        known = gathered(ida, purpose="indsigt: prøve")
        assert [purpose for _, _, purpose in known.log] == ["indsigt: prøve"]
        assert all(len(row) == 3 for row in known.log)


@transactional
def test_an_access_request_is_gathered_kept_encrypted_fetched_logged_and_deleted(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        ida = load(municipality)
        person = persona("anna", municipality, Role.LAWYER).user
        made = requests.order_request(
            citizen_id=ida, reason="Borgeren har bedt om indsigt", actor_id=person.id, now=NOW
        )
    assert gather_request(municipality_id=municipality.id, request_id=made, now=NOW)
    assert not gather_request(municipality_id=municipality.id, request_id=made, now=NOW)
    with service_scope(municipality.id, "test"):
        (line,) = requests.requests_of(ida)
        assert (line.state, line.done, line.steps) == (RequestState.READY, 2, 2)
        stored = bytes(apps.get_model("people", "DataRequest").objects.get(id=made).content)
        assert b"PK\x03\x04" not in stored
        file = requests.fetch_file(request_id=made, citizen_id=ida, page="/borgere/x/", now=NOW)
        assert zipfile.ZipFile(io.BytesIO(file)).testzip() is None
        assert apps.get_model("audit", "ReadLog").objects.latest("id").purpose == "indsigt: alle oplysninger hentet"
        assert requests.delete_expired_files(now=NOW) == 0
        assert requests.delete_expired_files(now=NOW + requests.KEPT_FOR) == 1
        with pytest.raises(requests.UnableToFetchRequestError):
            requests.fetch_file(request_id=made, citizen_id=ida, page="/borgere/x/", now=NOW)
