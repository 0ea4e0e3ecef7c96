"""Keep every version of a choice of columns, and what it was tried on."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0015_quicker_scope'),
        ('integrations', '0004_upload_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMappingVersion',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField(verbose_name='version')),
                ('headings', models.JSONField(verbose_name='overskrifter')),
                ('fields', models.JSONField(verbose_name='felter')),
                ('constants', models.JSONField(default=dict, verbose_name='faste værdier')),
                ('words', models.JSONField(default=dict, verbose_name='ord')),
                ('file', models.CharField(blank=True, max_length=255, verbose_name='prøvet på')),
                ('rows', models.IntegerField(default=0, verbose_name='læste rækker')),
                ('errors', models.IntegerField(default=0, verbose_name='fejl')),
                ('saved_at', models.DateTimeField(verbose_name='gemt')),
            ],
            options={
                'verbose_name': 'version af kolonnevalg',
                'verbose_name_plural': 'versioner af kolonnevalg',
            },
        ),
        migrations.CreateModel(
            name='ColumnMappingVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('number', models.IntegerField(verbose_name='version')),
                ('headings', models.JSONField(verbose_name='overskrifter')),
                ('fields', models.JSONField(verbose_name='felter')),
                ('constants', models.JSONField(default=dict, verbose_name='faste værdier')),
                ('words', models.JSONField(default=dict, verbose_name='ord')),
                ('file', models.CharField(blank=True, max_length=255, verbose_name='prøvet på')),
                ('rows', models.IntegerField(default=0, verbose_name='læste rækker')),
                ('errors', models.IntegerField(default=0, verbose_name='fejl')),
                ('saved_at', models.DateTimeField(verbose_name='gemt')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='columnmapping',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='columnmapping',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='columnmapping',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='constants',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='faste værdier'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='retired_at',
            field=models.DateTimeField(null=True, verbose_name='ikke i brug siden'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='kilde'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='version',
            field=models.IntegerField(db_default=1, default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='words',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='ord'),
        ),
        migrations.AddField(
            model_name='columnmappingevent',
            name='constants',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='faste værdier'),
        ),
        migrations.AddField(
            model_name='columnmappingevent',
            name='retired_at',
            field=models.DateTimeField(null=True, verbose_name='ikke i brug siden'),
        ),
        migrations.AddField(
            model_name='columnmappingevent',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='kilde'),
        ),
        migrations.AddField(
            model_name='columnmappingevent',
            name='version',
            field=models.IntegerField(db_default=1, default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='columnmappingevent',
            name='words',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='ord'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmapping',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingevent" ("constants", "fields", "headings", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "retired_at", "saved_at", "saved_by_id", "source", "version", "words") SELECT new_values."constants", new_values."fields", new_values."headings", new_values."id", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."register", new_values."retired_at", new_values."saved_at", new_values."saved_by_id", new_values."source", new_values."version", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e83faef14771d31184f1b58133a54a89eadd3aeb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_45cd8', referencing='REFERENCING NEW TABLE AS new_values ', table='integrations_columnmapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmapping',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingevent" ("constants", "fields", "headings", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "retired_at", "saved_at", "saved_by_id", "source", "version", "words") SELECT new_values."constants", new_values."fields", new_values."headings", new_values."id", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."register", new_values."retired_at", new_values."saved_at", new_values."saved_by_id", new_values."source", new_values."version", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='30d6df21f54e04c14b8f7b8c67c6081a3e0ed4ab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ca29d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='integrations_columnmapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmapping',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingevent" ("constants", "fields", "headings", "id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "retired_at", "saved_at", "saved_by_id", "source", "version", "words") SELECT old_values."constants", old_values."fields", old_values."headings", old_values."id", old_values."municipality_id", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."register", old_values."retired_at", old_values."saved_at", old_values."saved_by_id", old_values."source", old_values."version", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dc26c2b49adf600125e61d3eb3753d21d292020c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f6cef', referencing='REFERENCING OLD TABLE AS old_values ', table='integrations_columnmapping', when='AFTER')),
        ),
        migrations.AddField(
            model_name='columnmappingversion',
            name='mapping',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='integrations.columnmapping', verbose_name='kolonnevalg'),
        ),
        migrations.AddField(
            model_name='columnmappingversion',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='columnmappingversion',
            name='saved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemt af'),
        ),
        migrations.AddField(
            model_name='columnmappingversionevent',
            name='mapping',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='integrations.columnmapping', verbose_name='kolonnevalg'),
        ),
        migrations.AddField(
            model_name='columnmappingversionevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='columnmappingversionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='columnmappingversionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='integrations.columnmappingversion'),
        ),
        migrations.AddField(
            model_name='columnmappingversionevent',
            name='saved_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemt af'),
        ),
        migrations.AddConstraint(
            model_name='columnmappingversion',
            constraint=models.UniqueConstraint(fields=('mapping', 'number'), name='column_mapping_version_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmappingversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingversionevent" ("constants", "errors", "fields", "file", "headings", "id", "mapping_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "saved_at", "saved_by_id", "words") SELECT new_values."constants", new_values."errors", new_values."fields", new_values."file", new_values."headings", new_values."id", new_values."mapping_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rows", new_values."saved_at", new_values."saved_by_id", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ef6a35155eaee0bc4a08687f21d9198f0dcb7e02', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_679b8', referencing='REFERENCING NEW TABLE AS new_values ', table='integrations_columnmappingversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmappingversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingversionevent" ("constants", "errors", "fields", "file", "headings", "id", "mapping_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "saved_at", "saved_by_id", "words") SELECT new_values."constants", new_values."errors", new_values."fields", new_values."file", new_values."headings", new_values."id", new_values."mapping_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rows", new_values."saved_at", new_values."saved_by_id", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f55bba90054bacf02291f6247d9778c738ace845', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2eb5d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='integrations_columnmappingversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmappingversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "integrations_columnmappingversionevent" ("constants", "errors", "fields", "file", "headings", "id", "mapping_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "saved_at", "saved_by_id", "words") SELECT old_values."constants", old_values."errors", old_values."fields", old_values."file", old_values."headings", old_values."id", old_values."mapping_id", old_values."municipality_id", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rows", old_values."saved_at", old_values."saved_by_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='689a8aab2f8fe88280ac0e30ec32a251c4de7654', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_37963', referencing='REFERENCING OLD TABLE AS old_values ', table='integrations_columnmappingversion', when='AFTER')),
        ),
    ]
