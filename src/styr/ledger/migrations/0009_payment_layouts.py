"""Layouts of payment files."""

import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
import styr.ledger.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('ledger', '0008_rule_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentLayoutChoice',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(default='betalingsfil', max_length=20, verbose_name='regel')),
                ('code', models.CharField(max_length=20, verbose_name='layout')),
                ('spec', models.TextField(blank=True, default='', max_length=20000, verbose_name='eget layout')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'verbose_name': 'betalingsfilers layout',
                'verbose_name_plural': 'betalingsfilers layouts',
            },
        ),
        migrations.CreateModel(
            name='PaymentLayoutChoiceEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('rule', models.CharField(default='betalingsfil', max_length=20, verbose_name='regel')),
                ('code', models.CharField(max_length=20, verbose_name='layout')),
                ('spec', models.TextField(blank=True, default='', max_length=20000, verbose_name='eget layout')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='paymentfile',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='paymentfile',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='paymentfile',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='paymentfile',
            name='layout',
            field=models.JSONField(db_default={}, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='layout'),
        ),
        migrations.AddField(
            model_name='paymentfileevent',
            name='layout',
            field=models.JSONField(db_default={}, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='layout'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "layout", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT new_values."acknowledged_at", new_values."amount_ore", new_values."bank_day", new_values."fetched_at", new_values."id", new_values."layout", new_values."lines", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."seal", new_values."sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c86020eafde700d80c9eec2129ebad70ad869f0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c47bb', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "layout", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT new_values."acknowledged_at", new_values."amount_ore", new_values."bank_day", new_values."fetched_at", new_values."id", new_values."layout", new_values."lines", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."seal", new_values."sha256" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."acknowledged_at" IS DISTINCT FROM (new_values."acknowledged_at") OR old_values."amount_ore" IS DISTINCT FROM (new_values."amount_ore") OR old_values."bank_day" IS DISTINCT FROM (new_values."bank_day") OR old_values."fetched_at" IS DISTINCT FROM (new_values."fetched_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."layout" IS DISTINCT FROM (new_values."layout") OR old_values."lines" IS DISTINCT FROM (new_values."lines") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."seal" IS DISTINCT FROM (new_values."seal") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5b4caad12b400acf42560070fd23df1e25778f00', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_58998', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "layout", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT old_values."acknowledged_at", old_values."amount_ore", old_values."bank_day", old_values."fetched_at", old_values."id", old_values."layout", old_values."lines", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."seal", old_values."sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7b96afd1472f39141eb45e085e4bc7e1a0c10112', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d9ba8', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        migrations.AddField(
            model_name='paymentlayoutchoice',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='paymentlayoutchoiceevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='paymentlayoutchoiceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='paymentlayoutchoiceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.paymentlayoutchoice'),
        ),
        migrations.AddConstraint(
            model_name='paymentlayoutchoice',
            constraint=models.CheckConstraint(condition=models.Q(('rule', 'betalingsfil')), name='payment_layout_of_files'),
        ),
        migrations.AddConstraint(
            model_name='paymentlayoutchoice',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='payment_layout_positive'),
        ),
        migrations.AddConstraint(
            model_name='paymentlayoutchoice',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), (styr.ledger.models.DateRange('valid_from', 'valid_to'), '&&')], name='payment_layout_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlayoutchoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlayoutchoiceevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "spec", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rule", new_values."source", new_values."spec", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='81c5f2cdd745d6a36a7c85d53b16265c88de9a9c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5e221', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_paymentlayoutchoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlayoutchoice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlayoutchoiceevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "spec", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rule", new_values."source", new_values."spec", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e095852345148ec565365b41e5f19c76dd351e34', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_81a19', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_paymentlayoutchoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlayoutchoice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlayoutchoiceevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source", "spec", "valid_from", "valid_to") SELECT old_values."code", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rule", old_values."source", old_values."spec", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='52e626cb9405ad8acf2d03a2e276f69d4c020a40', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cc764', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_paymentlayoutchoice', when='AFTER')),
        ),
    ]
