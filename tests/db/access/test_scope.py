import pytest
from django.db import connection

from styr.access.models import Municipality, Unit

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_seen(municipality):
    assert not Municipality.objects.exists()
    assert not Unit.objects.exists()


def test_in_scope_the_municipality_and_its_units_are_seen(scope, municipality, unit):
    assert Municipality.objects.get().id == municipality.id
    assert Unit.objects.filter(pk=unit.pk).exists()
