"""Who pays for a citizen from when, and the municipality's own numbers."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
import styr.refunds.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('people', '0007_in_order'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('refunds', '0007_what_is_given_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnNumber',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=40, verbose_name='regel')),
                ('value', models.IntegerField(verbose_name='værdi')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'verbose_name': 'egen regel',
                'verbose_name_plural': 'egne regler',
            },
        ),
        migrations.CreateModel(
            name='OwnNumberEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('rule', models.CharField(max_length=40, verbose_name='regel')),
                ('value', models.IntegerField(verbose_name='værdi')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PayerPeriod',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('payer', models.CharField(blank=True, default='', max_length=60, verbose_name='betalingskommune')),
                ('valid_from', models.DateField(verbose_name='fra måned')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til måned (eksklusiv)')),
                ('reason', models.CharField(max_length=300, verbose_name='begrundelse')),
            ],
            options={
                'verbose_name': 'betalingskommune i en periode',
                'verbose_name_plural': 'betalingskommuner i perioder',
            },
        ),
        migrations.CreateModel(
            name='PayerPeriodEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('payer', models.CharField(blank=True, default='', max_length=60, verbose_name='betalingskommune')),
                ('valid_from', models.DateField(verbose_name='fra måned')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til måned (eksklusiv)')),
                ('reason', models.CharField(max_length=300, verbose_name='begrundelse')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='municipalcost',
            name='municipal_cost_once',
        ),
        migrations.AddConstraint(
            model_name='municipalcost',
            constraint=models.UniqueConstraint(fields=('citizen', 'month', 'payer'), name='municipal_cost_once'),
        ),
        migrations.AddField(
            model_name='ownnumber',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='ownnumberevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='ownnumberevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ownnumberevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='refunds.ownnumber'),
        ),
        migrations.AddField(
            model_name='payerperiod',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.citizen', verbose_name='borger'),
        ),
        migrations.AddField(
            model_name='payerperiod',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='payerperiod',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='payerperiodevent',
            name='citizen',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.citizen', verbose_name='borger'),
        ),
        migrations.AddField(
            model_name='payerperiodevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='payerperiodevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='payerperiodevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='refunds.payerperiod'),
        ),
        migrations.AddField(
            model_name='payerperiodevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddConstraint(
            model_name='ownnumber',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='own_number_positive'),
        ),
        migrations.AddConstraint(
            model_name='ownnumber',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['intermunicipal_months'])), name='own_number_may_be_own'),
        ),
        migrations.AddConstraint(
            model_name='ownnumber',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 1), ('value__lte', 120)), name='own_number_sane'),
        ),
        migrations.AddConstraint(
            model_name='ownnumber',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('rule', '='), (styr.refunds.ranges.DateRange('valid_from', 'valid_to'), '&&')], name='own_number_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownnumber',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_ownnumberevent" ("id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "valid_from", "valid_to", "value") SELECT new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rule", new_values."source", new_values."valid_from", new_values."valid_to", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='47715ca33f2adb24a5df3bd63a7c1d4987b97136', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2f349', referencing='REFERENCING NEW TABLE AS new_values ', table='refunds_ownnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownnumber',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_ownnumberevent" ("id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "valid_from", "valid_to", "value") SELECT new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rule", new_values."source", new_values."valid_from", new_values."valid_to", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af744fb36a278da1c1e02f7db548ac6033a0c3e1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2ac1f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='refunds_ownnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownnumber',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_ownnumberevent" ("id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "valid_from", "valid_to", "value") SELECT old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rule", old_values."source", old_values."valid_from", old_values."valid_to", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0ce69a219877c178562ed0cdb4cccfe6f5f73d9f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2f88f', referencing='REFERENCING OLD TABLE AS old_values ', table='refunds_ownnumber', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='payerperiod',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='payer_period_positive'),
        ),
        migrations.AddConstraint(
            model_name='payerperiod',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__day', 1), models.Q(('valid_to__isnull', True), ('valid_to__day', 1), _connector='OR')), name='payer_period_whole_months'),
        ),
        migrations.AddConstraint(
            model_name='payerperiod',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='payer_period_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='payerperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('citizen', '='), (styr.refunds.ranges.DateRange('valid_from', 'valid_to'), '&&')], name='payer_period_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payerperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_payerperiodevent" ("citizen_id", "id", "municipality_id", "payer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from", "valid_to") SELECT new_values."citizen_id", new_values."id", new_values."municipality_id", new_values."payer", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c97c55965bb3dee42c3afd74873a389c50b69795', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_43ca4', referencing='REFERENCING NEW TABLE AS new_values ', table='refunds_payerperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payerperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_payerperiodevent" ("citizen_id", "id", "municipality_id", "payer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from", "valid_to") SELECT new_values."citizen_id", new_values."id", new_values."municipality_id", new_values."payer", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3bb956bc65d98fa97116b58d8eff35852caf6339', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3ba36', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='refunds_payerperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payerperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_payerperiodevent" ("citizen_id", "id", "municipality_id", "payer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from", "valid_to") SELECT old_values."citizen_id", old_values."id", old_values."municipality_id", old_values."payer", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."unit_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ff2a4f7e5b7a0cf6454c80e1f66048875fedb474', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_18297', referencing='REFERENCING OLD TABLE AS old_values ', table='refunds_payerperiod', when='AFTER')),
        ),
    ]
