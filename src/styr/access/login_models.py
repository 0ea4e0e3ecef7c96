"""What is kept about how people log in."""

from django.db import models
from django.db.models import Q

from styr.access.core.roles import Role
from styr.access.tenant import TenantModel
from styr.audit.track import tracked


class FactorChange(TenantModel):
    """That a second factor (ekstra login-trin) came or went: which kind, when, and by whom.

    A log: written by a trigger on the factors themselves (0011_second_factor.sql), read by its person and by those who
    administer, changed by nobody.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    kind = models.CharField("art", max_length=20)
    added = models.BooleanField("kom til")
    changed_at = models.DateTimeField("hvornår")
    changed_by = models.UUIDField("af", null=True)

    class Meta:
        verbose_name = "ændring af login"
        verbose_name_plural = "ændringer af login"
        indexes = [models.Index(fields=["user", "-changed_at"], name="factor_change_of_user")]


@tracked
class LoginIdentity(TenantModel):
    """Who somebody is to the municipality's own login (fælles login): the issuer, and the subject it knows them by."""

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    issuer = models.CharField("udsteder", max_length=300)
    subject = models.CharField("subjekt", max_length=300)

    class Meta:
        verbose_name = "fælles login"
        verbose_name_plural = "fælles logins"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "issuer", "subject"], name="login_identity_is_one_person")
        ]


@tracked
class JobRole(TenantModel):
    """What a job-function role (jobfunktionsrolle) of the municipality's own login gives here.

    `pattern` is the role's name, `*` standing for anything. With `constraint`, the role is given in the units whose
    numbers that constraint names; without, in the whole municipality.
    """

    pattern = models.CharField("jobfunktionsrolle", max_length=300)
    role = models.CharField("rolle", max_length=40, choices=[(role.value, role.danish) for role in Role])
    constraint = models.CharField("dataafgrænsning for enhed", max_length=300, blank=True)

    class Meta:
        verbose_name = "jobfunktionsrolle"
        verbose_name_plural = "jobfunktionsroller"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "pattern", "role"], name="job_role_is_mapped_once"),
            models.CheckConstraint(condition=~Q(pattern=""), name="job_role_has_pattern"),
            models.CheckConstraint(
                condition=~Q(role=Role.ADMINISTRATOR.value) | Q(constraint=""), name="job_role_administers_everything"
            ),
        ]
