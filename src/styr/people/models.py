"""Citizens, who acts for them, and what they have consented to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from styr.access.cpr_field import EncryptedCprField
from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked, tracked_except
from styr.people.core.names import SORT_FROM, SORT_TO
from styr.people.keeping_models import DataRequest, Erasure, LegalHold, RetentionRule

__all__ = ["Citizen", "Consent", "DataRequest", "Erasure", "Guardian", "LegalHold", "RetentionRule"]


def _sort_key() -> Func:
    """The SQL twin of `core.names.sort_key`; `lower` under "C" touches a-z only, whatever the server's locale."""
    text = Func(Concat("last_name", Value(" "), "first_name"), Value(SORT_FROM), Value(SORT_TO), function="translate")
    small = Func(text, template='lower(%(expressions)s COLLATE "C")')
    return Func(small, Value("aa"), Value("}"), function="replace", output_field=models.TextField())


@tracked_except("sort_key")
class Citizen(UnitScopedModel):
    """A person (borger) whom the municipality helps, in the unit that serves them.

    `protected_from`/`protected_to` is name and address protection (CPR-loven § 28), `acting_municipality` and
    `paying_municipality` are handlekommune and betalingskommune. `source_id` is the case system's number.
    """

    source_id = models.CharField("borgernummer", max_length=60)
    cpr = EncryptedCprField("CPR-nummer")
    cpr_index = models.CharField(max_length=64)
    name_index = models.CharField(max_length=64)
    birth_date = models.DateField("fødselsdato")
    first_name = models.CharField("fornavn", max_length=200)
    last_name = models.CharField("efternavn", max_length=200)
    sort_key = models.GeneratedField(
        expression=_sort_key(), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    address = models.CharField("adresse", max_length=300, blank=True, default="")
    postal_code = models.CharField("postnummer", max_length=10, blank=True, default="")
    city = models.CharField("by", max_length=100, blank=True, default="")
    protected_from = models.DateField("beskyttet fra", null=True, blank=True)
    protected_to = models.DateField("beskyttet til (eksklusiv)", null=True, blank=True)
    acting_municipality = models.CharField("handlekommune", max_length=60, blank=True, default="")
    paying_municipality = models.CharField("betalingskommune", max_length=60, blank=True, default="")
    moved_in = models.DateField("tilflyttet", null=True, blank=True)
    moved_out = models.DateField("fraflyttet", null=True, blank=True)
    died_on = models.DateField("død", null=True, blank=True)

    class Meta:
        verbose_name = "borger"
        verbose_name_plural = "borgere"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "source_id"], name="citizen_source_unique"),
            models.UniqueConstraint(fields=["municipality", "cpr_index"], name="citizen_cpr_unique"),
            models.CheckConstraint(
                condition=Q(protected_to__isnull=True)
                | Q(protected_from__isnull=True)
                | Q(protected_to__gt=F("protected_from")),
                name="citizen_protection_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(moved_out__isnull=True) | Q(moved_in__isnull=True) | Q(moved_out__gt=F("moved_in")),
                name="citizen_stay_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("birth_date")), name="citizen_dies_after_birth"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "unit", "sort_key", "id"], name="citizen_list"),
            models.Index(fields=["municipality", "sort_key", "id"], name="citizen_in_order"),
            models.Index(fields=["municipality", "name_index"], name="citizen_name"),
        ]


@tracked
class Guardian(UnitScopedModel):
    """Somebody (værge) who acts for a citizen in a period."""

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="guardians", verbose_name="borger")
    name = models.CharField("navn", max_length=200)
    kind = models.CharField("type", max_length=60)
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "værge"
        verbose_name_plural = "værger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "name", "kind", "starts"], name="guardian_unique"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="guardian_period_is_positive"
            ),
        ]


@tracked
class Consent(UnitScopedModel):
    """A consent (samtykke) to a purpose, which can be withdrawn (from that day it holds no more)."""

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="consents", verbose_name="borger")
    purpose = models.CharField("formål", max_length=200)
    given_by = models.CharField("givet af", max_length=200)
    given_on = models.DateField("givet dato")
    withdrawn_on = models.DateField("trukket dato", null=True, blank=True)

    class Meta:
        verbose_name = "samtykke"
        verbose_name_plural = "samtykker"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "purpose", "given_by", "given_on"], name="consent_unique"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]
