"""The pages of the contracts' texts, as people open them."""

import json
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.agreements.services import HandedIn, take_document
from styr.texts.services import index_documents

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MOST_QUERIES = 12
TEXT = """KONTRAKT

Opsigelse
Aftalen for borgeren 670160-1234 kan opsiges med seks måneders varsel.

I <b>øvrigt</b> gælder loven.
"""


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    mads = persona("mads", municipality, Role.NEGOTIATOR)
    file = HandedIn("aftale.txt", TEXT.encode())
    take_document(municipality_id=municipality.id, file=file, contract_id=contract_id, actor_id=mads.user.id, now=NOW)
    index_documents(municipality_id=municipality.id)
    return mads


def test_a_search_shows_the_passage_and_logs_the_citizen(mads: Persona) -> None:
    client = logged_in_client(mads)
    with CaptureQueriesContext(connection) as asked:
        page = client.post("/kontrakter/soeg/", {"q": "varsel"}).content.decode()
    assert "<mark>varsel</mark>" in page
    assert "670160-1234" not in page
    assert "&lt;b&gt;øvrigt&lt;/b&gt;" in page
    assert len(asked) <= MOST_QUERIES
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_readlog WHERE purpose = 'søgning i kontrakter'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("670160-1234", "Et CPR-nummer står ikke i det, der søges i"),
        ("-varsel", "Skriv mindst ét ord"),
        ("hovedpine", "Intet fundet"),
    ],
)
def test_what_cannot_be_found_is_told(mads: Persona, words: str, told: str) -> None:
    page = logged_in_client(mads).post("/kontrakter/soeg/", {"q": words, "side": "x"}).content.decode()
    assert told in page
    assert "670160" not in page


def test_the_comparison_and_its_excel_file(mads: Persona) -> None:
    client = logged_in_client(mads)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/kontrakter/vilkaar/?vilkaar=notice&mindst=1").content.decode()
    assert len(asked) <= MOST_QUERIES
    assert "K-2026-0001" in page
    assert "670160-••••" in page
    assert "670160-1234" not in page
    assert client.get("/kontrakter/vilkaar/?vilkaar=notice&hent=xlsx").content[:2] == b"PK"
    assert client.get("/kontrakter/vilkaar/?vilkaar=ukendt&vurdering=x&mindst=-4&side=99").status_code == 200


def test_open_data_is_the_same_from_page_and_command(mads: Persona, municipality: Municipality) -> None:
    """The framework is told; the one contract about a citizen is too few, and nothing of it is in either."""
    told = json.loads(logged_in_client(mads).get("/kontrakter/aabne-data/").content)
    out = StringIO()
    call_command("ocds", stdout=out, stderr=StringIO())
    packages = [json.loads(line) for line in out.getvalue().splitlines()]
    written = next(one for one in packages if one["uri"] == told["uri"])
    assert [one["contracts"] for one in written["releases"]] == [one["contracts"] for one in told["releases"]]
    assert [one["contracts"][0]["id"] for one in told["releases"]] == ["K-2026-0002"]
    assert (written["publisher"], "K-2026-0001" in out.getvalue()) == ({"name": municipality.name}, False)


def test_an_administrator_is_refused(scope: str, municipality: Municipality) -> None:
    administrator = logged_in_client(persona("adam", municipality, Role.ADMINISTRATOR))
    for address in ("/kontrakter/soeg/", "/kontrakter/vilkaar/", "/kontrakter/aabne-data/"):
        assert administrator.get(address).status_code == 403
