"""The daily mail: to whom, what it says, and that each is written to once a day."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from styr.access.core.permissions import permissions_of
from styr.access.queries import roles_on
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.workspace import notices
from styr.workspace.acting import seeing_as
from styr.workspace.core.digest import Digest, digest_text
from styr.workspace.models import MailChoice
from styr.workspace.paths import path_of, work_path
from styr.workspace.start import work_of

SUBJECT: Final = "Dit arbejde i Styr"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's choice: the address ("" none) and whether they want the daily mail."""

    address: str
    daily: bool


def choice_of(user_id: UUID) -> Choice:
    """Somebody's choice; none is no mail. One query."""
    row = MailChoice.objects.filter(user_id=user_id).first()
    return Choice("", daily=False) if row is None else Choice(row.address, row.daily)


def choose(*, user_id: UUID, municipality_id: UUID, address: str, daily: bool) -> None:
    """Keep somebody's choice; the daily mail needs an address (the database refuses it otherwise)."""
    MailChoice.objects.update_or_create(
        user_id=user_id, defaults={"municipality_id": municipality_id, "address": address, "daily": daily}
    )


def send_daily_mail(*, today: date, site: str) -> int:
    """Write to everybody who wants it and has not been written to today; gives how many mails went out.

    Each municipality in a scope of its own, each person in their own: the mail counts what they would see. It holds
    ids and addresses of pages, and never a name or a CPR number.
    """
    return sum(_send_in(municipality_id, today, site) for municipality_id in municipality_ids())


def _send_in(municipality_id: UUID, today: date, site: str) -> int:
    with service_scope(municipality_id, "job"):
        wanted = list(_due(today).values_list("user_id", flat=True))
    return sum(_send_to(user_id, municipality_id, today, site) for user_id in wanted)


def _send_to(user_id: UUID, municipality_id: UUID, today: date, site: str) -> int:
    """One transaction a person: the day is noted with the mail, so a job that is run again writes to nobody twice."""
    with seeing_as(user_id=user_id, municipality_id=municipality_id, purpose="digest"):
        roles = roles_on(user_id=user_id, on=today)
        work = work_of(user_id=user_id, roles=roles, permissions=permissions_of(roles), today=today)
        unread = [one for one in notices.latest(user_id=user_id) if one.unread]
        told = tuple((one.text, path_of(one.kind.url_name, one.subject_id)) for one in unread)
        text = digest_text(Digest(tuple((one, work_path(one)) for one in work), told), site)
    if not text:
        return 0
    with transaction.atomic(), service_scope(municipality_id, "job"):
        choice = _due(today).select_for_update(skip_locked=True, of=("self",)).filter(user_id=user_id).first()
        if choice is None:
            return 0
        choice.sent_on = today
        choice.save(update_fields=["sent_on"])
        return EmailMessage(SUBJECT, text, to=[choice.address]).send()


def _due(today: date) -> QuerySet[MailChoice]:
    return MailChoice.objects.filter(Q(sent_on=None) | Q(sent_on__lt=today), daily=True, user__is_active=True)
