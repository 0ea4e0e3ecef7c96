"""Ages of the central refund may be the municipality's own, and so may how accounts count in it."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
import styr.refunds.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0019_opened_without_roles'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('refunds', '0010_transport_payment'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnTreatment',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('prefix', models.CharField(max_length=5, verbose_name='kontoens første cifre')),
                ('law', models.CharField(blank=True, default='', max_length=3, verbose_name='lov')),
                ('treatment', models.CharField(choices=[('counts', 'tæller med'), ('objective', 'objektivt finansieret'), ('own_refund', 'den centrale refusion selv')], max_length=20, verbose_name='behandling')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'verbose_name': 'egen konto i central refusion',
                'verbose_name_plural': 'egne konti i central refusion',
            },
        ),
        migrations.CreateModel(
            name='OwnTreatmentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('prefix', models.CharField(max_length=5, verbose_name='kontoens første cifre')),
                ('law', models.CharField(blank=True, default='', max_length=3, verbose_name='lov')),
                ('treatment', models.CharField(choices=[('counts', 'tæller med'), ('objective', 'objektivt finansieret'), ('own_refund', 'den centrale refusion selv')], max_length=20, verbose_name='behandling')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='ownnumber',
            name='own_number_may_be_own',
        ),
        migrations.AddConstraint(
            model_name='ownnumber',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ('intermunicipal_months', 'age_limit', 'pooled_children_below', 'pooled_young_below'))), name='own_number_may_be_own'),
        ),
        migrations.AddField(
            model_name='owntreatment',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='owntreatmentevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='owntreatmentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='owntreatmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='refunds.owntreatment'),
        ),
        migrations.AddConstraint(
            model_name='owntreatment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='own_refund_treatment_positive'),
        ),
        migrations.AddConstraint(
            model_name='owntreatment',
            constraint=models.CheckConstraint(condition=models.Q(('treatment__in', ['counts', 'objective', 'own_refund'])), name='own_treatment_known'),
        ),
        migrations.AddConstraint(
            model_name='owntreatment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('law', ''), ('prefix__regex', '^[0-9]{5}$')), models.Q(('law__in', ['SEL', 'BL']), ('prefix__regex', '^[0-9]{3}$'), ('treatment', 'counts')), _connector='OR'), name='own_treatment_of_function_or_area'),
        ),
        migrations.AddConstraint(
            model_name='owntreatment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('prefix', '='), (styr.refunds.ranges.DateRange('valid_from', 'valid_to'), '&&')], name='own_refund_treatment_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntreatment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_owntreatmentevent" ("id", "law", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "source", "treatment", "valid_from", "valid_to") SELECT new_values."id", new_values."law", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."prefix", new_values."source", new_values."treatment", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='296ae87cf860ba4fcaf434574eb038e3606d4333', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d15a3', referencing='REFERENCING NEW TABLE AS new_values ', table='refunds_owntreatment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntreatment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_owntreatmentevent" ("id", "law", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "source", "treatment", "valid_from", "valid_to") SELECT new_values."id", new_values."law", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."prefix", new_values."source", new_values."treatment", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45bd56cd61b7662548e4bed65de6389c5b5a3265', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6d141', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='refunds_owntreatment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntreatment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "refunds_owntreatmentevent" ("id", "law", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "source", "treatment", "valid_from", "valid_to") SELECT old_values."id", old_values."law", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."prefix", old_values."source", old_values."treatment", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='de16fa51f9d1f30193fbfcc420cf7cad92c26ef2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c59bf', referencing='REFERENCING OLD TABLE AS old_values ', table='refunds_owntreatment', when='AFTER')),
        ),
    ]
