"""Who has been asked to settle a finding, and what was written about it; a decision can be taken back."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_auditor'),
        ('controls', '0002_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='finding',
            name='owner_role',
            field=models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='ejer'),
        ),
        migrations.AlterField(
            model_name='findingdecision',
            name='verdict',
            field=models.CharField(choices=[('accept', 'Godkendt'), ('dispute', 'Bestridt'), ('mend', 'Rettes'), ('ignore', 'Ses bort fra'), ('reopen', 'Genåbnet')], max_length=10, verbose_name='afgørelse'),
        ),
        migrations.AlterField(
            model_name='findingdecisionevent',
            name='verdict',
            field=models.CharField(choices=[('accept', 'Godkendt'), ('dispute', 'Bestridt'), ('mend', 'Rettes'), ('ignore', 'Ses bort fra'), ('reopen', 'Genåbnet')], max_length=10, verbose_name='afgørelse'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='owner_role',
            field=models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='ejer'),
        ),
        migrations.CreateModel(
            name='FindingAssignment',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('assigned_at', models.DateTimeField(verbose_name='lagt den')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt af')),
                ('assignee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt hos')),
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assignment', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'fordelt afvigelse',
                'verbose_name_plural': 'fordelte afvigelser',
            },
        ),
        migrations.CreateModel(
            name='FindingAssignmentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('assigned_at', models.DateTimeField(verbose_name='lagt den')),
                ('assigned_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt af')),
                ('assignee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt hos')),
                ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='controls.findingassignment')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FindingNote',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='notat')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'verbose_name': 'notat om afvigelse',
                'verbose_name_plural': 'notater om afvigelser',
            },
        ),
        migrations.CreateModel(
            name='FindingNoteEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('text', models.TextField(verbose_name='notat')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='controls.finding', verbose_name='afvigelse')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='controls.findingnote')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='findingassignment',
            index=models.Index(fields=['municipality', 'assignee'], name='assignment_by_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingassignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."assigned_at", new_values."assigned_by_id", new_values."assignee_id", new_values."finding_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='12e6df6ba2dc61aad6fffa69825556a20cde8c3f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_59be3', referencing='REFERENCING NEW TABLE AS new_values ', table='controls_findingassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingassignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."assigned_at", new_values."assigned_by_id", new_values."assignee_id", new_values."finding_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a79694645b62d1014bce5f5dba33fb224dd5fc70', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bb8de', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='controls_findingassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingassignmentevent" ("assigned_at", "assigned_by_id", "assignee_id", "finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT old_values."assigned_at", old_values."assigned_by_id", old_values."assignee_id", old_values."finding_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5b8a75be83c95c226a03c37d4b477b8dbb4c8cd9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c755a', referencing='REFERENCING OLD TABLE AS old_values ', table='controls_findingassignment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='findingnote',
            index=models.Index(fields=['finding', 'written_at'], name='note_by_finding'),
        ),
        migrations.AddConstraint(
            model_name='findingnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='finding_note_has_text'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingnote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingnoteevent" ("finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."finding_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b17b0b5da1f7cf10617f786238496a033da42db', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b96f4', referencing='REFERENCING NEW TABLE AS new_values ', table='controls_findingnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingnote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingnoteevent" ("finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."finding_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68691ba2d34cffdeb61a982df83dc9a312bd0cc4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_db1e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='controls_findingnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingnote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "controls_findingnoteevent" ("finding_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT old_values."finding_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."text", old_values."unit_id", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b20acd479fcf105cff674fea6f3a119130f33b6a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0f5a6', referencing='REFERENCING OLD TABLE AS old_values ', table='controls_findingnote', when='AFTER')),
        ),
    ]
