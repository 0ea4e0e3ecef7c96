"""Grants as the case systems have them, and the extracts they came by."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0014_programs'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseExtract',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('system', models.CharField(choices=[('sensum', 'Sensum'), ('dubu', 'DUBU'), ('nexus', 'Nexus'), ('calibra', 'Calibra'), ('opus', 'Opus'), ('pecunia', 'Pecunia')], max_length=20, verbose_name='fagsystem')),
                ('extracted_on', models.DateField(verbose_name='udtrukket')),
                ('rows', models.IntegerField(verbose_name='rækker')),
                ('gone', models.IntegerField(verbose_name='ikke længere med')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'udtræk fra fagsystem',
                'verbose_name_plural': 'udtræk fra fagsystemer',
            },
        ),
        migrations.CreateModel(
            name='CaseExtractEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('system', models.CharField(choices=[('sensum', 'Sensum'), ('dubu', 'DUBU'), ('nexus', 'Nexus'), ('calibra', 'Calibra'), ('opus', 'Opus'), ('pecunia', 'Pecunia')], max_length=20, verbose_name='fagsystem')),
                ('extracted_on', models.DateField(verbose_name='udtrukket')),
                ('rows', models.IntegerField(verbose_name='rækker')),
                ('gone', models.IntegerField(verbose_name='ikke længere med')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reconciliation.caseextract')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseGrant',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('system', models.CharField(choices=[('sensum', 'Sensum'), ('dubu', 'DUBU'), ('nexus', 'Nexus'), ('calibra', 'Calibra'), ('opus', 'Opus'), ('pecunia', 'Pecunia')], max_length=20, verbose_name='fagsystem')),
                ('source_id', models.CharField(max_length=60, verbose_name='fagsystemets nummer')),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('cpr_index', models.CharField(max_length=64, verbose_name='CPR-nøgle')),
                ('section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=60, verbose_name='ydelse')),
                ('measure', models.CharField(blank=True, default='', max_length=20, verbose_name='enhed for prisen')),
                ('per', models.CharField(blank=True, default='', max_length=20, verbose_name='pr.')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='antal')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('starts', models.DateField(verbose_name='start')),
                ('ends', models.DateField(null=True, verbose_name='slut (eksklusiv)')),
                ('cvr', models.CharField(blank=True, default='', max_length=8, verbose_name='leverandørens CVR')),
                ('account_string', models.CharField(blank=True, default='', max_length=16, verbose_name='kontostreng')),
                ('case_number', models.CharField(blank=True, default='', max_length=60, verbose_name='sagsnummer')),
                ('caseworker', models.CharField(blank=True, default='', max_length=100, verbose_name='sagsbehandler')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('supplier_id', models.UUIDField(null=True, verbose_name='leverandør')),
                ('gone_on', models.DateField(null=True, verbose_name='ikke længere med fra')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'fagsystemets bevilling',
                'verbose_name_plural': 'fagsystemets bevillinger',
            },
        ),
        migrations.CreateModel(
            name='CaseGrantEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('system', models.CharField(choices=[('sensum', 'Sensum'), ('dubu', 'DUBU'), ('nexus', 'Nexus'), ('calibra', 'Calibra'), ('opus', 'Opus'), ('pecunia', 'Pecunia')], max_length=20, verbose_name='fagsystem')),
                ('source_id', models.CharField(max_length=60, verbose_name='fagsystemets nummer')),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('cpr_index', models.CharField(max_length=64, verbose_name='CPR-nøgle')),
                ('section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=60, verbose_name='ydelse')),
                ('measure', models.CharField(blank=True, default='', max_length=20, verbose_name='enhed for prisen')),
                ('per', models.CharField(blank=True, default='', max_length=20, verbose_name='pr.')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='antal')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('starts', models.DateField(verbose_name='start')),
                ('ends', models.DateField(null=True, verbose_name='slut (eksklusiv)')),
                ('cvr', models.CharField(blank=True, default='', max_length=8, verbose_name='leverandørens CVR')),
                ('account_string', models.CharField(blank=True, default='', max_length=16, verbose_name='kontostreng')),
                ('case_number', models.CharField(blank=True, default='', max_length=60, verbose_name='sagsnummer')),
                ('caseworker', models.CharField(blank=True, default='', max_length=100, verbose_name='sagsbehandler')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('supplier_id', models.UUIDField(null=True, verbose_name='leverandør')),
                ('gone_on', models.DateField(null=True, verbose_name='ikke længere med fra')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reconciliation.casegrant')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='caseextract',
            index=models.Index(fields=['municipality', 'system', '-extracted_on'], name='case_extract_last'),
        ),
        migrations.AddConstraint(
            model_name='caseextract',
            constraint=models.CheckConstraint(condition=models.Q(('system__in', ['sensum', 'dubu', 'nexus', 'calibra'])), name='case_extract_system'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseextract',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_caseextractevent" ("extracted_on", "gone", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "system") SELECT new_values."extracted_on", new_values."gone", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rows", new_values."system" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2236f11d323e393344435789b715a450eb8beb0c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9945a', referencing='REFERENCING NEW TABLE AS new_values ', table='reconciliation_caseextract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseextract',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_caseextractevent" ("extracted_on", "gone", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "system") SELECT new_values."extracted_on", new_values."gone", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rows", new_values."system" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ce46bc5d3ea4c842210564b06a056f8477f490f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_334a1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reconciliation_caseextract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseextract',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_caseextractevent" ("extracted_on", "gone", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "system") SELECT old_values."extracted_on", old_values."gone", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rows", old_values."system" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6864f4a0504f2e5d58c7674a79b71696da80262c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d5394', referencing='REFERENCING OLD TABLE AS old_values ', table='reconciliation_caseextract', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='casegrant',
            index=models.Index(fields=['municipality', 'citizen_id'], name='case_grant_by_citizen'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.UniqueConstraint(fields=('municipality', 'system', 'source_id', 'line_no'), name='case_grant_once'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('system__in', ['sensum', 'dubu', 'nexus', 'calibra'])), name='case_grant_system_known'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('section__regex', '^[A-ZÆØÅ]+-[0-9]+[a-z]?$|^STU$')), name='case_grant_section_code'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gt', models.F('starts')), _connector='OR'), name='case_grant_period_positive'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('measure', ''), ('measure__in', ['day', 'opening_day', 'hour', 'week', 'month', 'once', 'trip', 'km']), _connector='OR'), name='case_grant_measure'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('per', ''), ('per__in', ['day', 'week', 'month', 'total']), _connector='OR'), name='case_grant_per'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quantity__isnull', True), ('quantity__gte', 0), _connector='OR'), models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR')), name='case_grant_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('account_string', ''), ('account_string__regex', '^[0-9]{16}$'), _connector='OR'), name='case_grant_account'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('cvr', ''), ('cvr__regex', '^[0-9]{8}$'), _connector='OR'), name='case_grant_cvr'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_casegrantevent" ("account_string", "amount", "case_number", "caseworker", "citizen_id", "cpr_index", "cvr", "ends", "gone_on", "id", "line_no", "measure", "municipality_id", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "section", "service", "source_id", "starts", "supplier_id", "system", "unit_id") SELECT new_values."account_string", new_values."amount", new_values."case_number", new_values."caseworker", new_values."citizen_id", new_values."cpr_index", new_values."cvr", new_values."ends", new_values."gone_on", new_values."id", new_values."line_no", new_values."measure", new_values."municipality_id", new_values."per", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."quantity", new_values."section", new_values."service", new_values."source_id", new_values."starts", new_values."supplier_id", new_values."system", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b82561a1726f5318cde6596cf54ac5b74a28dc0d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0f8ea', referencing='REFERENCING NEW TABLE AS new_values ', table='reconciliation_casegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_casegrantevent" ("account_string", "amount", "case_number", "caseworker", "citizen_id", "cpr_index", "cvr", "ends", "gone_on", "id", "line_no", "measure", "municipality_id", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "section", "service", "source_id", "starts", "supplier_id", "system", "unit_id") SELECT new_values."account_string", new_values."amount", new_values."case_number", new_values."caseworker", new_values."citizen_id", new_values."cpr_index", new_values."cvr", new_values."ends", new_values."gone_on", new_values."id", new_values."line_no", new_values."measure", new_values."municipality_id", new_values."per", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."quantity", new_values."section", new_values."service", new_values."source_id", new_values."starts", new_values."supplier_id", new_values."system", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='26b8f3103b39f28da5ae8b9e9a449091ff58b93e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6cb40', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reconciliation_casegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reconciliation_casegrantevent" ("account_string", "amount", "case_number", "caseworker", "citizen_id", "cpr_index", "cvr", "ends", "gone_on", "id", "line_no", "measure", "municipality_id", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "section", "service", "source_id", "starts", "supplier_id", "system", "unit_id") SELECT old_values."account_string", old_values."amount", old_values."case_number", old_values."caseworker", old_values."citizen_id", old_values."cpr_index", old_values."cvr", old_values."ends", old_values."gone_on", old_values."id", old_values."line_no", old_values."measure", old_values."municipality_id", old_values."per", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."quantity", old_values."section", old_values."service", old_values."source_id", old_values."starts", old_values."supplier_id", old_values."system", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7896655f574080419b12f14b21dc2603683a3f88', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58eba', referencing='REFERENCING OLD TABLE AS old_values ', table='reconciliation_casegrant', when='AFTER')),
        ),
    ]
