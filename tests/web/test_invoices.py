"""Fakturakontrol as people use it: ten decisions by keyboard, why each deviates, a query sent, one undone."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from loggedin import send
from person import PASSWORD
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN
from styr.invoices.models import Decision, Invoice, InvoiceLook

from .invoice_town import build, fill_queue

MOST = 12 + 2  # and the request's transaction, which inside a test's own is a savepoint and its release


@pytest.fixture(scope="module")
def made_once(
    address: Address,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Municipality]:
    """The municipality, in a transaction that is never committed; so no test here may ask for a database of its own."""
    told = address.parameters(ADMIN, connection.settings_dict["NAME"])
    with django_db_blocker.unblock(), psycopg.connect(**told, autocommit=True) as administrator:
        with transaction.atomic():
            town = build(tmp_path_factory.mktemp("town") / "files", administrator, PASSWORD)
            yield town
            transaction.set_rollback(True)
        administrator.execute("DELETE FROM access_municipality WHERE id = %s", [town.id])


@pytest.fixture
def town(made_once: Municipality) -> Iterator[Municipality]:
    with transaction.atomic():
        yield made_once
        transaction.set_rollback(True)


@pytest.fixture
def lone(town: Municipality, client: Client) -> Client:
    client.post("/konto/log-ind/", {"login": "lone", "password": PASSWORD})
    return client


def test_no_page_asks_more_than_twelve_times_with_two_hundred_rows(
    lone: Client, town: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with service_scope(town.id, "test"):
        fill_queue(200)
        found = Invoice.objects.get(number="2026-101")
    lone.get("/fakturaer/")
    for path in ("/fakturaer/?visning=alle", f"/fakturaer/{found.id}/?visning=alle", "/fakturaer/opfoelgning/",
                 f"/fakturaer/{found.id}/bevilling/"):  # fmt: skip
        with django_assert_max_num_queries(MOST, connection=connection):
            assert lone.get(path).status_code == 200, path
    with django_assert_max_num_queries(MOST, connection=connection):
        assert (
            lone.get(f"/fakturaer/{found.id}/", headers={"HX-Request": "true", "HX-Target": "sag"}).status_code == 200
        )


class TestPages:
    def test_an_empty_queue_a_strange_address_and_a_stranger(self, lone: Client, client: Client) -> None:
        assert "Ingen venter" in lone.get("/fakturaer/?visning=venter").content.decode()
        for words in ("visning=%00", "fra=x&til=y", "side=99999999", "sorter='--", "maaned=2026-99", "enhed=x"):
            assert lone.get(f"/fakturaer/?{words}").status_code == 200, words
        assert lone.get("/fakturaer/01a20080-fd09-708c-8a86-493dda90e4f0/").status_code == 404
        assert Client().get("/fakturaer/").status_code == 302

    def test_the_whole_cpr_number_is_on_no_page_and_the_original_is_noted(
        self, lone: Client, town: Municipality
    ) -> None:
        with service_scope(town.id, "test"):
            found = Invoice.objects.get(number="2026-101")
        page = lone.get(f"/fakturaer/{found.id}/").content.decode()
        assert "610170-••••" in page
        assert "610170-1111" not in page
        kept = f"/fakturaer/{found.id}/original/"
        assert lone.get(kept).status_code == 302
        assert send(lone, f"/fakturaer/{found.id}/aabn-original/", {"grund": "fordi"}).status_code == 302
        assert lone.get(kept).status_code == 302
        send(lone, f"/fakturaer/{found.id}/aabn-original/", {"grund": "kontrol"})
        answer = lone.get(kept)
        assert answer["Content-Disposition"].startswith("attachment")
        with service_scope(town.id, "test"):
            assert {one.invoice_id for one in InvoiceLook.objects.filter(what="original")} == {found.id}

    def test_the_bulk_says_count_and_sum_first_and_the_list_comes_as_excel(
        self, lone: Client, town: Municipality
    ) -> None:
        shown = send(lone, "/fakturaer/godkend-klar/", {"alle": "1"}).content.decode()
        assert "Godkend 1 faktura, i alt 59.415,00 kr.?" in shown
        with service_scope(town.id, "test"):
            ready = Invoice.objects.get(number="2026-111")
        fields = {"valgt": str(ready.id), "antal": "1", "sum": str(ready.payable_ore)}
        assert send(lone, "/fakturaer/godkend-klar/godkend/", fields).status_code == 302
        with service_scope(town.id, "test"):
            assert Invoice.objects.get(id=ready.id).status == "approved"
        assert lone.get("/fakturaer/?visning=alle&hent=xlsx")["Content-Type"].endswith("sheet")

    def test_a_caseworker_may_look_and_answer_but_not_decide(self, town: Municipality, client: Client) -> None:
        client.post("/konto/log-ind/", {"login": "mette", "password": PASSWORD})
        with service_scope(town.id, "test"):
            found = Invoice.objects.get(number="2026-101")
        page = client.get(f"/fakturaer/{found.id}/").content.decode()
        assert "Godkend alligevel" not in page
        assert send(client, f"/fakturaer/{found.id}/godkend/", {"begrundelse": "Ja"}).status_code == 403

    def test_somebody_who_saw_another_state_is_told_to_look_again(self, lone: Client, town: Municipality) -> None:
        with service_scope(town.id, "test"):
            found = Invoice.objects.get(number="2026-101")
        fields = {"begrundelse": "Ja", "set": "noget-andet", "kraeves": "0", "frist": "2026-12-01"}
        answer = send(lone, f"/fakturaer/{found.id}/afvis/", fields | {"tekst": "Vi kan ikke betale."})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "er ændret, siden du åbnede den" in page
        assert "Vi kan ikke betale." in page  # what was written is not lost
        with service_scope(town.id, "test"):
            assert not Decision.objects.exists()
