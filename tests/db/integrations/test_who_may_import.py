"""A file writes in every unit, so handing one in takes a role over the whole municipality."""

import pytest
from django.urls import reverse

from loggedin import logged_in_client
from personas import persona
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.standing import standing
from styr.integrations import uploads
from styr.integrations.sources import Held
from styr.kernel.clock import now, today

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ECONOMIST])
def test_a_role_in_a_unit_does_not_import(role: Role, municipality: Municipality, unit: Unit) -> None:
    with service_scope(municipality.id, "test"):
        there = persona("dorte", municipality, role, unit)
        everywhere = persona("erik", municipality, role)
    client = logged_in_client(there)
    for name in ("imports", "import_hand_in"):
        assert client.get(reverse(name)).status_code in {403, 405}
    page = client.get(reverse("imports"))
    assert page.status_code == 403
    assert "for hele kommunen" in page.content.decode()
    assert reverse("imports") not in client.get(reverse("start")).content.decode()
    assert logged_in_client(everywhere).get(reverse("imports")).status_code == 200
    held = {"municipality_id": municipality.id, "files": [Held("borgere.csv", b"x")], "now": now()}
    with service_scope(municipality.id, "test"):
        with pytest.raises(uploads.UnableToHandInError, match="hele kommunen"):
            uploads.hand_in(actor_id=there.user.id, **held)  # type: ignore[arg-type]  # the rest is given above
        assert uploads.hand_in(actor_id=everywhere.user.id, **held)  # type: ignore[arg-type]  # as above


def test_a_role_everywhere_beside_one_in_a_unit_counts(municipality: Municipality, unit: Unit) -> None:
    with service_scope(municipality.id, "test"):
        there = persona("dorte", municipality, Role.MANAGER, unit)
        seen = standing(user_id=there.user.id, on=today())
        assert Permission.IMPORT not in seen.permissions
        assert Permission.DECIDE_INVOICES in seen.permissions
        there.user.memberships.create(municipality=municipality, role=Role.ECONOMIST, starts=today())
        assert Permission.IMPORT in standing(user_id=there.user.id, on=today()).permissions
