"""Use cases of who administers: the people, their roles, and the links with which they choose a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from styr.access.core.roles import Role
from styr.access.models import Membership, User
from styr.access.queries import current
from styr.kernel.refusal import Refusal


class UnableToChangeUserError(Refusal):
    """The user or their roles cannot be changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to give: in a unit and all below it, or (None) in the whole municipality; `ends` is exclusive."""

    role: Role
    unit_id: UUID | None
    starts: date
    ends: date | None = None


@transaction.atomic
def invite_user(*, municipality_id: UUID, username: str, name: str, is_program: bool = False) -> UUID:
    """Make somebody who cannot log in before they have chosen a password (`password_links.make_link`); gives their id.

    A program (systembruger) never logs in: it is let in by keys (`api_keys.make_key`). Either has no role yet.

    Raises `UnableToChangeUserError` when the login name is taken or empty.
    """
    wanted, called = username.strip(), name.strip()
    if not wanted or not called:
        raise UnableToChangeUserError("Skriv både brugernavn og navn.")
    user = User(municipality_id=municipality_id, username=wanted, name=called, is_program=is_program)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as taken:
        raise UnableToChangeUserError(f"Brugernavnet »{wanted}« er taget.") from taken
    return user.id


@transaction.atomic
def give_role(*, user_id: UUID, new: NewRole, actor_id: UUID) -> UUID:
    """Give somebody a role from a day; gives the membership's id. People go by `role_requests.give_or_ask`.

    Raises `UnableToChangeUserError` for oneself, for an empty period, for a role they have in that time already, for
    administration of a unit alone, and for an auditor with other work at the same time: who audits does not do what is
    audited.
    """
    user = refuse_role(user_id=user_id, new=new, actor_id=actor_id)
    made = Membership(
        municipality_id=user.municipality_id,
        user=user,
        unit_id=new.unit_id,
        role=new.role,
        starts=new.starts,
        ends=new.ends,
    )
    made.save(force_insert=True)
    return made.id


def refuse_role(*, user_id: UUID, new: NewRole, actor_id: UUID) -> User:
    """Return the person, locked, when the role can be given them; raises as `give_role`."""
    if user_id == actor_id:
        raise UnableToChangeUserError("Du kan ikke give dig selv en rolle. Bed en anden administrator.")
    user = _locked(user_id)
    if new.ends is not None and new.ends <= new.starts:
        raise UnableToChangeUserError("Rollen skal slutte efter den dag, den begynder.")
    if new.role is Role.ADMINISTRATOR and new.unit_id is not None:
        raise UnableToChangeUserError("En administrator er det for hele kommunen.")
    held = Membership.objects.filter(user=user).filter(_meets(new))
    there = Q(unit_id__isnull=True) if new.unit_id is None else Q(unit_id=new.unit_id)
    if held.filter(there, role=new.role).exists():
        raise UnableToChangeUserError(f"{user.name} er allerede {new.role.danish.lower()} der i den tid.")
    apart = held.exclude(role=Role.AUDITOR) if new.role is Role.AUDITOR else held.filter(role=Role.AUDITOR)
    if apart.exists():
        raise UnableToChangeUserError(
            "En revisor kan ikke have andre roller samtidig: den, der reviderer, udfører ikke."
        )
    return user


@transaction.atomic
def end_role(*, membership_id: UUID, on: date, today: date) -> None:
    """End a role: it holds to the day before `on`. One that has not begun is taken away; the history keeps both.

    Raises `UnableToChangeUserError` for a role that is not there or has ended, and for the last administrator's.
    """
    found = Membership.objects.filter(pk=membership_id).first()
    if found is None or (found.ends is not None and found.ends <= on):
        raise UnableToChangeUserError("Rollen findes ikke, eller den er allerede slut.")
    with _somebody_still_administers(today):
        if found.starts >= on:
            found.delete()
        else:
            found.ends = on
            found.save(update_fields=["ends"])


@transaction.atomic
def deactivate_user(*, user_id: UUID, today: date) -> None:
    """Let somebody in no more and end their sessions; raises `UnableToChangeUserError` for the last administrator."""
    with _somebody_still_administers(today):
        user = _locked(user_id)
        user.is_active = False
        user.save(update_fields=["is_active"])
    end_sessions(user_id=user_id)


def activate_user(*, user_id: UUID) -> None:
    """Let somebody in again; administrators go by `role_requests.reopen_user`."""
    user = _locked(user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def take_roles(*, user_id: UUID, today: date) -> tuple[NewRole, ...]:
    """End what a closed account holds, today; gives those to ask for anew.

    What came with the municipality's login comes with the next one, if it is given still: asked for here it would be
    an ordinary role, which no login ends.
    """
    left = list(Membership.objects.select_for_update().filter(user_id=user_id).exclude(ends__lte=today).order_by("pk"))
    for held in left:
        if held.starts >= today:
            held.delete()
        else:
            Membership.objects.filter(pk=held.pk).update(ends=today)
    return tuple(
        NewRole(Role(one.role), one.unit_id, max(one.starts, today), one.ends) for one in left if not one.from_login
    )


def rename_user(*, user_id: UUID, name: str) -> None:
    """Change what somebody is called; raises `UnableToChangeUserError` for an empty name."""
    if not name.strip():
        raise UnableToChangeUserError("Skriv et navn.")
    user = _locked(user_id)
    user.name = name.strip()
    user.save(update_fields=["name"])


def end_sessions(*, user_id: UUID, session_id: UUID | None = None) -> int:
    """End a session, or all of somebody's but the one that asks; gives how many.

    One's own, or anybody's by who administers: the database asks (`styr_end_sessions`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_end_sessions(%s, %s)", [user_id, session_id])
        return int(cursor.fetchone()[0])


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise UnableToChangeUserError("Brugeren findes ikke.")
    return user


def _meets(new: NewRole) -> Q:
    """Memberships whose time meets the new one's."""
    before_its_end = Q() if new.ends is None else Q(starts__lt=new.ends)
    return before_its_end & (Q(ends__isnull=True) | Q(ends__gt=new.starts))


@contextmanager
def _somebody_still_administers(today: date) -> Iterator[None]:
    """Undo a change that leaves the municipality without an administrator; two at a time wait for each other."""
    lasting = Membership.objects.filter(
        current(today), role=Role.ADMINISTRATOR, unit=None, ends__isnull=True, user__is_active=True
    )
    # Held in one order: of two who take each other's role at the same moment, the second sees what the first did.
    list(Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))
    had = lasting.exists()
    yield
    if had and not lasting.exists():
        raise UnableToChangeUserError(
            "Kommunen skal have mindst én administrator uden slutdato. Giv først rollen til en anden."
        )
