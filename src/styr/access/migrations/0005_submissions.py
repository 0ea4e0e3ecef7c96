"""Forms that were sent, kept for a week so that a second click does nothing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import styr.kernel.ids
from styr.access.rls import EnableOwnPolicy

# What somebody may write of their own (a form sent, a preference): what the token allows, an auditor's too.
OWN = """
CREATE FUNCTION styr_may_write_own() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((public.styr_token()).may_write, false)
$$
"""
# The housekeeping runs without a scope, as the owner; the function is its only way in.
FORGET = """
CREATE POLICY styr_forget_see ON access_submission FOR SELECT TO styr_owner USING (true);
CREATE POLICY styr_forget ON access_submission FOR DELETE TO styr_owner USING (true);
CREATE OR REPLACE FUNCTION styr_forget_expired() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.access_session WHERE expires_at < now();
    DELETE FROM public.access_shared WHERE expires_at < now();
    DELETE FROM public.access_token WHERE expires_at < now() - interval '30 days';
    DELETE FROM public.access_submission WHERE sent_at < now() - interval '7 days';
$$;
"""
UNFORGET = """
CREATE OR REPLACE FUNCTION styr_forget_expired() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.access_session WHERE expires_at < now();
    DELETE FROM public.access_shared WHERE expires_at < now();
    DELETE FROM public.access_token WHERE expires_at < now() - interval '30 days';
$$;
DROP POLICY styr_forget ON access_submission;
DROP POLICY styr_forget_see ON access_submission;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_auditor")]
    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("headers", models.JSONField(default=dict)),
                ("sent_at", models.DateTimeField(db_index=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.municipality",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "indsendelse",
                "verbose_name_plural": "indsendelser",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "token"), name="submission_is_sent_once")
                ],
            },
        ),
        migrations.RunSQL(OWN, "DROP FUNCTION styr_may_write_own()"),
        EnableOwnPolicy("submission"),
        migrations.RunSQL(FORGET, UNFORGET),
    ]
