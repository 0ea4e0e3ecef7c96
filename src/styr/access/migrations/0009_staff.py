"""Links to choose a password, and sessions that can be listed and ended: see 0009_staff.sql."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models
from pathlib import Path

from styr.access.rls import EnableTenantPolicy

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP FUNCTION styr_end_sessions(uuid, uuid), styr_sessions(uuid);
DROP POLICY styr_use_own ON access_passwordlink;
"""
ONE_S_OWN = "((SELECT styr_administers()) OR user_id = (SELECT styr_user()))"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_hidden_cases'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='PasswordLink',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('expires_at', models.DateTimeField(verbose_name='udløber')),
                ('used_at', models.DateTimeField(null=True, verbose_name='brugt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'adgangskodelink',
                'verbose_name_plural': 'adgangskodelinks',
            },
        ),
        migrations.CreateModel(
            name='PasswordLinkEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('expires_at', models.DateTimeField(verbose_name='udløber')),
                ('used_at', models.DateTimeField(null=True, verbose_name='brugt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.passwordlink')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='passwordlink',
            index=models.Index(fields=['user', '-made_at'], name='password_link_of_user'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='04eef523988bd551b099135c3d6f414f25ff0c1f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1eb98', referencing='REFERENCING NEW TABLE AS new_values ', table='access_passwordlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e55ec7bffb40274b00b0e07c09c99e38ec19dc3a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dc4fa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_passwordlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT old_values."expires_at", old_values."id", old_values."made_at", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."used_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f6cd8fd83ea0f32d78ffdca26ee0ae2911b8aa03', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f161d', referencing='REFERENCING OLD TABLE AS old_values ', table='access_passwordlink', when='AFTER')),
        ),
        EnableTenantPolicy('passwordlink', writers='(SELECT styr_administers())', readers=ONE_S_OWN),
        migrations.RunSQL(SQL, UNDO),
    ]
