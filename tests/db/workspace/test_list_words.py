"""What is written freely in a list's filter stands sealed in every address, and in what is saved."""

import re
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import acting_as
from styr.ui.sealed_words import is_sealed, opened
from styr.workspace.models import SavedFilter

pytestmark = pytest.mark.django_db
NAME = "øster"
SENT: dict[str, object] = {
    "sti": "/borgere/",
    "frie": "navn",
    "navn": NAME,
    "status": "nej",
    "sorter": "alder",
    "enhed": "",
}


@pytest.fixture
def manager(municipality: Municipality, scope: str) -> Persona:
    Registers(municipality.id).load()
    return persona("mia", municipality, Role.MANAGER)


@pytest.fixture
def mia(manager: Persona) -> Client:
    return logged_in_client(manager)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_name_is_sealed_on_its_way_to_the_list_and_found_through_its_address(mia: Client) -> None:
    address = send(mia, "/filtre/ord/", SENT)["Location"]
    assert re.fullmatch(r"/borgere/\?navn=~[\w-]+&status=nej&sorter=alder", address)
    shown = text(mia, address)
    assert "Ida Østergård" in shown
    assert "Bo Aagaard" not in shown
    assert f'value="{NAME}"' in shown  # the field says what was asked
    assert f"Navn: {NAME}" in shown  # and so does the chip
    links = re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', shown)
    assert any("navn=~" in link for link in links)
    assert not [link for link in links if "ster" in link.split("?")[-1] and "navn" in link]


def test_a_filter_is_posted_where_somebody_writes_freely_and_is_got_elsewhere(mia: Client) -> None:
    for path in ("/borgere/", "/bevillinger/", "/fakturaer/", "/fakturaer/opfoelgning/", "/leverandoerer/"):
        assert re.search(r'<form class="filter[^>]*method="post" action="/filtre/ord/"', text(mia, path)), path


def test_the_excel_file_and_the_saved_filter_go_by_the_same_sealed_word(mia: Client, manager: Persona) -> None:
    address = send(mia, "/filtre/ord/", SENT)["Location"]
    book = load_workbook(BytesIO(mia.get(f"{address}&hent=xlsx").content))
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["Ida Østergård"]
    saved: dict[str, object] = {"sti": "/borgere/", "forespoergsel": address.partition("?")[2], "navn": "Mine"}
    back = send(mia, "/filtre/ny/", saved)["Location"]
    with acting_as(manager.token):
        kept = SavedFilter.objects.get()
    assert NAME not in kept.query
    assert back == f"/borgere/?{kept.query}"
    assert "Ida Østergård" in text(mia, back)
    # One from before words were sealed is sealed where it is shown.
    with acting_as(manager.token):
        SavedFilter.objects.update(query="navn=%C3%B8ster&status=nej")
    (link,) = re.findall(r'href="(/borgere/\?navn=[^"]*)"', text(mia, "/filtre/"))
    word = re.search(r"navn=([^&]*)", link)
    assert word is not None
    assert is_sealed(word[1])
    assert opened(word[1]) == NAME


@pytest.mark.parametrize("path", ["https://ondt.example/", "//ondt.example/", "", "/borgere/?x=1"])
def test_nobody_is_sent_anywhere_else(mia: Client, path: str) -> None:
    assert send(mia, "/filtre/ord/", {"sti": path, "q": "x"})["Location"].startswith("/?")


def test_the_search_takes_its_words_posted_or_sealed(mia: Client) -> None:
    sealed = send(mia, "/filtre/ord/", {"sti": "/soeg/", "frie": "q", "q": NAME})["Location"]
    assert NAME not in sealed
    assert "Ida Østergård" in text(mia, sealed)
