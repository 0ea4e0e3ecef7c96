"""Sections and services that a municipality adds itself, and one view of each kind with what the program has."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy

# What comes with the program wins over what a municipality has added under the same code: so a later version may bring it.
# The name is the one in use today; `given` is what it was first called. Labels only: nothing is computed from them.
VIEWS = """
CREATE VIEW rel_service_kind WITH (security_invoker = true) AS
SELECT k.code, coalesce(nullif(w.name, ''), k.given)::text AS name, k.given, k.words, k.starts, k.ends, k.own_id
FROM (SELECT code::text AS code, name::text AS given, ''::text AS words, NULL::date AS starts, NULL::date AS ends,
             NULL::uuid AS own_id FROM contracts_servicekind
      UNION ALL
      SELECT o.code::text, o.name::text, o.words::text, o.starts, o.ends, o.id FROM contracts_ownterm o
      WHERE o.what = 'service' AND NOT EXISTS (SELECT FROM contracts_servicekind s WHERE s.code = o.code)) k
LEFT JOIN contracts_localterm w ON w.what = 'service' AND w.code = k.code AND w.valid_from <= current_date
    AND (w.valid_to IS NULL OR w.valid_to > current_date);

CREATE VIEW rel_section WITH (security_invoker = true) AS
SELECT code::text AS code, law::text AS law, paragraph::text AS paragraph, name::text AS given, kle::text AS kle,
       replaces::text AS replaces, source::text AS source, ''::text AS words, valid_from AS starts, valid_to AS ends,
       NULL::uuid AS own_id
FROM contracts_section
UNION ALL
SELECT o.code::text, o.law::text,
       rtrim(regexp_replace(o.code, '^[^-]+-([0-9]+)([a-z]?)$', '§ \\1 \\2')), o.name::text, o.kle::text, '', o.reason::text,
       o.words::text, o.starts, o.ends, o.id
FROM contracts_ownterm o
WHERE o.what = 'section' AND NOT EXISTS (SELECT FROM contracts_section s WHERE s.code = o.code);

GRANT SELECT ON rel_service_kind, rel_section TO styr_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_kept_from_nothing'),
        ('contracts', '0006_local_terms'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnTerm',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('section', 'paragraf'), ('service', 'ydelse')], max_length=10, verbose_name='slags')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=100, verbose_name='navn')),
                ('law', models.CharField(blank=True, default='', max_length=60, verbose_name='lov')),
                ('kle', models.CharField(blank=True, default='', max_length=10, verbose_name='KLE-nummer')),
                ('words', models.CharField(blank=True, default='', max_length=500, verbose_name='andre skrivemåder')),
                ('reason', models.CharField(max_length=300, verbose_name='begrundelse')),
                ('starts', models.DateField(verbose_name='gyldig fra')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tilføjet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'egen tilføjet paragraf eller ydelse',
                'verbose_name_plural': 'egne tilføjede paragraffer og ydelser',
            },
        ),
        migrations.CreateModel(
            name='OwnTermEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('what', models.CharField(choices=[('section', 'paragraf'), ('service', 'ydelse')], max_length=10, verbose_name='slags')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=100, verbose_name='navn')),
                ('law', models.CharField(blank=True, default='', max_length=60, verbose_name='lov')),
                ('kle', models.CharField(blank=True, default='', max_length=10, verbose_name='KLE-nummer')),
                ('words', models.CharField(blank=True, default='', max_length=500, verbose_name='andre skrivemåder')),
                ('reason', models.CharField(max_length=300, verbose_name='begrundelse')),
                ('starts', models.DateField(verbose_name='gyldig fra')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tilføjet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.ownterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='ownterm',
            constraint=models.UniqueConstraint(fields=('municipality', 'what', 'code'), name='own_term_once'),
        ),
        migrations.AddConstraint(
            model_name='ownterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^[A-ZÆØÅ]+-[0-9]+[a-z]?$'), ('what', 'section')), models.Q(('code__regex', '^[a-z][a-z0-9_]{1,39}$'), ('what', 'service')), _connector='OR'), name='own_term_code_readable'),
        ),
        migrations.AddConstraint(
            model_name='ownterm',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gt', models.F('starts')), _connector='OR'), name='own_term_positive'),
        ),
        migrations.AddConstraint(
            model_name='ownterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='own_term_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownterm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_owntermevent" ("added_by_id", "code", "ends", "id", "kle", "law", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "what", "words") SELECT new_values."added_by_id", new_values."code", new_values."ends", new_values."id", new_values."kle", new_values."law", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."starts", new_values."what", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7d2be656346f026966b5bd721d25b611c3337728', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_facba', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_ownterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownterm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_owntermevent" ("added_by_id", "code", "ends", "id", "kle", "law", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "what", "words") SELECT new_values."added_by_id", new_values."code", new_values."ends", new_values."id", new_values."kle", new_values."law", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."starts", new_values."what", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='25262d1697757985695b5da4cc9522537fc43204', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_84630', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_ownterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownterm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_owntermevent" ("added_by_id", "code", "ends", "id", "kle", "law", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "what", "words") SELECT old_values."added_by_id", old_values."code", old_values."ends", old_values."id", old_values."kle", old_values."law", old_values."municipality_id", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."starts", old_values."what", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ea1cb0a1b0521e0d3c8776e72448b6c8f866de8a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1118a', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_ownterm', when='AFTER')),
        ),
        EnableTenantPolicy("ownterm"),
        migrations.RunSQL(VIEWS, "DROP VIEW rel_section, rel_service_kind"),
    ]
