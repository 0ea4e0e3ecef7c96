"""Mergers of suppliers: who stands, from a day, where another stood."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy, TieToParent

# UNION and not UNION ALL: rows that come again end the recursion, also where somebody merged in a ring.
VIEW = """
CREATE VIEW rel_supplier_merger WITH (security_invoker = true) AS
WITH RECURSIVE gone AS (
    SELECT absorbed_id AS former_id, continuing_id AS supplier_id, valid_from FROM suppliers_merger
    UNION
    SELECT gone.former_id, m.continuing_id, gone.valid_from
    FROM gone JOIN suppliers_merger m ON m.absorbed_id = gone.supplier_id
)
SELECT former_id, supplier_id, valid_from FROM gone WHERE former_id <> supplier_id;
GRANT SELECT ON rel_supplier_merger TO styr_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0018_two_for_a_role'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0005_confirmed_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merger',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('contracts', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='kontrakter')),
                ('grants', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='bevillinger')),
                ('provider_units', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='tilbud')),
                ('recorded_at', models.DateTimeField(verbose_name='registreret')),
                ('absorbed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='merged_into', to='suppliers.supplier', verbose_name='ophørende leverandør')),
                ('continuing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to='suppliers.supplier', verbose_name='fortsættende leverandør')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registreret af')),
            ],
            options={
                'verbose_name': 'fusion',
                'verbose_name_plural': 'fusioner',
            },
        ),
        migrations.CreateModel(
            name='MergerEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('contracts', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='kontrakter')),
                ('grants', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='bevillinger')),
                ('provider_units', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='tilbud')),
                ('recorded_at', models.DateTimeField(verbose_name='registreret')),
                ('absorbed', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='ophørende leverandør')),
                ('continuing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='fortsættende leverandør')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.merger')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registreret af')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='merger',
            constraint=models.CheckConstraint(condition=models.Q(('absorbed', models.F('continuing')), _negated=True), name='merger_of_two'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merger',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_mergerevent" ("absorbed_id", "continuing_id", "contracts", "grants", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_units", "recorded_at", "recorded_by_id", "valid_from") SELECT new_values."absorbed_id", new_values."continuing_id", new_values."contracts", new_values."grants", new_values."id", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."provider_units", new_values."recorded_at", new_values."recorded_by_id", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2a84f0146ba37ce7348f801f8c8919063e300550', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b6dbb', referencing='REFERENCING NEW TABLE AS new_values ', table='suppliers_merger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merger',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_mergerevent" ("absorbed_id", "continuing_id", "contracts", "grants", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_units", "recorded_at", "recorded_by_id", "valid_from") SELECT new_values."absorbed_id", new_values."continuing_id", new_values."contracts", new_values."grants", new_values."id", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."provider_units", new_values."recorded_at", new_values."recorded_by_id", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bebc93eba83f59f76a5fdadaaa3e8630b7ed5d2b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0f1f2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='suppliers_merger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merger',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_mergerevent" ("absorbed_id", "continuing_id", "contracts", "grants", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_units", "recorded_at", "recorded_by_id", "valid_from") SELECT old_values."absorbed_id", old_values."continuing_id", old_values."contracts", old_values."grants", old_values."id", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."provider_units", old_values."recorded_at", old_values."recorded_by_id", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='60247c0b2542e52b481a62e5e7eff273cedab19a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_10f5a', referencing='REFERENCING OLD TABLE AS old_values ', table='suppliers_merger', when='AFTER')),
        ),
        EnableTenantPolicy("merger"),
        TieToParent("merger", "supplier", "absorbed_id", unit=False),
        TieToParent("merger", "supplier", "continuing_id", unit=False),
        migrations.RunSQL(VIEW, "DROP VIEW rel_supplier_merger"),
    ]
