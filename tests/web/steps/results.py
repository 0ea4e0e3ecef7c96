"""A negotiation, a saving that it led to, and the catalogue of initiatives."""

from uuid import UUID

from django.urls import reverse

from db.negotiations.conftest import home_of
from db.negotiations.test_cases import wanted
from loggedin import send
from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.grants.acting import Actor
from styr.initiatives.models import Initiative
from styr.negotiations.cases import open_negotiation
from styr.negotiations.saving import register_saving
from web.steps.town import Beside

ABOUT: dict[str, dict[str, str]] = {
    **{name: {"initiative_id": "initiative"} for name in ("initiative", "initiative_edit")},
    **{name: {"catalogue_id": "catalogue"} for name in ("initiative_catalogue", "initiative_new")},
    **{
        name: {"negotiation_id": "negotiation"}
        for name in ("negotiation", "negotiation_agree", "negotiation_letter_new", "negotiation_meeting_new")
    },
    "saving": {"saving_id": "saving"},
    "negotiation_new": {},
    "saving_new": {},
}


def made(town: Beside) -> dict[str, UUID]:
    """Open a negotiation on the stay, register a saving, and take the example catalogue."""
    send(town.clients[Role.MANAGER], reverse("initiative_example"))
    with service_scope(town.municipality.id, "test"):
        home, actor = home_of(), Actor(town.who(Role.NEGOTIATOR), town.today, town.now)
        negotiation = open_negotiation(wanted=wanted(home), actor=actor)
        saving = register_saving(wanted=home.wanted(), actor=actor)
        initiative = Initiative.objects.get(number=1)
        return {
            "negotiation": negotiation, "saving": saving, "grant": home.grant.id, "initiative": initiative.id,
            "catalogue": initiative.catalogue_id,
        }  # fmt: skip
