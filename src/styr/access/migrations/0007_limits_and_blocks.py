"""Limits in kroner by role, and people kept from a citizen's case; both are dated and written by who administers."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy

# Whom one is kept from tells of one's family: only the one it is about and those who administer see it.
ONE_S_OWN = "((SELECT styr_administers()) OR user_id = (SELECT styr_user()))"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_roles_in_scope'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseBlock',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('cpr_index', models.CharField(blank=True, max_length=64)),
                ('reason', models.TextField(verbose_name='begrundelse')),
                ('starts', models.DateField(verbose_name='fra')),
                ('ends', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='case_blocks', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'sagsspærring',
                'verbose_name_plural': 'sagsspærringer',
            },
        ),
        migrations.CreateModel(
            name='CaseBlockEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('cpr_index', models.CharField(blank=True, max_length=64)),
                ('reason', models.TextField(verbose_name='begrundelse')),
                ('starts', models.DateField(verbose_name='fra')),
                ('ends', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.caseblock')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(blank=True, choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('act', models.CharField(choices=[('approve_grant', 'Godkende bevilling'), ('approve_invoice', 'Godkende faktura'), ('four_eyes_invoice', 'Faktura skal godkendes af to')], max_length=40, verbose_name='handling')),
                ('amount_ore', models.BigIntegerField(verbose_name='højst, i øre')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'beløbsgrænse',
                'verbose_name_plural': 'beløbsgrænser',
            },
        ),
        migrations.CreateModel(
            name='LimitEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('role', models.CharField(blank=True, choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('act', models.CharField(choices=[('approve_grant', 'Godkende bevilling'), ('approve_invoice', 'Godkende faktura'), ('four_eyes_invoice', 'Faktura skal godkendes af to')], max_length=40, verbose_name='handling')),
                ('amount_ore', models.BigIntegerField(verbose_name='højst, i øre')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.limit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='caseblock',
            index=models.Index(fields=['user', 'starts'], name='case_block_of_user'),
        ),
        migrations.AddConstraint(
            model_name='caseblock',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='case_block_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='caseblock',
            constraint=models.CheckConstraint(condition=models.Q(('citizen_id__isnull', True), ('cpr_index', ''), _connector='XOR'), name='case_block_names_one_citizen'),
        ),
        migrations.AddConstraint(
            model_name='caseblock',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gt', models.F('starts')), _connector='OR'), name='case_block_period_is_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseblock',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_caseblockevent" ("citizen_id", "cpr_index", "ends", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "user_id") SELECT new_values."citizen_id", new_values."cpr_index", new_values."ends", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."starts", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f09692450eba8705dbb1afbf5f44454bcd904814', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_31f4a', referencing='REFERENCING NEW TABLE AS new_values ', table='access_caseblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseblock',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_caseblockevent" ("citizen_id", "cpr_index", "ends", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "user_id") SELECT new_values."citizen_id", new_values."cpr_index", new_values."ends", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."starts", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f4d51430f0ad24115dfe1a576204818f9828caad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_19a1d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_caseblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseblock',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_caseblockevent" ("citizen_id", "cpr_index", "ends", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts", "user_id") SELECT old_values."citizen_id", old_values."cpr_index", old_values."ends", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."starts", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1791e2d3bcd2d51e9fd1f935f1fc712129c8fa7e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_52273', referencing='REFERENCING OLD TABLE AS old_values ', table='access_caseblock', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='limit',
            constraint=models.CheckConstraint(condition=models.Q(('amount_ore__gte', 0)), name='limit_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='limit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='limit_period_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='limit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'four_eyes_invoice'), ('role', '')), models.Q(models.Q(('act', 'four_eyes_invoice'), _negated=True), models.Q(('role', ''), _negated=True)), _connector='OR'), name='limit_of_the_municipality_has_no_role'),
        ),
        migrations.AddConstraint(
            model_name='limit',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('role', '='), ('act', '='), (models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='limit_one_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='limit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_limitevent" ("act", "amount_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_to") SELECT new_values."act", new_values."amount_ore", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."role", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d942414f416c1c2c6e72608ec1d21b0bd0624dbd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8118b', referencing='REFERENCING NEW TABLE AS new_values ', table='access_limit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='limit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_limitevent" ("act", "amount_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_to") SELECT new_values."act", new_values."amount_ore", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."role", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3f5afc8649a4ab67effc831b5cc1251fd4df19bb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_33ddc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_limit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='limit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_limitevent" ("act", "amount_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_to") SELECT old_values."act", old_values."amount_ore", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."role", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d8f8ba309a1c1d201c04730f2eef1a93634e010b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_302b3', referencing='REFERENCING OLD TABLE AS old_values ', table='access_limit', when='AFTER')),
        ),
        EnableTenantPolicy('limit', writers='(SELECT styr_administers())'),
        EnableTenantPolicy('caseblock', writers='(SELECT styr_administers())', readers=ONE_S_OWN),
    ]
