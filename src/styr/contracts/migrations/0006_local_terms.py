"""The municipality's own word on sections and services."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.contracts.local_models
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_limits_and_blocks'),
        ('contracts', '0005_statistics'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalTerm',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('section', 'paragraf'), ('service', 'ydelse')], max_length=10, verbose_name='slags')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('in_use', models.BooleanField(default=True, verbose_name='i brug')),
                ('name', models.CharField(blank=True, default='', max_length=200, verbose_name='eget navn')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('checked_on', models.DateField(null=True, verbose_name='kontrolleret')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kontrolleret af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'egen paragraf eller ydelse',
                'verbose_name_plural': 'egne paragraffer og ydelser',
            },
        ),
        migrations.CreateModel(
            name='LocalTermEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('what', models.CharField(choices=[('section', 'paragraf'), ('service', 'ydelse')], max_length=10, verbose_name='slags')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('in_use', models.BooleanField(default=True, verbose_name='i brug')),
                ('name', models.CharField(blank=True, default='', max_length=200, verbose_name='eget navn')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('checked_on', models.DateField(null=True, verbose_name='kontrolleret')),
                ('checked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kontrolleret af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.localterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='localterm',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['section', 'service'])), name='local_term_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='localterm',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='local_term_positive'),
        ),
        migrations.AddConstraint(
            model_name='localterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', True), ('checked_on__isnull', True)), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False)), _connector='OR'), name='local_term_checked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='localterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('what', '='), ('code', '='), (styr.contracts.local_models.DateRange('valid_from', 'valid_to'), '&&')], name='local_term_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='localterm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_localtermevent" ("checked_by_id", "checked_on", "code", "id", "in_use", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "what") SELECT new_values."checked_by_id", new_values."checked_on", new_values."code", new_values."id", new_values."in_use", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."valid_from", new_values."valid_to", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9b45b1b671d2a6ca8c6b1c2e9d92e45921fbf449', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e5bbb', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_localterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='localterm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_localtermevent" ("checked_by_id", "checked_on", "code", "id", "in_use", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "what") SELECT new_values."checked_by_id", new_values."checked_on", new_values."code", new_values."id", new_values."in_use", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."valid_from", new_values."valid_to", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1d7d91b4fcf665beff01803c9bb9c261254b4997', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1cc52', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_localterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='localterm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_localtermevent" ("checked_by_id", "checked_on", "code", "id", "in_use", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "what") SELECT old_values."checked_by_id", old_values."checked_on", old_values."code", old_values."id", old_values."in_use", old_values."municipality_id", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."valid_from", old_values."valid_to", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e4498a0900ef57fce6b674b0deed7dbb3214d0ed', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_936ec', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_localterm', when='AFTER')),
        ),
        EnableTenantPolicy("localterm"),
    ]
