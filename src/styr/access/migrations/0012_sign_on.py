"""Login through the municipality: identities, job-function roles, and roles that a login gave: see 0012_sign_on.sql."""

import re
from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
_BEFORE = re.search(
    r"CREATE OR REPLACE FUNCTION styr_administers\(.*?\$\$;",
    HERE.with_name("0006_roles_in_scope.sql").read_text(encoding="utf-8"),
    re.DOTALL,
)
if _BEFORE is None:
    raise LookupError("styr_administers")
UNDO = f"DROP FUNCTION styr_login_municipality(text, bytea); {_BEFORE[0]}"
ONE_S_OWN = "((SELECT styr_administers()) OR user_id = (SELECT styr_user()))"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_second_factor'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobRole',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('pattern', models.CharField(max_length=300, verbose_name='jobfunktionsrolle')),
                ('role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('constraint', models.CharField(blank=True, max_length=300, verbose_name='dataafgrænsning for enhed')),
            ],
            options={
                'verbose_name': 'jobfunktionsrolle',
                'verbose_name_plural': 'jobfunktionsroller',
            },
        ),
        migrations.CreateModel(
            name='JobRoleEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('pattern', models.CharField(max_length=300, verbose_name='jobfunktionsrolle')),
                ('role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('constraint', models.CharField(blank=True, max_length=300, verbose_name='dataafgrænsning for enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LoginIdentity',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=300, verbose_name='udsteder')),
                ('subject', models.CharField(max_length=300, verbose_name='subjekt')),
            ],
            options={
                'verbose_name': 'fælles login',
                'verbose_name_plural': 'fælles logins',
            },
        ),
        migrations.CreateModel(
            name='LoginIdentityEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('issuer', models.CharField(max_length=300, verbose_name='udsteder')),
                ('subject', models.CharField(max_length=300, verbose_name='subjekt')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='membership',
            name='from_login',
            field=models.BooleanField(default=False, verbose_name='givet ved fælles login'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='from_login',
            field=models.BooleanField(default=False, verbose_name='givet ved fælles login'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_membershipevent" ("ends", "from_login", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT new_values."ends", new_values."from_login", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."role", new_values."starts", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1458b3c1d04356f7471f7464ad0fcbaccbf4e599', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d2ee0', referencing='REFERENCING NEW TABLE AS new_values ', table='access_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_membershipevent" ("ends", "from_login", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT new_values."ends", new_values."from_login", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."role", new_values."starts", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8e7f7ff15611e3853a680f985bcd7d62422b59c9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_93cc9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_membershipevent" ("ends", "from_login", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."ends", old_values."from_login", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='23b5020bf0a8266a343a8ddc4d498f33b0fe400c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eba40', referencing='REFERENCING OLD TABLE AS old_values ', table='access_membership', when='AFTER')),
        ),
        migrations.AddField(
            model_name='jobrole',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='jobroleevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='jobroleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='jobroleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.jobrole'),
        ),
        migrations.AddField(
            model_name='loginidentity',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='loginidentity',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger'),
        ),
        migrations.AddField(
            model_name='loginidentityevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='loginidentityevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='loginidentityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.loginidentity'),
        ),
        migrations.AddField(
            model_name='loginidentityevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger'),
        ),
        migrations.AddConstraint(
            model_name='jobrole',
            constraint=models.UniqueConstraint(fields=('municipality', 'pattern', 'role'), name='job_role_is_mapped_once'),
        ),
        migrations.AddConstraint(
            model_name='jobrole',
            constraint=models.CheckConstraint(condition=models.Q(('pattern', ''), _negated=True), name='job_role_has_pattern'),
        ),
        migrations.AddConstraint(
            model_name='jobrole',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'administrator'), _negated=True), ('constraint', ''), _connector='OR'), name='job_role_administers_everything'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_jobroleevent" ("constraint", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT new_values."constraint", new_values."id", new_values."municipality_id", new_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34f7c1aff100f56039707802af77cbd80e31b3ba', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0a05f', referencing='REFERENCING NEW TABLE AS new_values ', table='access_jobrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_jobroleevent" ("constraint", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT new_values."constraint", new_values."id", new_values."municipality_id", new_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='910b4a6f299dcdc4b67ba05cec6097565b2ba374', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_033a4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_jobrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_jobroleevent" ("constraint", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT old_values."constraint", old_values."id", old_values."municipality_id", old_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='edc5141a9679edd474d163102b9b27d633c0a56f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_916bf', referencing='REFERENCING OLD TABLE AS old_values ', table='access_jobrole', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='loginidentity',
            constraint=models.UniqueConstraint(fields=('municipality', 'issuer', 'subject'), name='login_identity_is_one_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginidentity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_loginidentityevent" ("id", "issuer", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT new_values."id", new_values."issuer", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."subject", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a883680e328c4c6ee4abf72626b309a8f35e2a6a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_edd58', referencing='REFERENCING NEW TABLE AS new_values ', table='access_loginidentity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginidentity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_loginidentityevent" ("id", "issuer", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT new_values."id", new_values."issuer", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."subject", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c0b51729b3f672352cca48d4f4dd355661b64c3e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_16449', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_loginidentity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginidentity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_loginidentityevent" ("id", "issuer", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT old_values."id", old_values."issuer", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."subject", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6cba1c80bcec9142eb5b65bcfff25556b684ae01', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fede7', referencing='REFERENCING OLD TABLE AS old_values ', table='access_loginidentity', when='AFTER')),
        ),
        EnableTenantPolicy("jobrole", writers="(SELECT styr_administers())"),
        EnableTenantPolicy("loginidentity", writers="(SELECT styr_administers())", readers=ONE_S_OWN),
        migrations.RunSQL(SQL, UNDO),
    ]
