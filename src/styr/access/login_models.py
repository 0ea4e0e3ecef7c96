"""What is kept about how people log in."""

from django.db import models

from styr.access.tenant import TenantModel


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
