"""Templates of our own contracts, version by version, and what we are called in them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.drafting.core.codes import TemplateState

_USABLE = [TemplateState.IN_USE.value, TemplateState.RETIRED.value]


@tracked
class OwnParty(TenantModel):
    """What the municipality is called as a party to its contracts: CVR number, and EAN where a unit has none."""

    cvr = models.CharField("CVR-nummer", max_length=8)
    ean = models.CharField("EAN-nummer", max_length=13, blank=True, default="")

    class Meta:
        verbose_name = "kommunen som part"
        verbose_name_plural = "kommunen som part"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality"], name="own_party_once"),
            models.CheckConstraint(condition=Q(cvr__regex=r"^[1-9][0-9]{7}$"), name="own_party_cvr"),
            models.CheckConstraint(condition=Q(ean="") | Q(ean__regex=r"^[0-9]{13}$"), name="own_party_ean"),
        ]


@tracked
class ContractTemplate(TenantModel):
    """A template (skabelon) of ours, for one section of the law or another kind of help."""

    code = models.CharField("kode", max_length=20)
    title = models.CharField("titel", max_length=200)

    class Meta:
        verbose_name = "kontraktskabelon"
        verbose_name_plural = "kontraktskabeloner"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code"], name="contract_template_code_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="contract_template_has_title"),
        ]


@tracked_except("content")
class TemplateVersion(TenantModel):
    """A version of a template as a Word file: looked through when it came, in use when somebody took it into use.

    `faults` are what must be mended before it can be; `origin` tells where it is from.
    """

    template = models.ForeignKey(
        ContractTemplate, on_delete=models.PROTECT, related_name="versions", verbose_name="skabelon"
    )
    number = models.IntegerField("version")
    origin = models.CharField("kilde", max_length=255)
    note = models.CharField("hvad der er ændret", max_length=300, blank=True, default="")
    content = models.BinaryField("indhold, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    size = models.IntegerField("bytes")
    faults = ArrayField(models.CharField(max_length=500), verbose_name="fejl", default=list)
    tags = ArrayField(models.CharField(max_length=60), verbose_name="fletfelter", default=list)
    state = models.CharField("tilstand", max_length=12, choices=TemplateState.choices())
    made_at = models.DateTimeField("modtaget")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="modtaget af")
    taken_at = models.DateTimeField("taget i brug", null=True)
    taken_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="taget i brug af"
    )

    class Meta:
        verbose_name = "skabelonversion"
        verbose_name_plural = "skabelonversioner"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_number_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(state=TemplateState.IN_USE.value), name="template_version_one_in_use"
            ),
            models.CheckConstraint(condition=Q(state__in=TemplateState.values()), name="template_version_state_known"),
            models.CheckConstraint(
                condition=Q(state=TemplateState.FAULTY.value) & ~Q(faults=[])
                | ~Q(state=TemplateState.FAULTY.value) & Q(faults=[]),
                name="template_version_usable_without_faults",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_USABLE, taken_at__isnull=False, taken_by__isnull=False)
                | ~Q(state__in=_USABLE) & Q(taken_at__isnull=True, taken_by__isnull=True),
                name="template_version_taken_by_someone",
            ),
        ]
