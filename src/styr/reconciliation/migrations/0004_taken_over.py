"""What was taken over from a case system and can be taken back."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('grants', '0010_account_rules'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('reconciliation', '0003_relations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenOver',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('finding_id', models.UUIDField(verbose_name='afvigelse')),
                ('what', models.CharField(max_length=40, verbose_name='hvad')),
                ('before', models.JSONField(verbose_name='før')),
                ('after', models.JSONField(verbose_name='efter')),
                ('taken_at', models.DateTimeField(verbose_name='overtaget')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='fortrudt')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overtaget af')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fortrudt af')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'overtaget fra fagsystem',
                'verbose_name_plural': 'overtaget fra fagsystemer',
            },
        ),
        migrations.CreateModel(
            name='TakenOverEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('finding_id', models.UUIDField(verbose_name='afvigelse')),
                ('what', models.CharField(max_length=40, verbose_name='hvad')),
                ('before', models.JSONField(verbose_name='før')),
                ('after', models.JSONField(verbose_name='efter')),
                ('taken_at', models.DateTimeField(verbose_name='overtaget')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='fortrudt')),
                ('grant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reconciliation.takenover')),
                ('taken_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overtaget af')),
                ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fortrudt af')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='takenover',
            index=models.Index(fields=['municipality', 'finding_id'], name='taken_over_by_finding'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='taken_over_undone_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takenover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_takenoverevent" ("after", "before", "finding_id", "grant_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "undone_at", "undone_by_id", "unit_id", "what") SELECT new_values."after", new_values."before", new_values."finding_id", new_values."grant_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."undone_at", new_values."undone_by_id", new_values."unit_id", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ef6eb4f1e12b83f10fe1a73f329caafbefa835b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9305a', referencing='REFERENCING NEW TABLE AS new_values ', table='reconciliation_takenover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takenover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_takenoverevent" ("after", "before", "finding_id", "grant_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "undone_at", "undone_by_id", "unit_id", "what") SELECT new_values."after", new_values."before", new_values."finding_id", new_values."grant_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."undone_at", new_values."undone_by_id", new_values."unit_id", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d76e0ca82ae25cb5fa1d5e99dd87b2e76eaa5cf0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9273b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reconciliation_takenover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takenover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_takenoverevent" ("after", "before", "finding_id", "grant_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "undone_at", "undone_by_id", "unit_id", "what") SELECT old_values."after", old_values."before", old_values."finding_id", old_values."grant_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."taken_at", old_values."taken_by_id", old_values."undone_at", old_values."undone_by_id", old_values."unit_id", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='00983a5f53530aee91908d970ab75f6e3181adbf', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_662ab', referencing='REFERENCING OLD TABLE AS old_values ', table='reconciliation_takenover', when='AFTER')),
        ),
    ]
