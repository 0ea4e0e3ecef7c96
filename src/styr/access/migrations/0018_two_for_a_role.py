"""Two administrators for a role: see 0018_two_for_a_role.sql."""

import re
from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.access.core.role_answers
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
_POLICIES = [found for found in re.findall(r"CREATE POLICY (\w+) ON (\w+)", SQL) if found[1] != "access_rolerequest"]
UNDO = "".join(f"DROP POLICY {name} ON {table};" for name, table in _POLICIES) + """
DROP POLICY styr_asked_by_oneself ON access_rolerequest;
DROP POLICY styr_answered_by_oneself ON access_rolerequest;
DROP TRIGGER styr_roles_are_only_ended ON access_membership;
DROP FUNCTION styr_roles_are_only_ended();
DROP FUNCTION styr_others_administer(uuid);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0017_contract_limits'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleRequest',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('starts', models.DateField(null=True, verbose_name='fra')),
                ('ends', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('pattern', models.CharField(blank=True, default='', max_length=300, verbose_name='jobfunktionsrolle')),
                ('constraint', models.CharField(blank=True, default='', max_length=300, verbose_name='dataafgrænsning for enhed')),
                ('asked_at', models.DateTimeField(verbose_name='givet')),
                ('answer', models.CharField(choices=[('waiting', 'afventer bekræftelse'), ('confirmed', 'bekræftet'), ('declined', 'afvist'), ('alone', 'givet af den eneste administrator')], default=styr.access.core.role_answers.RoleAnswer['WAITING'], max_length=10, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='besvaret')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='givet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'rolle til bekræftelse',
                'verbose_name_plural': 'roller til bekræftelse',
            },
        ),
        migrations.CreateModel(
            name='RoleRequestEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('role', models.CharField(choices=[('negotiator', 'Kontraktforhandler'), ('caseworker', 'Sagsbehandler'), ('economist', 'Økonom'), ('lawyer', 'Jurist'), ('transport_coordinator', 'Befordringskoordinator'), ('manager', 'Leder'), ('auditor', 'Revisor'), ('administrator', 'Administrator')], max_length=40, verbose_name='rolle')),
                ('starts', models.DateField(null=True, verbose_name='fra')),
                ('ends', models.DateField(null=True, verbose_name='til (eksklusiv)')),
                ('pattern', models.CharField(blank=True, default='', max_length=300, verbose_name='jobfunktionsrolle')),
                ('constraint', models.CharField(blank=True, default='', max_length=300, verbose_name='dataafgrænsning for enhed')),
                ('asked_at', models.DateTimeField(verbose_name='givet')),
                ('answer', models.CharField(choices=[('waiting', 'afventer bekræftelse'), ('confirmed', 'bekræftet'), ('declined', 'afvist'), ('alone', 'givet af den eneste administrator')], default=styr.access.core.role_answers.RoleAnswer['WAITING'], max_length=10, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='besvaret')),
                ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='givet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='access.rolerequest')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'waiting'), ('user__isnull', False)), fields=('user', 'unit', 'role'), name='role_request_waits_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'waiting'), ('user__isnull', True)), fields=('municipality', 'pattern', 'role'), name='role_request_mapping_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('constraint', ''), ('pattern', ''), ('starts__isnull', False), ('user__isnull', False)), models.Q(('ends__isnull', True), ('starts__isnull', True), ('unit__isnull', True), ('user__isnull', True), models.Q(('pattern', ''), _negated=True)), _connector='OR'), name='role_request_is_of_one_kind'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'confirmed', 'declined', 'alone'])), name='role_request_answer_known'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['waiting', 'alone']), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answer__in', ['confirmed', 'declined']), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='role_request_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'confirmed'), _negated=True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='role_request_two_persons'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolerequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_rolerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "constraint", "ends", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."constraint", new_values."ends", new_values."id", new_values."municipality_id", new_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."role", new_values."starts", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='55c2087bd9dfd775dde16c4e0bf8295acda24911', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_314e9', referencing='REFERENCING NEW TABLE AS new_values ', table='access_rolerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolerequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_rolerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "constraint", "ends", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."constraint", new_values."ends", new_values."id", new_values."municipality_id", new_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."role", new_values."starts", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='60e0c1c6bfefa5094c8ef5e1eb8e0828a6b3e2f4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c83b7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_rolerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolerequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_rolerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "constraint", "ends", "id", "municipality_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."constraint", old_values."ends", old_values."id", old_values."municipality_id", old_values."pattern", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='01bd1e569d93a00bd81787cf93b74d5ef5b8d87e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b86e2', referencing='REFERENCING OLD TABLE AS old_values ', table='access_rolerequest', when='AFTER')),
        ),
        EnableTenantPolicy("rolerequest", writers="(SELECT styr_administers())"),
        migrations.RunSQL(SQL, UNDO),
    ]
