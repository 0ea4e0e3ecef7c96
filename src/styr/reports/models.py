"""The prepared figures of the management page, with what they were worked out from."""

from typing import ClassVar

from django.db import models

from styr.access.tenant import TenantModel, UnitScopedModel


class Prepared(TenantModel):
    """When a year's figures were worked out, as of which day, and how far each register's history had come then.

    `data_at` is when the newest of what they rest on was written, `forecast_at` when their forecast was made.
    """

    year = models.IntegerField("år")
    as_of = models.DateField("pr.")
    made_at = models.DateTimeField("regnet")
    seen = models.JSONField("registrenes stand", default=dict)
    data_at = models.DateTimeField("af data fra", null=True)
    forecast_at = models.DateTimeField("af prognose fra", null=True)

    class Meta:
        verbose_name = "regnede tal"
        verbose_name_plural = "regnede tal"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year"], name="prepared_once_a_year"),
        ]


class Figure(UnitScopedModel):
    """One prepared figure of a unit (None: of none); those of the units one sees are added up.

    `topic` and `key` say what it is ("waterfall" / "price"), `ore` and `number` how much, `persons` how many persons
    it is about, each counted in one unit alone: over units they add up to no more than there are. Nobody is named.
    """

    prepared = models.ForeignKey(Prepared, on_delete=models.CASCADE, related_name="figures", verbose_name="regnet")
    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )
    topic = models.CharField("emne", max_length=40)
    key = models.CharField("nøgle", max_length=200, blank=True, default="")
    ore = models.BigIntegerField("øre", default=0)
    number = models.BigIntegerField("antal", default=0)
    persons = models.BigIntegerField("personer", default=0)

    class Meta:
        verbose_name = "regnet tal"
        verbose_name_plural = "regnede tal"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prepared", "unit", "topic", "key"], name="figure_once", nulls_distinct=False
            ),
        ]
