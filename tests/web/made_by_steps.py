"""Things that people make in several steps, made at once, so that their pages are opened with all the others."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from styr.access.models import Municipality, User
from styr.kernel.ids import uuid7

_DAY = date(2026, 4, 1)
ABOUT: dict[str, dict[str, str]] = {
    "account_rule": {"rule_id": "account_rule"},
    "duplicate_rule": {"rule_id": "duplicate_rule"},
    "meeting": {"meeting_id": "meeting"},
    "budget_version": {"version_id": "budget"},
    "budget_lines": {"version_id": "budget"},
    "budget_bridge": {"version_id": "budget"},
    "budget_line_new": {"version_id": "budget"},
    "round": {"round_id": "round"},
    "round_minutes": {"round_id": "round"},
    "round_close": {"round_id": "round"},
    "economy_provision": {"provision_id": "provision"},
    "collection_case": {"case_id": "collection"},
}
"""What stands in the address of each page: a parameter, and which of the things made here."""


def made_by_steps(municipality: Municipality, unit_id: UUID, supplier_id: UUID, *, now: datetime) -> dict[str, UUID]:
    """Make one of each; gives their ids. Call it in a scope that may write."""
    by = User.objects.filter(municipality=municipality).order_by("pk").first()

    def make(label: str, **fields: Any) -> UUID:
        model: Any = apps.get_model(*label.split("."))
        return model._default_manager.create(id=uuid7(), municipality=municipality, **fields).pk  # type: ignore[no-any-return]

    return {
        "account_rule": make(
            "grants.AccountRule", section="SEL-85", account_string="5383814230502640", valid_from=_DAY
        ),
        "duplicate_rule": make(
            "grants.DuplicateRule", section_a="SEL-107", section_b="SEL-85", verdict="warn", valid_from=_DAY
        ),
        "meeting": make(
            "deliveries.SupplierMeeting", supplier_id=supplier_id, held_on=_DAY, called_by=by, agenda="Leverancer"
        ),
        "budget": make("planning.BudgetVersion", name="Budget", year=2027, state="draft", made_by=by, made_at=now),
        "round": make(
            "budgets.FollowUpRound", unit_id=unit_id, year=2026, held_on=_DAY, state="open", opened_by=by, opened_at=now
        ),
        "provision": make(
            "budgets.Provision", unit_id=unit_id, kind="waiting_list", section="SEL-107", persons=2,
            price_ore=7_500_000, starts=_DAY, note="To på venteliste",
        ),
        "collection": make("agreements.CollectionCase", supplier_id=supplier_id, opened_at=now),
    }  # fmt: skip
