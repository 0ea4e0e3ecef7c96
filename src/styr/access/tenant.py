"""The bases of every table that belongs to a municipality."""

from django.db import models

from styr.kernel.ids import uuid7


class TenantModel(models.Model):
    """A row of one municipality (kommune). Its table needs `rls.EnableTenantPolicy` and `audit.track.tracked`.

    The id is made by the client and grows with time, so it exists before the insert and keeps indexes dense.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+", verbose_name="kommune"
    )

    class Meta:
        abstract = True


class UnitScopedModel(TenantModel):
    """A row that also belongs to one unit (organisatorisk enhed), and is seen by those who serve that unit.

    A model whose rows may lack a unit overrides the field with `null=True`; the whole municipality sees such rows.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhed")

    class Meta:
        abstract = True
