"""Reasons and steps on the way to approval; the version that a form is made of."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_policies'),
        ('contracts', '0005_statistics'),
        ('grants', '0006_adjoining_absence'),
        ('people', '0004_statistics'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0004_statistics'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GrantStep',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('submitted', 'sendt til godkendelse'), ('approved', 'godkendt'), ('sent_back', 'sendt tilbage'), ('withdrawn', 'trukket tilbage'), ('reopened', 'åbnet igen'), ('stopped', 'stoppet'), ('resumed', 'stop fortrudt')], max_length=20, verbose_name='skridt')),
                ('reason', models.TextField(blank=True, default='', verbose_name='begrundelse')),
                ('year_cost_ore', models.BigIntegerField(null=True, verbose_name='helårspris i øre')),
                ('limit_ore', models.BigIntegerField(null=True, verbose_name='beløbsgrænse i øre')),
                ('taken_at', models.DateTimeField(verbose_name='tidspunkt')),
            ],
            options={
                'verbose_name': 'sagsskridt',
                'verbose_name_plural': 'sagsskridt',
            },
        ),
        migrations.CreateModel(
            name='GrantStepEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('submitted', 'sendt til godkendelse'), ('approved', 'godkendt'), ('sent_back', 'sendt tilbage'), ('withdrawn', 'trukket tilbage'), ('reopened', 'åbnet igen'), ('stopped', 'stoppet'), ('resumed', 'stop fortrudt')], max_length=20, verbose_name='skridt')),
                ('reason', models.TextField(blank=True, default='', verbose_name='begrundelse')),
                ('year_cost_ore', models.BigIntegerField(null=True, verbose_name='helårspris i øre')),
                ('limit_ore', models.BigIntegerField(null=True, verbose_name='beløbsgrænse i øre')),
                ('taken_at', models.DateTimeField(verbose_name='tidspunkt')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='grant',
            name='grant_status_known',
        ),
        migrations.AddField(
            model_name='grant',
            name='economic_reason',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='økonomisk begrundelse'),
        ),
        migrations.AddField(
            model_name='grant',
            name='professional_reason',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='faglig begrundelse'),
        ),
        migrations.AddField(
            model_name='grant',
            name='version',
            field=models.IntegerField(db_default=1, default=1, verbose_name='udgave'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='economic_reason',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='økonomisk begrundelse'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='professional_reason',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='faglig begrundelse'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='version',
            field=models.IntegerField(db_default=1, default=1, verbose_name='udgave'),
        ),
        migrations.AlterField(
            model_name='grant',
            name='status',
            field=models.CharField(choices=[('draft', 'kladde'), ('expected', 'forventet'), ('awaiting', 'til godkendelse'), ('granted', 'bevilget'), ('stopped', 'stoppet'), ('withdrawn', 'trukket tilbage')], max_length=20, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='grantevent',
            name='status',
            field=models.CharField(choices=[('draft', 'kladde'), ('expected', 'forventet'), ('awaiting', 'til godkendelse'), ('granted', 'bevilget'), ('stopped', 'stoppet'), ('withdrawn', 'trukket tilbage')], max_length=20, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['municipality', 'status', 'number'], name='grant_status'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantevent" ("account_string", "case_number", "caseworker", "citizen_id", "contract_id", "economic_reason", "ends", "follow_up_on", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_reason", "provider_unit_id", "section", "source_id", "starts", "status", "supplier_id", "unit_id", "version") SELECT new_values."account_string", new_values."case_number", new_values."caseworker", new_values."citizen_id", new_values."contract_id", new_values."economic_reason", new_values."ends", new_values."follow_up_on", new_values."id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."professional_reason", new_values."provider_unit_id", new_values."section", new_values."source_id", new_values."starts", new_values."status", new_values."supplier_id", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f1eeb0fbf327b762e8b1adb5751c8668ff1e9b85', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9c01d', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantevent" ("account_string", "case_number", "caseworker", "citizen_id", "contract_id", "economic_reason", "ends", "follow_up_on", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_reason", "provider_unit_id", "section", "source_id", "starts", "status", "supplier_id", "unit_id", "version") SELECT new_values."account_string", new_values."case_number", new_values."caseworker", new_values."citizen_id", new_values."contract_id", new_values."economic_reason", new_values."ends", new_values."follow_up_on", new_values."id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."professional_reason", new_values."provider_unit_id", new_values."section", new_values."source_id", new_values."starts", new_values."status", new_values."supplier_id", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afd65c7084dcc43dc979a3825dfc11344ab1cb1b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_03e25', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantevent" ("account_string", "case_number", "caseworker", "citizen_id", "contract_id", "economic_reason", "ends", "follow_up_on", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_reason", "provider_unit_id", "section", "source_id", "starts", "status", "supplier_id", "unit_id", "version") SELECT old_values."account_string", old_values."case_number", old_values."caseworker", old_values."citizen_id", old_values."contract_id", old_values."economic_reason", old_values."ends", old_values."follow_up_on", old_values."id", old_values."municipality_id", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."professional_reason", old_values."provider_unit_id", old_values."section", old_values."source_id", old_values."starts", old_values."status", old_values."supplier_id", old_values."unit_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cd4d7ef58f224e4e0ebc59dc68d264b6b310b007', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cae4c', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_grant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'expected', 'awaiting', 'granted', 'stopped', 'withdrawn'])), name='grant_status_known'),
        ),
        migrations.AddField(
            model_name='grantstep',
            name='grant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='grants.grant', verbose_name='bevilling'),
        ),
        migrations.AddField(
            model_name='grantstep',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='grantstep',
            name='taken_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='grantstep',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='grant',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='bevilling'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='grants.grantstep'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='taken_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddIndex(
            model_name='grantstep',
            index=models.Index(fields=['grant', '-taken_at'], name='grant_step_latest'),
        ),
        migrations.AddConstraint(
            model_name='grantstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'approved', 'sent_back', 'withdrawn', 'reopened', 'stopped', 'resumed'])), name='grant_step_known'),
        ),
        migrations.AddConstraint(
            model_name='grantstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['sent_back', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='grant_step_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT new_values."grant_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."year_cost_ore" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09cda7c000f64f4e40d2b75b7478fab08b7a6fec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6cd29', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_grantstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT new_values."grant_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."year_cost_ore" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a090780e847ca1bd753dcbd5437ead5697bd60cd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aabc2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_grantstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT old_values."grant_id", old_values."id", old_values."kind", old_values."limit_ore", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."taken_at", old_values."taken_by_id", old_values."unit_id", old_values."year_cost_ore" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='93738c634bb4d04c6e237c8258a779cf40c82978', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_feb9b', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_grantstep', when='AFTER')),
        ),
    ]
