"""A supplier's new bank account counts when a second person than who brought it has confirmed it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from db.registers.registers import SUPPLIER, Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import acting_as, service_scope
from styr.kernel.clock import now
from styr.suppliers.bringing import brought_by
from styr.suppliers.bulk import upsert_suppliers
from styr.suppliers.models import SupplierAccount

pytestmark = pytest.mark.django_db(transaction=True)  # what comes in one transaction comes together
NEW = replace(SUPPLIER, account="99998888777766", account_from=date(2026, 1, 1))


def counting() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM rel_supplier_account")
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def lone(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("lone", municipality, Role.ECONOMIST)


@pytest.fixture
def bo(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("bo", municipality, Role.NEGOTIATOR)


@pytest.fixture
def brought(municipality: Municipality, lone: Persona) -> SupplierAccount:
    """A second account of a supplier that was there before, in a file that Lone handed in."""
    with service_scope(municipality.id, "import"):
        Registers(municipality.id).load()
        assert counting() == {SUPPLIER.account}
    with service_scope(municipality.id, "import"), brought_by(lone.user.id):
        upsert_suppliers([NEW], municipality_id=municipality.id)
        assert counting() == {SUPPLIER.account}
        return SupplierAccount.objects.get(account=NEW.account)


def test_a_first_account_counts_and_a_later_one_waits_for_a_second_person(
    brought: SupplierAccount, lone: Persona, bo: Persona, municipality: Municipality
) -> None:
    assert brought.brought_by == lone.user.id
    address = reverse("supplier_account_confirm", args=[brought.supplier_id, brought.pk])
    own = logged_in_client(lone)
    page = own.get(reverse("supplier_offers", args=[brought.supplier_id])).content.decode()
    assert "Ikke bekræftet" in page
    assert address not in page
    send(own, address)
    assert "Lad en anden bekræfte" in own.get(reverse("supplier_offers", args=[brought.supplier_id])).content.decode()
    with service_scope(municipality.id, "test"):
        assert counting() == {SUPPLIER.account}

    other = logged_in_client(bo)
    assert address in other.get(reverse("supplier_offers", args=[brought.supplier_id])).content.decode()
    assert send(other, address).status_code == 302
    with service_scope(municipality.id, "test"):
        assert counting() == {SUPPLIER.account, NEW.account}
        brought.refresh_from_db()
    assert brought.confirmed_by == bo.user.id
    with service_scope(municipality.id, "import"), brought_by(lone.user.id):
        upsert_suppliers([NEW], municipality_id=municipality.id)  # the same file again
        assert counting() == {SUPPLIER.account, NEW.account}


def test_the_database_refuses_who_brought_it_and_a_confirmed_account_that_becomes_another(
    brought: SupplierAccount, lone: Persona, bo: Persona
) -> None:
    held = SupplierAccount.objects.filter(pk=brought.pk)
    for who, change in (
        (lone, {"confirmed_by": lone.user.id, "confirmed_at": now()}),
        (lone, {"confirmed_by": bo.user.id, "confirmed_at": now()}),
        (bo, {"brought_by": bo.user.id}),
        (bo, {"account": "1"}),
    ):
        with acting_as(who.token), pytest.raises(ProgrammingError, match="styr: an account"), transaction.atomic():
            held.update(**change)


def test_who_only_sees_suppliers_confirms_nothing(brought: SupplierAccount, municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        sara = persona("sara", municipality, Role.CASEWORKER)
    client = logged_in_client(sara)
    assert send(client, reverse("supplier_account_confirm", args=[brought.supplier_id, brought.pk])).status_code == 403
