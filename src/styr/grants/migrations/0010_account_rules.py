"""The municipality's account rules."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.grants.pairs
import styr.kernel.ids
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_limits_and_blocks'),
        ('grants', '0009_what_was_before'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountRule',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('supplier_kind', models.CharField(blank=True, default='', max_length=20, verbose_name='leverandørtype')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('state_refund', models.BooleanField(default=False, verbose_name='statsrefusion')),
                ('refund_note', models.CharField(blank=True, default='', max_length=200, verbose_name='note om statsrefusion')),
                ('vat_note', models.CharField(blank=True, default='', max_length=200, verbose_name='note om moms')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'konteringsregel',
                'verbose_name_plural': 'konteringsregler',
            },
        ),
        migrations.CreateModel(
            name='AccountRuleEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('supplier_kind', models.CharField(blank=True, default='', max_length=20, verbose_name='leverandørtype')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('state_refund', models.BooleanField(default=False, verbose_name='statsrefusion')),
                ('refund_note', models.CharField(blank=True, default='', max_length=200, verbose_name='note om statsrefusion')),
                ('vat_note', models.CharField(blank=True, default='', max_length=200, verbose_name='note om moms')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='grants.accountrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='accountrule',
            constraint=models.CheckConstraint(condition=models.Q(('account_string__regex', '^[0-9]{16}$')), name='account_rule_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='accountrule',
            constraint=models.CheckConstraint(condition=models.Q(('section', ''), _negated=True), name='account_rule_has_section'),
        ),
        migrations.AddConstraint(
            model_name='accountrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='account_rule_positive'),
        ),
        migrations.AddConstraint(
            model_name='accountrule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('section', '='), ('service', '='), ('supplier_kind', '='), (styr.grants.pairs.DateRange('valid_from', 'valid_to'), '&&')], name='account_rule_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_accountruleevent" ("account_string", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_note", "section", "service", "state_refund", "supplier_kind", "valid_from", "valid_to", "vat_note") SELECT new_values."account_string", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."refund_note", new_values."section", new_values."service", new_values."state_refund", new_values."supplier_kind", new_values."valid_from", new_values."valid_to", new_values."vat_note" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='161e3c0bab8259f0484487c37b9eb7f983a43198', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4f6e4', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_accountrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_accountruleevent" ("account_string", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_note", "section", "service", "state_refund", "supplier_kind", "valid_from", "valid_to", "vat_note") SELECT new_values."account_string", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."refund_note", new_values."section", new_values."service", new_values."state_refund", new_values."supplier_kind", new_values."valid_from", new_values."valid_to", new_values."vat_note" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cd04152bfd9eaf1275fba68f1b6d1f9147fedcaa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87138', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_accountrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_accountruleevent" ("account_string", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_note", "section", "service", "state_refund", "supplier_kind", "valid_from", "valid_to", "vat_note") SELECT old_values."account_string", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."refund_note", old_values."section", old_values."service", old_values."state_refund", old_values."supplier_kind", old_values."valid_from", old_values."valid_to", old_values."vat_note" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='300c08d7f883f5700ebaa39fdd2a4cb14466afa9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6e5cb', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_accountrule', when='AFTER')),
        ),
        EnableTenantPolicy("accountrule"),
    ]
