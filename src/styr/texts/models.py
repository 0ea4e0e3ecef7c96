"""What is kept of contract documents to find and compare them: hidden words and facts of clauses."""

from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.agreements.core.review.reviewing import Verdict


class _OfDocument(TenantModel):
    """Belongs to a document; unit and contract repeat the document's."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract_ref = models.UUIDField("kontrakt", null=True)

    class Meta:
        abstract = True


class DocumentWords(_OfDocument):
    """The words of a document as keyed hashes with their places; made from the text, so it has no history.

    `source` is the checksum of the encrypted text that they were made from; `recipe` the way they were made.
    """

    document = models.OneToOneField("agreements.AgreementDocument", on_delete=models.CASCADE, related_name="+")
    words = SearchVectorField("ord")
    source = models.CharField("tekstens kontrolsum", max_length=60)
    recipe = models.IntegerField("opskrift")

    class Meta:
        verbose_name = "ord i et dokument"
        verbose_name_plural = "ord i dokumenter"
        indexes: ClassVar = [models.Index(fields=["municipality"], name="document_words_place")]


class ClauseFact(_OfDocument):
    """What a document says of one clause, to be held against other contracts: days, percent and kroner in its sentence.

    Made from the reviewed text with the words; empty numbers were not said. `said` is that sentence.
    """

    document = models.ForeignKey("agreements.AgreementDocument", on_delete=models.CASCADE, related_name="+")
    clause = models.CharField("vilkår", max_length=30)
    verdict = models.CharField("vurdering", max_length=10)
    said = models.BinaryField("sætning, krypteret", null=True)
    page = models.IntegerField("side")
    least_days = models.DecimalField("færrest dage", max_digits=12, decimal_places=2, null=True)
    most_days = models.DecimalField("flest dage", max_digits=12, decimal_places=2, null=True)
    percent = models.DecimalField("procent", max_digits=12, decimal_places=4, null=True)

    class Meta:
        verbose_name = "oplysning om et vilkår"
        verbose_name_plural = "oplysninger om vilkår"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "clause"], name="clause_fact_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict]), name="clause_fact_verdict_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clause", "contract_ref"], name="clause_fact_compared")]
