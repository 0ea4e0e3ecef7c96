"""The read log, and the seals over it and over the change history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ReadLog(models.Model):
    """One page shown (opslag): who saw which citizens, where and why. Written by `services.log_read` alone.

    Actor, municipality and time are the database's own: they follow from the token in scope.
    """

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    job = models.CharField("job", max_length=40)
    citizens = ArrayField(models.UUIDField(), verbose_name="borgere")
    page = models.CharField("side", max_length=200)
    purpose = models.CharField("formål", max_length=200)
    read_at = models.DateTimeField("tidspunkt")

    class Meta:
        verbose_name = "opslag"
        verbose_name_plural = "opslag"
        indexes = [
            GinIndex(fields=["citizens"], name="readlog_citizens"),
            models.Index(fields=["municipality", "id"], name="readlog_municipality"),
        ]


class Seal(models.Model):
    """A seal (plombe): the hash of a run of log rows, chained to the municipality's seal before it.

    `digest` is over the rows from `first_id` to `last_id` of table `source`, the columns as listed; `chain` is over
    this seal and the chain before. Whoever keeps a copy of the last chain elsewhere can tell that nothing was altered.
    """

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("tabel", max_length=63)
    columns = ArrayField(models.CharField(max_length=63), verbose_name="kolonner")
    first_id = models.BigIntegerField("fra løbenummer")
    last_id = models.BigIntegerField("til løbenummer")
    row_count = models.BigIntegerField("antal rækker")
    digest = models.CharField("rækkernes hash", max_length=64)
    previous = models.CharField("kæden før", max_length=64)
    chain = models.CharField("kæden", max_length=64)
    sealed_at = models.DateTimeField("plomberet")

    class Meta:
        verbose_name = "plombe"
        verbose_name_plural = "plomber"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "previous"], name="seal_chain_never_forks"),
            models.UniqueConstraint(fields=["municipality", "source", "first_id"], name="seal_covers_once"),
            models.CheckConstraint(condition=models.Q(last_id__gte=models.F("first_id")), name="seal_run_is_forward"),
        ]


class SealMark(models.Model):
    """How far a table's numbers had come when the sealer last looked, and which transactions were then writing there.

    A number is drawn before its row is committed, so a run is settled first when those transactions are over; the next
    visit then seals up to the mark.
    """

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=63)
    up_to = models.BigIntegerField()
    writers = ArrayField(models.CharField(max_length=40))  # PostgreSQL's virtual transaction ids

    class Meta:
        verbose_name = "plomberingsmærke"
        verbose_name_plural = "plomberingsmærker"
        constraints = [models.UniqueConstraint(fields=["municipality", "source"], name="seal_mark_one_a_table")]


class Gap(models.Model):
    """A hole (hul) that an erasure left in a sealed run: what was left of it, and what that hashes to.

    A seal is never changed. Where the latest gap of a seal fits its rows, the seal holds; `certificate` is the
    erasure's id. Gaps are sealed as a log of their own.
    """

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="gaps", verbose_name="plombe")
    certificate = models.UUIDField("sletning")
    rows_left = models.BigIntegerField("rækker tilbage")
    digest_left = models.CharField("de tilbageværende rækkers hash", max_length=64)
    made_at = models.DateTimeField("slettet")

    class Meta:
        verbose_name = "hul efter sletning"
        verbose_name_plural = "huller efter sletning"
