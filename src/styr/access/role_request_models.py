"""Roles that one administrator has given and another is to confirm.

`models` brings this name to Django; `role_requests` alone uses it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.core.role_answers import RoleAnswer
from styr.access.core.roles import Role
from styr.access.tenant import TenantModel
from styr.audit.track import tracked


@tracked
class RoleRequest(TenantModel):
    """A role for somebody, or (`pattern`) for whoever has a job-function role, that an administrator wants to give.

    It gives nothing before another administrator confirms it. Where there is no other, it is given at once, and the row
    (`alone`) is what those who read the logs are told by.
    """

    user = models.ForeignKey(
        "access.User", on_delete=models.CASCADE, null=True, related_name="+", verbose_name="bruger"
    )
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    role = models.CharField("rolle", max_length=40, choices=[(role.value, role.danish) for role in Role])
    starts = models.DateField("fra", null=True)
    ends = models.DateField("til (eksklusiv)", null=True)
    pattern = models.CharField("jobfunktionsrolle", max_length=300, blank=True, default="")
    constraint = models.CharField("dataafgrænsning for enhed", max_length=300, blank=True, default="")
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="givet af")
    asked_at = models.DateTimeField("givet")
    answer = models.CharField("svar", max_length=10, choices=RoleAnswer.choices(), default=RoleAnswer.WAITING)
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="besvaret af"
    )
    answered_at = models.DateTimeField("besvaret", null=True)

    class Meta:
        verbose_name = "rolle til bekræftelse"
        verbose_name_plural = "roller til bekræftelse"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(answer="waiting", user__isnull=False),
                name="role_request_waits_once", nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["municipality", "pattern", "role"], condition=Q(answer="waiting", user__isnull=True),
                name="role_request_mapping_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, starts__isnull=False, pattern="", constraint="")
                | (Q(user__isnull=True, unit__isnull=True, starts__isnull=True, ends__isnull=True) & ~Q(pattern="")),
                name="role_request_is_of_one_kind",
            ),
            models.CheckConstraint(condition=Q(answer__in=RoleAnswer.values()), name="role_request_answer_known"),
            models.CheckConstraint(
                condition=Q(answer__in=["waiting", "alone"], answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=["confirmed", "declined"], answered_by__isnull=False, answered_at__isnull=False),
                name="role_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="confirmed") | ~Q(answered_by=F("asked_by")), name="role_request_two_persons"
            ),
        ]  # fmt: skip
