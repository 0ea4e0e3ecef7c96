"""Contract documents: kept as they came, read beside us, and data only when somebody has said so."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import Persona, persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.agreements import queries, services
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.handing_out import document_files
from styr.agreements.models import AgreementDocument, ProposedField
from styr.agreements.queries import DocumentFilter
from unit.agreements.test_reading import docx, pdf

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONTRACT = """KONTRAKT

Aftalen er indgået mellem Hvidbjerg Kommune og Bostedet Engen ApS, CVR-nr. 13585628.
Aftalen angår borgeren 670160-1234 efter serviceloven § 107.

Pris
Døgntaksten udgør 2.450,00 kr. pr. døgn.

Fravær
Fuld takst betales uanset fravær.
"""


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A contract negotiator of the whole municipality."""
    return persona("mads", municipality, Role.NEGOTIATOR)


def handed_in(mads: Persona, contract_id: UUID | None, data: bytes = CONTRACT.encode()) -> UUID:
    return services.take_document(
        municipality_id=mads.user.municipality_id,
        file=services.HandedIn("aftale.txt", data),
        contract_id=contract_id,
        actor_id=mads.user.id,
        now=NOW,
    )


def test_a_document_is_read_and_judged_and_nothing_is_data_yet(mads: Persona, contract_id: UUID) -> None:
    """Every proposal waits for somebody, and the risk stands with its sentence."""
    card = queries.document_card(handed_in(mads, contract_id))
    assert card.state is DocumentState.READ
    assert {one.name: one.value for one in card.fields}["price"] == "2.450,00 kr. pr. døgn"
    assert {one.state for one in card.fields} == {FieldState.PROPOSED}
    absence = next(one for one in card.clauses if one.title == "Fravær")
    assert (absence.verdict, absence.quoted) == (Verdict.RED, "Fuld takst betales uanset fravær.")
    marked = [line.text for _page, lines in card.pages for line in lines if line.marked]
    assert marked == ["Fuld takst betales uanset fravær."]


