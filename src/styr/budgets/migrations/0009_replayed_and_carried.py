"""Forecasts made afterwards are a kind of their own, and what is carried on without a price is a basis of its own."""

from django.db import migrations, models

KNOWN = ["actual", "accrual", "granted", "expected", "provision", "recurring", "carried", "trend"]
WORDS = [
    ("actual", "bogført"),
    ("accrual", "periodiseret"),
    ("granted", "bevilget"),
    ("expected", "forventet"),
    ("provision", "pulje"),
    ("recurring", "gentaget uden bevilling"),
    ("carried", "videreført uden pris"),
    ("trend", "til- og afgang efter erfaring"),
]
KINDS = [("current", "gældende"), ("frozen", "fastfrosset"), ("replayed", "genskabt")]

# The functions that keep a forecast as it was, of each kind that is kept; and what was made afterwards says so.
KEEP = """
CREATE OR REPLACE FUNCTION budgets_refuse_thawing() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_TABLE_NAME = 'budgets_forecastrun' THEN
        IF EXISTS (SELECT FROM gone WHERE kind = ANY({kinds}) AND state = 'done') THEN
            RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM gone) AS g JOIN budgets_forecastrun AS r ON r.id = g.run_id
                  WHERE r.kind = ANY({kinds}) AND r.state = 'done') THEN
        RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION budgets_refuse_adding() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM added) AS a JOIN budgets_forecastrun AS r ON r.id = a.run_id
               WHERE r.kind = ANY({kinds}) AND r.state = 'done') THEN
        RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
TOLD = """
ALTER TABLE budgets_forecastrun NO FORCE ROW LEVEL SECURITY;
ALTER TABLE budgets_forecastrun DISABLE TRIGGER USER;
UPDATE budgets_forecastrun SET kind = {to} WHERE kind = {of} AND label LIKE '%, genskabt';
ALTER TABLE budgets_forecastrun ENABLE TRIGGER USER;
ALTER TABLE budgets_forecastrun FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0008_recurring_and_trend")]
    operations = [
        migrations.RemoveConstraint(model_name="forecastrow", name="forecast_basis_known"),
        migrations.AlterField(
            model_name="forecastrow",
            name="basis",
            field=models.CharField(choices=WORDS, max_length=10, verbose_name="grundlag"),
        ),
        migrations.AddConstraint(
            model_name="forecastrow",
            constraint=models.CheckConstraint(condition=models.Q(basis__in=KNOWN), name="forecast_basis_known"),
        ),
        migrations.RemoveConstraint(model_name="forecastrun", name="forecast_kind_known"),
        migrations.AlterField(
            model_name="forecastrun",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="art"),
        ),
        migrations.AlterField(
            model_name="forecastrunevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="art"),
        ),
        migrations.AddConstraint(
            model_name="forecastrun",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=[code for code, _ in KINDS]), name="forecast_kind_known"
            ),
        ),
        migrations.RunSQL(
            KEEP.format(kinds="ARRAY['frozen', 'replayed']") + TOLD.format(to="'replayed'", of="'frozen'"),
            KEEP.format(kinds="ARRAY['frozen']") + TOLD.format(to="'frozen'", of="'replayed'"),
        ),
    ]
