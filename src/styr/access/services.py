"""Use cases of access: municipalities, units, people, and the house-keeping over all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import connections, transaction

from styr.access import tokens
from styr.access.blocks import block_from_case, lift_block
from styr.access.core.roles import Role
from styr.access.keys import keys
from styr.access.limits import set_limit
from styr.access.models import Membership, Municipality, TokenKey, Unit, User
from styr.access.rotation import KeyUse, Rotation, move_batch, uses
from styr.access.scope import issue_service_token, service_scope
from styr.access.sealed_columns import sealed_columns
from styr.audit import sealing

__all__ = [
    "NewUser",
    "block_from_case",
    "create_municipality",
    "create_user",
    "forget_expired",
    "install_token_key",
    "issue_service_token",
    "key_uses",
    "lift_block",
    "municipality_ids",
    "rotate_keys",
    "save_units",
    "seal_logs",
    "set_limit",
]


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be let in; the password is in clear and never shown."""

    username: str
    name: str
    password: str = field(repr=False)


def create_municipality(*, code: str, name: str, using: str = "owner") -> Municipality:
    """Make the municipality (kommune) of that code (three digits), or give the one there is.

    Founding a tenant is the owner's: the app role sees one municipality and can make none.
    """
    found, _ = Municipality.objects.using(using).get_or_create(code=code, defaults={"name": name})
    return found


def install_token_key(*, using: str = "owner") -> None:
    """Give the database the issuing key of the settings; run after `migrate`, and when the key is changed."""
    inner, outer = tokens.key_blocks(keys().token)
    TokenKey.objects.using(using).update_or_create(id=1, defaults={"inner": inner, "outer": outer})


@transaction.atomic
def create_user(
    *,
    municipality_id: UUID,
    person: NewUser,
    roles: Sequence[tuple[Role, UUID | None]],
    starts: date,
) -> User:
    """Make a person who may log in, with a role in each of the units (None: the whole municipality).

    Raises `ValidationError` when the password is too weak; runs in the municipality's scope.
    """
    user = User(municipality_id=municipality_id, username=person.username, name=person.name)
    validate_password(person.password, user)
    user.set_password(person.password)
    user.save(force_insert=True)
    Membership.objects.bulk_create(
        Membership(municipality_id=municipality_id, user=user, unit_id=unit_id, role=role, starts=starts)
        for role, unit_id in roles
    )
    return user


def save_units(*, municipality_id: UUID, units: Sequence[tuple[str, str, str]]) -> dict[str, UUID]:
    """Make or rename units given as (number, name, EAN or ''); gives number → id. Runs in the municipality's scope."""
    Unit.objects.bulk_create(
        [Unit(municipality_id=municipality_id, number=number, name=name, ean=ean) for number, name, ean in units],
        update_conflicts=True,
        unique_fields=["municipality", "number"],
        update_fields=["name", "ean"],
    )
    rows = Unit.objects.filter(number__in=[number for number, _, _ in units]).values_list("number", "id")
    return dict(rows)


def municipality_ids(*, using: str = "default") -> list[UUID]:
    """Every municipality, for jobs that serve each in turn with a token of its own."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT styr_municipalities(%s)", [tokens.prove("municipalities")])
        return [row[0] for row in cursor.fetchall()]


def seal_logs(*, now: datetime) -> int:
    """Seal every municipality's logs, each in its own transaction; gives the number of new seals."""
    made = 0
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "seal"):
            made += sealing.seal(municipality_id=municipality_id, now=now)
    return made


def rotate_keys(*, batch: int = 200) -> Rotation:
    """Seal everything encrypted under the newest key of `STYR_CPR_KEYS`, in every municipality.

    Each batch is a transaction of its own: a rotation that was stopped is taken up by running it again, and people work
    on meanwhile. Run it outside any transaction, when every process has been started with the newest key.
    """
    moved, unreadable = 0, list[str]()
    for municipality_id in municipality_ids():
        for column in sealed_columns():
            if column.place is None:
                continue
            after, more = None, True
            while more:
                with service_scope(municipality_id, "rotate"):
                    step = move_batch(column, after=after, limit=batch)
                moved += step.moved
                unreadable += step.unreadable
                after, more = step.last, step.last is not None
    return Rotation(frozenset(keys().cpr), moved, tuple(unreadable), key_uses())


def key_uses() -> tuple[KeyUse, ...]:
    """What each key's version is used for in all municipalities together, the history's copies included."""
    rows: Counter[tuple[int, str, str, bool]] = Counter()
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "report"):
            for use in (use for column in sealed_columns() for use in uses(column)):
                rows[use.version, use.table, use.column, use.history] += use.rows
    return tuple(
        KeyUse(version, table, column, count, history)
        for (version, table, column, history), count in sorted(rows.items())
    )


def forget_expired() -> None:
    """Forget sessions past their time, and tokens a month past theirs."""
    tokens.call("SELECT styr_forget_expired()", [], using="default")