def test_nothing_stands_in_clear_in_the_database(mads: Persona, contract_id: UUID) -> None:
    """Neither the bytes nor the text nor the citizen's number."""
    document_id = handed_in(mads, contract_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM agreements_agreementdocument a WHERE id = %s", [document_id])
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(f::text, ' ') FROM agreements_proposedfield f")
        stored += cursor.fetchone()[0]
    assert "670160-1234" not in stored
    assert "Fuld takst" not in stored
    assert CONTRACT.encode().hex()[:60] not in stored


def test_the_same_bytes_are_the_same_document(mads: Persona, contract_id: UUID) -> None:
    """Handed in twice for a contract it is one document, for another contract or none it is another."""
    first = handed_in(mads, contract_id)
    assert handed_in(mads, contract_id) == first
    assert handed_in(mads, None) != first
    assert AgreementDocument.objects.count() == 2


def locked() -> bytes:
    """A PDF that opens with a password only."""
    written, whole = BytesIO(), pikepdf.new()
    whole.add_blank_page()
    whole.save(written, encryption=pikepdf.Encryption(owner="ejer", user="bruger"))
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (lambda: b"%PDF-1.7 broken", "beskadiget"),
        (locked, "låst med adgangskode. Bed leverandøren om en uden."),
        (lambda: pdf(501), "Filen har 501 sider; der læses højst 500. Del den i sine kontrakter."),
        (lambda: docx(CONTRACT, "word/vbaProject.bin"), "Filen har makroer. Den er gemt, men bliver ikke åbnet."),
        (lambda: b"\xd0\xcf\x11\xe0 old", "ældre Word-fil eller er låst med adgangskode"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_reason(mads: Persona, data: Callable[[], bytes], why: str) -> None:
    """Nothing is lost: the very file lies there, and the page says why."""
    came = data()
    card = queries.document_card(document_id := handed_in(mads, None, came))
    assert card.state is DocumentState.UNREADABLE
    assert why in card.message
    assert (card.fields, card.clauses, card.pages) == ((), (), ())
    assert [held for _name, held in document_files([document_id])] == [came]


def test_several_contracts_in_one_file_are_told(mads: Persona) -> None:
    """With the pages that they seem to begin on; another language is told in `test_scanning`."""
    document_id = handed_in(mads, None, f"{CONTRACT}\f{CONTRACT}".encode())
    assert queries.document_card(document_id).beginnings == (1, 2)


def test_an_empty_file_is_refused(mads: Persona) -> None:
    """There is nothing to keep."""
    with pytest.raises(services.UnableToTakeDocumentError, match="tom"):
        handed_in(mads, None, b"")


def test_a_fact_is_confirmed_corrected_dropped_and_taken_back(mads: Persona, contract_id: UUID) -> None:
    """What was proposed stays beside what was decided."""
    card = queries.document_card(handed_in(mads, contract_id))
    field = card.fields[0]

    def decide(state: FieldState, value: str = "") -> ProposedField:
        services.decide_field(field_id=field.id, state=state, value=value, actor_id=mads.user.id, now=NOW)
        return ProposedField.objects.get(id=field.id)

    assert decide(FieldState.CONFIRMED).final == field.value
    corrected = decide(FieldState.CORRECTED, " 12345678 ")
    assert (corrected.value, corrected.final, corrected.decided_by_id) == (field.value, "12345678", mads.user.id)
    assert decide(FieldState.DROPPED).final == ""
    assert decide(FieldState.PROPOSED).decided_at is None
    with pytest.raises(services.UnableToDecideError, match="rigtige værdi"):
        decide(FieldState.CORRECTED, "  ")


def test_a_risk_is_accepted_only_with_a_reason(mads: Persona, contract_id: UUID) -> None:
    """And what is in order needs no judgement."""
    card = queries.document_card(handed_in(mads, contract_id))
    red = next(one for one in card.clauses if one.verdict is Verdict.RED)
    fine = next(one for one in card.clauses if one.verdict is Verdict.OK)

    def judge(clause_id: UUID, note: str) -> None:
        services.judge_clause(
            clause_id=clause_id, state=ClauseState.ACCEPTED, note=note, actor_id=mads.user.id, now=NOW
        )

    with pytest.raises(services.UnableToDecideError, match="hvorfor"):
        judge(red.id, " ")
    with pytest.raises(services.UnableToDecideError, match="i orden"):
        judge(fine.id, "fint")
    judge(red.id, "Aftalt med chefen")
    assert next(
        one for one in queries.document_card(services_document(red.id)).clauses if one.id == red.id
    ).note == "Aftalt med chefen"  # fmt: skip


def services_document(clause_id: UUID) -> UUID:
    return AgreementDocument.objects.get(clauses__id=clause_id).id


def test_a_unit_sees_the_documents_of_its_own_contracts_alone(
    mads: Persona, contract_id: UUID, municipality: Municipality, other_unit: Unit
) -> None:
    """The document follows the citizen of its contract; so do the facts and verdicts read in it."""
    handed_in(mads, contract_id)
    stranger = persona("fremmed", municipality, Role.NEGOTIATOR, other_unit)
    for table in ("agreementdocument", "proposedfield", "reviewedclause"):
        sql = f"SELECT 1 FROM agreements_{table}"  # noqa: S608 - a constant
        assert rows_seen_by(mads.token, sql)
        assert rows_seen_by(stranger.token, sql) == []


@pytest.fixture
def client_of_mads(mads: Persona) -> Client:
    """The negotiator at the pages."""
    return logged_in_client(mads)


def test_the_pages_from_file_to_confirmed_fact(
    client_of_mads: Client, contract_id: UUID, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Hand in, look, confirm; the number is masked, the reader is logged, and each page asks at most 12 times."""
    form = client_of_mads.get(f"/aftaler/ny/?kontrakt={contract_id}")
    assert form.status_code == 200
    sent = {"file": SimpleUploadedFile("aftale.txt", CONTRACT.encode()), "contract": str(contract_id)}
    answer = send(client_of_mads, "/aftaler/ny/", sent)
    assert answer.status_code == 302
    with django_assert_max_num_queries(12):
        page = client_of_mads.get(answer["Location"])
    text = page.content.decode()
    assert "670160-1234" not in text
    assert "670160-••••" in text
    field = ProposedField.objects.order_by("position").first()
    assert field is not None
    assert send(client_of_mads, f"/aftaler/felt/{field.id}/", {"state": "confirmed"}).status_code == 302
    field.refresh_from_db()
    assert field.state == FieldState.CONFIRMED.value
    elsewhere = {"state": "corrected", "value": " ", "back": "https://example.org/"}
    refused = send(client_of_mads, f"/aftaler/felt/{field.id}/", elsewhere)
    assert refused["Location"] == answer["Location"]
    with django_assert_max_num_queries(12):
        listed = client_of_mads.get("/aftaler/")
    assert "aftale.txt" in listed.content.decode()


def test_whoever_may_only_look_changes_nothing(mads: Persona, contract_id: UUID, municipality: Municipality) -> None:
    """A caseworker sees the document and has no buttons; the address refuses too."""
    handed_in(mads, contract_id)
    field = ProposedField.objects.order_by("position").first()
    assert field is not None
    mette = logged_in_client(persona("mette", municipality, Role.CASEWORKER))
    assert "Bekræft" not in mette.get(f"/aftaler/{field.document_id}/").content.decode()
    assert send(mette, f"/aftaler/felt/{field.id}/", {"state": "confirmed"}).status_code == 403


def test_the_list_is_narrowed_by_words_and_by_what_waits(mads: Persona, contract_id: UUID) -> None:
    """Words of name, contract or supplier; `waiting` leaves out what has nothing to confirm."""
    handed_in(mads, contract_id)
    handed_in(mads, None, b"%PDF-1.7 broken")

    def names(wanted: DocumentFilter) -> list[str]:
        rows, total = queries.document_page(wanted, sort="modtaget", falling=True, page=1, size=50)
        assert total == len(rows)
        return [row.contract_number for row in rows]

    assert names(DocumentFilter()) == ["", "K-2026-0001"]
    assert names(DocumentFilter(waiting=True)) == ["K-2026-0001"]
    assert names(DocumentFilter(words="k-2026-0001")) == ["K-2026-0001"]
    assert names(DocumentFilter(words="findes-ikke")) == []
