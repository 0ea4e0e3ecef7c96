"""Municipalities, their units, the people who work there, and the tokens that stand for them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from styr.access import login_models, role_request_models  # noqa: F401 -- Django finds those models through this module
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.kernel.ids import uuid7


class Municipality(models.Model):
    """A municipality (kommune): the tenant that every other row belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("kommunekode", max_length=3, unique=True)
    name = models.CharField("navn", max_length=100)

    class Meta:
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"
        constraints = [models.CheckConstraint(condition=Q(code__regex=r"^\d{3}$"), name="municipality_code_is_digits")]


@tracked
class Unit(TenantModel):
    """A unit (organisatorisk enhed) in the municipality's tree; the root has no parent."""

    number = models.CharField("enhedsnummer", max_length=40)
    name = models.CharField("navn", max_length=200)
    ean = models.CharField("EAN-nummer", max_length=13, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="overordnet enhed",
    )

    class Meta:
        verbose_name = "enhed"
        verbose_name_plural = "enheder"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="unit_number_unique"),
            # The target of the composite foreign keys that keep a row's unit inside the row's municipality.
            models.UniqueConstraint(fields=["municipality", "id"], name="unit_municipality_id_unique"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="unit_is_not_its_own_parent"),
        ]


class UserManager(BaseUserManager["User"]):
    """Finds users by their login name; they are created by `services.create_user`."""


@tracked_except("password", "last_login")
class User(TenantModel, AbstractBaseUser):
    """A person (medarbejder) who logs in and works for one municipality; or a program (systembruger), by keys alone."""

    username = models.CharField("brugernavn", max_length=150, unique=True)
    name = models.CharField("navn", max_length=200)
    is_active = models.BooleanField("aktiv", default=True)
    is_program = models.BooleanField("systembruger", default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        constraints: ClassVar = [
            # "!" begins what Django stores where no password fits.
            models.CheckConstraint(
                condition=Q(is_program=False) | Q(password__startswith="!"),  # noqa: S106 -- what says there is none
                name="program_has_no_password",
            ),
        ]

    def __str__(self) -> str:
        """The person's name, as colleagues know it."""
        return self.name


@tracked
class Membership(TenantModel):
    """A person's role in a unit and everything below it; without a unit, in the whole municipality."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="bruger")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="enhed"
    )
    role = models.CharField("rolle", max_length=40, choices=[(role.value, role.danish) for role in Role])
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True, blank=True)
    from_login = models.BooleanField("givet ved fælles login", default=False)

    class Meta:
        verbose_name = "tilknytning"
        verbose_name_plural = "tilknytninger"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "starts"], name="membership_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=models.F("starts")), name="membership_period_is_positive"
            ),
        ]


class Token(models.Model):
    """What a session or a job shows the database to be let in; only its hash is kept, and only the owner reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    token_hash = models.BinaryField(unique=True)
    purpose = models.CharField(max_length=40)
    may_write = models.BooleanField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "adgangsbevis"
        verbose_name_plural = "adgangsbeviser"


class TokenKey(models.Model):
    """The two blocks of the HMAC key with which the program proves that it, and not an injected statement, asks.

    The blocks are as good as the key: they are left out of backups (docs/drift.md), and `styr setup` puts them back.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    inner = models.BinaryField()
    outer = models.BinaryField()

    class Meta:
        verbose_name = "udstedelsesnøgle"
        verbose_name_plural = "udstedelsesnøgler"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="token_key_is_one")]


class Session(models.Model):
    """A browser's session under the hash of its key; reached only through the functions that ask for the key.

    `data` is encrypted under a key made of the cookie's and the program's (`web.session_cipher`).
    """

    key_hash = models.BinaryField(primary_key=True)
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessioner"


class Submission(TenantModel):
    """A form that somebody sent (indsendelse): sent again, it does nothing and gives the answer it gave the first time.

    `digest` is a keyed hash of what was sent, so that a second click is told from a changed form. Not tracked: what the
    form changed has a history of its own.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "indsendelse"
        verbose_name_plural = "indsendelser"
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="submission_is_sent_once")]


@tracked
class Limit(TenantModel):
    """How much a role may do an act for (beløbsgrænse), in øre, while it runs; 0 is nothing at all.

    Without a role it is the municipality's: above it, an act takes two people. No row is no limit.
    """

    role = models.CharField("rolle", max_length=40, choices=[(role.value, role.danish) for role in Role], blank=True)
    act = models.CharField("handling", max_length=40, choices=[(act.value, act.danish) for act in Act])
    amount_ore = models.BigIntegerField("højst, i øre")
    valid_from = models.DateField("fra")
    valid_to = models.DateField("til (eksklusiv)", null=True)

    class Meta:
        verbose_name = "beløbsgrænse"
        verbose_name_plural = "beløbsgrænser"
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gte=0), name="limit_is_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="limit_period_is_positive"
            ),
            models.CheckConstraint(
                condition=(Q(act=Act.FOUR_EYES_INVOICE.value) & Q(role=""))
                | (~Q(act=Act.FOUR_EYES_INVOICE.value) & ~Q(role="")),
                name="limit_of_the_municipality_has_no_role",
            ),
            ExclusionConstraint(
                name="limit_one_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("act", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


@tracked
class CaseBlock(TenantModel):
    """That somebody is kept from a citizen's case (sagsspærring, inhabilitet), such as their own family's.

    The citizen is named by `citizen_id`, or by the blind index of a CPR number by those who may not see citizens: then
    nothing tells whether the citizen is known, and the block also holds one who comes later.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="case_blocks", verbose_name="bruger")
    citizen_id = models.UUIDField("borger", null=True)
    cpr_index = models.CharField(max_length=64, blank=True)
    reason = models.TextField("begrundelse")
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True)

    class Meta:
        verbose_name = "sagsspærring"
        verbose_name_plural = "sagsspærringer"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="case_block_has_reason"),
            models.CheckConstraint(
                condition=Q(citizen_id__isnull=True) ^ Q(cpr_index=""), name="case_block_names_one_citizen"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="case_block_period_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["user", "starts"], name="case_block_of_user")]


@tracked
class PasswordLink(TenantModel):
    """A link with which somebody chooses their password (adgangskodelink), once and within its time.

    The row tells that an administrator made one, which is how they could become somebody else; the link itself is not
    kept. It is proved with the issuing key and void when the password has changed.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    made_by = models.UUIDField("lavet af", null=True)
    made_at = models.DateTimeField("lavet")
    expires_at = models.DateTimeField("udløber")
    used_at = models.DateTimeField("brugt", null=True)

    class Meta:
        verbose_name = "adgangskodelink"
        verbose_name_plural = "adgangskodelinks"
        indexes = [models.Index(fields=["user", "-made_at"], name="password_link_of_user")]


@tracked_except("token_hash")
class ApiKey(TenantModel):
    """A key for another program (API-nøgle): a user's long-lived token, held to some of the user's permissions."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    name = models.CharField("navn", max_length=100)
    scopes = models.JSONField("rettigheder")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField("lavet")
    last_day = models.DateField("sidste dag")
    revoked_at = models.DateTimeField("lukket", null=True)

    class Meta:
        verbose_name = "API-nøgle"
        verbose_name_plural = "API-nøgler"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="api_key_has_name")]
