"""Findings, decisions and runs, each with its history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0003_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ControlRun',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(verbose_name='startet')),
                ('asked_about', models.DateField(verbose_name='kontroldag')),
                ('narrowed', models.BooleanField(verbose_name='kun ændringer')),
                ('touched', models.IntegerField(null=True, verbose_name='berørte')),
                ('outcomes', models.JSONField(verbose_name='resultat')),
                ('failures', models.IntegerField(verbose_name='kontroller, der ikke kunne køre')),
                ('seconds', models.FloatField(verbose_name='sekunder')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'kontrolkørsel',
                'verbose_name_plural': 'kontrolkørsler',
            },
        ),
        migrations.CreateModel(
            name='ControlRunEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('started_at', models.DateTimeField(verbose_name='startet')),
                ('asked_about', models.DateField(verbose_name='kontroldag')),
                ('narrowed', models.BooleanField(verbose_name='kun ændringer')),
                ('touched', models.IntegerField(null=True, verbose_name='berørte')),
                ('outcomes', models.JSONField(verbose_name='resultat')),
                ('failures', models.IntegerField(verbose_name='kontroller, der ikke kunne køre')),
                ('seconds', models.FloatField(verbose_name='sekunder')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='controls.controlrun')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('control_code', models.CharField(max_length=60, verbose_name='kontrol')),
                ('subject_kind', models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen')], max_length=20, verbose_name='vedrører')),
                ('subject_id', models.UUIDField()),
                ('citizen_id', models.UUIDField(null=True)),
                ('supplier_id', models.UUIDField(null=True)),
                ('grant_id', models.UUIDField(null=True)),
                ('contract_id', models.UUIDField(null=True)),
                ('invoice_id', models.UUIDField(null=True)),
                ('severity', models.CharField(choices=[('fatal', 'fatal'), ('error', 'error'), ('warning', 'warning'), ('info', 'info')], max_length=10, verbose_name='alvor')),
                ('hard_stop', models.BooleanField(verbose_name='stopper betaling')),
                ('exception_code', models.CharField(blank=True, max_length=30, verbose_name='fakturaafvigelse')),
                ('owner_role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('administrator', 'Administrator')], max_length=40, verbose_name='ejer')),
                ('amount_ore', models.BigIntegerField(null=True, verbose_name='beløb i øre')),
                ('evidence', models.JSONField(verbose_name='grundlag')),
                ('fingerprint', models.CharField(max_length=32)),
                ('decided_fingerprint', models.CharField(blank=True, max_length=32)),
                ('status', models.CharField(choices=[('open', 'Åben'), ('decided', 'Afgjort'), ('closed', 'Lukket')], max_length=10, verbose_name='status')),
                ('first_seen', models.DateTimeField(verbose_name='først set')),
                ('last_seen', models.DateTimeField(verbose_name='senest ændret')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='lukket')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'afvigelse',
                'verbose_name_plural': 'afvigelser',
            },
        ),
        migrations.CreateModel(
            name='FindingDecision',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('verdict', models.CharField(choices=[('accept', 'Godkendt'), ('dispute', 'Bestridt'), ('mend', 'Rettes'), ('ignore', 'Ses bort fra')], max_length=10, verbose_name='afgørelse')),
                ('reason', models.TextField(verbose_name='begrundelse')),
                ('decided_at', models.DateTimeField(verbose_name='afgjort')),
                ('fingerprint', models.CharField(max_length=32)),
                ('evidence', models.JSONField(verbose_name='grundlag ved afgørelsen')),
                ('amount_ore', models.BigIntegerField(null=True, verbose_name='beløb i øre ved afgørelsen')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'afgørelse',
                'verbose_name_plural': 'afgørelser',
            },
        ),
        migrations.CreateModel(
            name='FindingDecisionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('verdict', models.CharField(choices=[('accept', 'Godkendt'), ('dispute', 'Bestridt'), ('mend', 'Rettes'), ('ignore', 'Ses bort fra')], max_length=10, verbose_name='afgørelse')),
                ('reason', models.TextField(verbose_name='begrundelse')),
                ('decided_at', models.DateTimeField(verbose_name='afgjort')),
                ('fingerprint', models.CharField(max_length=32)),
                ('evidence', models.JSONField(verbose_name='grundlag ved afgørelsen')),
                ('amount_ore', models.BigIntegerField(null=True, verbose_name='beløb i øre ved afgørelsen')),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='controls.findingdecision')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FindingEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('control_code', models.CharField(max_length=60, verbose_name='kontrol')),
                ('subject_kind', models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen')], max_length=20, verbose_name='vedrører')),
                ('subject_id', models.UUIDField()),
                ('citizen_id', models.UUIDField(null=True)),
                ('supplier_id', models.UUIDField(null=True)),
                ('grant_id', models.UUIDField(null=True)),
                ('contract_id', models.UUIDField(null=True)),
                ('invoice_id', models.UUIDField(null=True)),
                ('severity', models.CharField(choices=[('fatal', 'fatal'), ('error', 'error'), ('warning', 'warning'), ('info', 'info')], max_length=10, verbose_name='alvor')),
                ('hard_stop', models.BooleanField(verbose_name='stopper betaling')),
                ('exception_code', models.CharField(blank=True, max_length=30, verbose_name='fakturaafvigelse')),
                ('owner_role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('administrator', 'Administrator')], max_length=40, verbose_name='ejer')),
                ('amount_ore', models.BigIntegerField(null=True, verbose_name='beløb i øre')),
                ('evidence', models.JSONField(verbose_name='grundlag')),
                ('fingerprint', models.CharField(max_length=32)),
                ('decided_fingerprint', models.CharField(blank=True, max_length=32)),
                ('status', models.CharField(choices=[('open', 'Åben'), ('decided', 'Afgjort'), ('closed', 'Lukket')], max_length=10, verbose_name='status')),
                ('first_seen', models.DateTimeField(verbose_name='først set')),
                ('last_seen', models.DateTimeField(verbose_name='senest ændret')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='lukket')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='controls.finding')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='controlrun',
            index=models.Index(fields=['municipality', '-started_at'], name='run_by_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlrun',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_controlrunevent" ("asked_about", "failures", "id", "municipality_id", "narrowed", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "started_at", "touched") SELECT new_values."asked_about", new_values."failures", new_values."id", new_values."municipality_id", new_values."narrowed", new_values."outcomes", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."seconds", new_values."started_at", new_values."touched" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9416821eac4aa6ea8845ad84192caaf8b15b281', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_81b62', referencing='REFERENCING NEW TABLE AS new_values ', table='controls_controlrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlrun',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_controlrunevent" ("asked_about", "failures", "id", "municipality_id", "narrowed", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "started_at", "touched") SELECT new_values."asked_about", new_values."failures", new_values."id", new_values."municipality_id", new_values."narrowed", new_values."outcomes", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."seconds", new_values."started_at", new_values."touched" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fa514398703c5631830dffe657eb0b41ab2431a5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_abd3e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='controls_controlrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlrun',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_controlrunevent" ("asked_about", "failures", "id", "municipality_id", "narrowed", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "started_at", "touched") SELECT old_values."asked_about", old_values."failures", old_values."id", old_values."municipality_id", old_values."narrowed", old_values."outcomes", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."seconds", old_values."started_at", old_values."touched" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='724370ba3cb10690e8c16a76e7489df8780dfb12', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bb2b7', referencing='REFERENCING OLD TABLE AS old_values ', table='controls_controlrun', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['municipality', 'status', '-amount_ore'], name='finding_by_amount'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['municipality', 'grant_id'], name='finding_by_grant'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['municipality', 'contract_id'], name='finding_by_contract'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['municipality', 'invoice_id'], name='finding_by_invoice'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['municipality', 'citizen_id'], name='finding_by_citizen'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('municipality', 'control_code', 'subject_id'), name='finding_identity'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='finding_closed_has_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingevent" ("amount_ore", "citizen_id", "closed_at", "contract_id", "control_code", "decided_fingerprint", "evidence", "exception_code", "fingerprint", "first_seen", "grant_id", "hard_stop", "id", "invoice_id", "last_seen", "municipality_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "status", "subject_id", "subject_kind", "supplier_id", "unit_id") SELECT new_values."amount_ore", new_values."citizen_id", new_values."closed_at", new_values."contract_id", new_values."control_code", new_values."decided_fingerprint", new_values."evidence", new_values."exception_code", new_values."fingerprint", new_values."first_seen", new_values."grant_id", new_values."hard_stop", new_values."id", new_values."invoice_id", new_values."last_seen", new_values."municipality_id", new_values."owner_role", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."severity", new_values."status", new_values."subject_id", new_values."subject_kind", new_values."supplier_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f96ad0f3e1fd02447606ef91a92f20c95549790f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eb431', referencing='REFERENCING NEW TABLE AS new_values ', table='controls_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingevent" ("amount_ore", "citizen_id", "closed_at", "contract_id", "control_code", "decided_fingerprint", "evidence", "exception_code", "fingerprint", "first_seen", "grant_id", "hard_stop", "id", "invoice_id", "last_seen", "municipality_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "status", "subject_id", "subject_kind", "supplier_id", "unit_id") SELECT new_values."amount_ore", new_values."citizen_id", new_values."closed_at", new_values."contract_id", new_values."control_code", new_values."decided_fingerprint", new_values."evidence", new_values."exception_code", new_values."fingerprint", new_values."first_seen", new_values."grant_id", new_values."hard_stop", new_values."id", new_values."invoice_id", new_values."last_seen", new_values."municipality_id", new_values."owner_role", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."severity", new_values."status", new_values."subject_id", new_values."subject_kind", new_values."supplier_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34dfe58d99777c4c1802b958eac366fa1458e8f8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_34873', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='controls_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingevent" ("amount_ore", "citizen_id", "closed_at", "contract_id", "control_code", "decided_fingerprint", "evidence", "exception_code", "fingerprint", "first_seen", "grant_id", "hard_stop", "id", "invoice_id", "last_seen", "municipality_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "status", "subject_id", "subject_kind", "supplier_id", "unit_id") SELECT old_values."amount_ore", old_values."citizen_id", old_values."closed_at", old_values."contract_id", old_values."control_code", old_values."decided_fingerprint", old_values."evidence", old_values."exception_code", old_values."fingerprint", old_values."first_seen", old_values."grant_id", old_values."hard_stop", old_values."id", old_values."invoice_id", old_values."last_seen", old_values."municipality_id", old_values."owner_role", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."severity", old_values."status", old_values."subject_id", old_values."subject_kind", old_values."supplier_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9c4f0d569fcda510f42f02e393dbde5e01296347', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8b166', referencing='REFERENCING OLD TABLE AS old_values ', table='controls_finding', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='findingdecision',
            index=models.Index(fields=['finding', '-decided_at'], name='decision_by_finding'),
        ),
        migrations.AddConstraint(
            model_name='findingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingdecision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingdecisionevent" ("amount_ore", "decided_at", "decided_by_id", "evidence", "finding_id", "fingerprint", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "verdict") SELECT new_values."amount_ore", new_values."decided_at", new_values."decided_by_id", new_values."evidence", new_values."finding_id", new_values."fingerprint", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."unit_id", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='593aacc5067539a3cc1ad5785d6d1054495c149c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6da8c', referencing='REFERENCING NEW TABLE AS new_values ', table='controls_findingdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingdecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingdecisionevent" ("amount_ore", "decided_at", "decided_by_id", "evidence", "finding_id", "fingerprint", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "verdict") SELECT new_values."amount_ore", new_values."decided_at", new_values."decided_by_id", new_values."evidence", new_values."finding_id", new_values."fingerprint", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."unit_id", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='58435821a8e3a42629391c72106024070ba15423', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1955c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='controls_findingdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingdecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingdecisionevent" ("amount_ore", "decided_at", "decided_by_id", "evidence", "finding_id", "fingerprint", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "verdict") SELECT old_values."amount_ore", old_values."decided_at", old_values."decided_by_id", old_values."evidence", old_values."finding_id", old_values."fingerprint", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."unit_id", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b82ecae433ed2c98462ab1a010c1e4677db3f274', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_db723', referencing='REFERENCING OLD TABLE AS old_values ', table='controls_findingdecision', when='AFTER')),
        ),
    ]
