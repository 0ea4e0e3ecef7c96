"""New contract prices that wait for somebody whose limit reaches what they make of the grants."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.grants.core.codes
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

# Nobody takes back that somebody asked or answered.
ANSWERS_STAY = "REVOKE DELETE ON grants_pricerequest FROM styr_app"
LET_GO = "GRANT DELETE ON grants_pricerequest TO styr_app"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_kept_from_nothing'),
        ('contracts', '0009_terms_that_compute'),
        ('grants', '0011_terms_of_payment'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceRequest',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='pris')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='bevillinger')),
                ('dearest_ore', models.BigIntegerField(verbose_name='dyreste år i øre')),
                ('asked_at', models.DateTimeField(verbose_name='bedt om')),
                ('answer', models.CharField(choices=[('waiting', 'afventer godkendelse'), ('approved', 'godkendt'), ('refused', 'afvist'), ('withdrawn', 'trukket tilbage')], default=styr.grants.core.codes.PriceAnswer['WAITING'], max_length=10, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='besvaret')),
                ('reason', models.TextField(blank=True, default='', verbose_name='begrundelse')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bedt om af')),
                ('contract_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contractline', verbose_name='kontraktlinje')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'prisændring til godkendelse',
                'verbose_name_plural': 'prisændringer til godkendelse',
            },
        ),
        migrations.CreateModel(
            name='PriceRequestEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='pris')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='bevillinger')),
                ('dearest_ore', models.BigIntegerField(verbose_name='dyreste år i øre')),
                ('asked_at', models.DateTimeField(verbose_name='bedt om')),
                ('answer', models.CharField(choices=[('waiting', 'afventer godkendelse'), ('approved', 'godkendt'), ('refused', 'afvist'), ('withdrawn', 'trukket tilbage')], default=styr.grants.core.codes.PriceAnswer['WAITING'], max_length=10, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='besvaret')),
                ('reason', models.TextField(blank=True, default='', verbose_name='begrundelse')),
                ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bedt om af')),
                ('contract_line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contractline', verbose_name='kontraktlinje')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='grants.pricerequest')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'waiting')), fields=('contract_line',), name='price_request_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'approved', 'refused', 'withdrawn'])), name='price_request_answer_known'),
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='price_request_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='price_request_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['approved', 'refused']), _negated=True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='price_request_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='pricerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='price_request_refused_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricerequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_pricerequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "contract_line_id", "dearest_ore", "grant_ids", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from") SELECT new_values."amount", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."contract_line_id", new_values."dearest_ore", new_values."grant_ids", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."unit_id", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f97ea7d42bbb8d37974b0f37287c3e7a641d6fd9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a0535', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_pricerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricerequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_pricerequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "contract_line_id", "dearest_ore", "grant_ids", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from") SELECT new_values."amount", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."contract_line_id", new_values."dearest_ore", new_values."grant_ids", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."unit_id", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4edb0c18f9c13e2eb293e30d6911e7b263208c81', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9b9c7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_pricerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricerequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_pricerequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "contract_line_id", "dearest_ore", "grant_ids", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "valid_from") SELECT old_values."amount", old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."contract_line_id", old_values."dearest_ore", old_values."grant_ids", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."unit_id", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6c23d3fd5881de75fca9be5d4f8e3406d00620a3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6d935', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_pricerequest', when='AFTER')),
        ),
        EnableTenantPolicy("pricerequest", unit="unit_id", nullable_unit=True),
        HideCases("pricerequest", {"contract_line_id": "contract_line"}),
        migrations.RunSQL(ANSWERS_STAY, LET_GO),
    ]
