"""Terms that compute: death, moving, vacancy, indexation and invoicing by period; supplements, duties, call-offs."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.contracts.core.codes
import styr.contracts.term_models
import styr.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0017_contract_limits'),
        ('contracts', '0007_own_terms'),
        ('people', '0007_in_order'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0005_confirmed_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedTerms',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gælder til (eksklusiv)')),
                ('days_after_death', models.IntegerField(blank=True, null=True, verbose_name='dage betalt efter dødsfald')),
                ('days_after_move', models.IntegerField(blank=True, null=True, verbose_name='dage betalt efter fraflytning')),
                ('vacancy_billable', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='betalt andel før indflytning')),
                ('notice_from', models.CharField(choices=[('day', 'fra den dag, der opsiges'), ('month_end', 'fra udgangen af den løbende måned')], default=styr.contracts.core.codes.NoticeFrom['DAY'], max_length=20, verbose_name='varslet regnes')),
                ('index_kind', models.CharField(blank=True, choices=[('fixed', 'fast pris'), ('pl', "KL's PL-fremskrivning"), ('percent', 'fast procent om året')], default='', max_length=20, verbose_name='indeksering')),
                ('index_percent', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='procent om året')),
                ('invoice_days', models.IntegerField(blank=True, null=True, verbose_name='faktureres inden for dage')),
            ],
            options={
                'verbose_name': 'aftalte vilkår',
                'verbose_name_plural': 'aftalte vilkår',
            },
        ),
        migrations.CreateModel(
            name='AgreedTermsEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gælder til (eksklusiv)')),
                ('days_after_death', models.IntegerField(blank=True, null=True, verbose_name='dage betalt efter dødsfald')),
                ('days_after_move', models.IntegerField(blank=True, null=True, verbose_name='dage betalt efter fraflytning')),
                ('vacancy_billable', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='betalt andel før indflytning')),
                ('notice_from', models.CharField(choices=[('day', 'fra den dag, der opsiges'), ('month_end', 'fra udgangen af den løbende måned')], default=styr.contracts.core.codes.NoticeFrom['DAY'], max_length=20, verbose_name='varslet regnes')),
                ('index_kind', models.CharField(blank=True, choices=[('fixed', 'fast pris'), ('pl', "KL's PL-fremskrivning"), ('percent', 'fast procent om året')], default='', max_length=20, verbose_name='indeksering')),
                ('index_percent', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='procent om året')),
                ('invoice_days', models.IntegerField(blank=True, null=True, verbose_name='faktureres inden for dage')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('follow_up', 'opfølgning med leverandøren'), ('status_report', 'statusrapport fra tilbuddet'), ('insurance', 'bevis for forsikring'), ('supervision', 'tilsynsrapport fra socialtilsynet'), ('other', 'andet')], max_length=20, verbose_name='slags')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='hvad')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('every_months', models.IntegerField(blank=True, null=True, verbose_name='gentages hver måned nr.')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='udført')),
            ],
            options={
                'verbose_name': 'frist efter aftalen',
                'verbose_name_plural': 'frister efter aftalen',
            },
        ),
        migrations.CreateModel(
            name='DutyEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('follow_up', 'opfølgning med leverandøren'), ('status_report', 'statusrapport fra tilbuddet'), ('insurance', 'bevis for forsikring'), ('supervision', 'tilsynsrapport fra socialtilsynet'), ('other', 'andet')], max_length=20, verbose_name='slags')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='hvad')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('every_months', models.IntegerField(blank=True, null=True, verbose_name='gentages hver måned nr.')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='udført')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Supplement',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('supplement_no', models.IntegerField(verbose_name='tillæg nr.')),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('title', models.CharField(max_length=200, verbose_name='hvad det ændrer')),
                ('signed_on', models.DateField(verbose_name='underskrevet')),
            ],
            options={
                'verbose_name': 'tillæg',
                'verbose_name_plural': 'tillæg',
            },
        ),
        migrations.CreateModel(
            name='SupplementEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('supplement_no', models.IntegerField(verbose_name='tillæg nr.')),
                ('valid_from', models.DateField(verbose_name='gælder fra')),
                ('title', models.CharField(max_length=200, verbose_name='hvad det ændrer')),
                ('signed_on', models.DateField(verbose_name='underskrevet')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='contract',
            name='framework',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='call_offs', to='contracts.contract', verbose_name='rammeaftale'),
        ),
        migrations.AddField(
            model_name='contract',
            name='moved_in_on',
            field=models.DateField(blank=True, null=True, verbose_name='flyttede faktisk ind'),
        ),
        migrations.AddField(
            model_name='contract',
            name='notice_given_on',
            field=models.DateField(blank=True, null=True, verbose_name='opsagt den'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='framework',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='rammeaftale'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='moved_in_on',
            field=models.DateField(blank=True, null=True, verbose_name='flyttede faktisk ind'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='notice_given_on',
            field=models.DateField(blank=True, null=True, verbose_name='opsagt den'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("absence_billable", "absence_free_days", "calendar_id", "citizen_id", "ends", "framework_id", "id", "kind", "moved_in_on", "municipality_id", "notice_days", "notice_given_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_unit_id", "section", "signed_on", "starts", "status", "supplier_id", "unit_id") SELECT new_values."absence_billable", new_values."absence_free_days", new_values."calendar_id", new_values."citizen_id", new_values."ends", new_values."framework_id", new_values."id", new_values."kind", new_values."moved_in_on", new_values."municipality_id", new_values."notice_days", new_values."notice_given_on", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."provider_unit_id", new_values."section", new_values."signed_on", new_values."starts", new_values."status", new_values."supplier_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6fea5a94974e04ccdbb0496c138d68ccbfbe795b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5fe2a', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("absence_billable", "absence_free_days", "calendar_id", "citizen_id", "ends", "framework_id", "id", "kind", "moved_in_on", "municipality_id", "notice_days", "notice_given_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_unit_id", "section", "signed_on", "starts", "status", "supplier_id", "unit_id") SELECT new_values."absence_billable", new_values."absence_free_days", new_values."calendar_id", new_values."citizen_id", new_values."ends", new_values."framework_id", new_values."id", new_values."kind", new_values."moved_in_on", new_values."municipality_id", new_values."notice_days", new_values."notice_given_on", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."provider_unit_id", new_values."section", new_values."signed_on", new_values."starts", new_values."status", new_values."supplier_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba9b50a9c877b3509f6fa16957bcc321927dfef4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3acc9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("absence_billable", "absence_free_days", "calendar_id", "citizen_id", "ends", "framework_id", "id", "kind", "moved_in_on", "municipality_id", "notice_days", "notice_given_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_unit_id", "section", "signed_on", "starts", "status", "supplier_id", "unit_id") SELECT old_values."absence_billable", old_values."absence_free_days", old_values."calendar_id", old_values."citizen_id", old_values."ends", old_values."framework_id", old_values."id", old_values."kind", old_values."moved_in_on", old_values."municipality_id", old_values."notice_days", old_values."notice_given_on", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."provider_unit_id", old_values."section", old_values."signed_on", old_values."starts", old_values."status", old_values."supplier_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='380592e9ee3debf3add8968dc68801607af886d0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6ed57', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_contract', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('framework__isnull', True), ('kind', 'individual'), _connector='OR'), name='contract_call_off_is_individual'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('moved_in_on__isnull', True), ('kind', 'individual'), _connector='OR'), name='contract_moved_in_is_somebody'),
        ),
        migrations.AddField(
            model_name='agreedterms',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed_terms', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='agreedterms',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='agreedterms',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.agreedterms'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='duty',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='duty',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='duty',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.duty'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='supplement',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplements', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='supplement',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='supplement',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='agreedtermsevent',
            name='supplement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.supplement', verbose_name='tillæg'),
        ),
        migrations.AddField(
            model_name='agreedterms',
            name='supplement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='contracts.supplement', verbose_name='tillæg'),
        ),
        migrations.AddField(
            model_name='supplementevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='supplementevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='supplementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='supplementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.supplement'),
        ),
        migrations.AddField(
            model_name='supplementevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due_on'], name='duty_open_by_date'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['follow_up', 'status_report', 'insurance', 'supervision', 'other'])), name='duty_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('every_months__isnull', True), ('every_months__range', (1, 120)), _connector='OR'), name='duty_every_sensible'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'other'), ('note', ''), _negated=True), name='duty_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutyevent" ("contract_id", "done_on", "due_on", "every_months", "id", "kind", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."contract_id", new_values."done_on", new_values."due_on", new_values."every_months", new_values."id", new_values."kind", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7356b23cb9ef110ed0b1baf1517120d84fa569d5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_73a27', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutyevent" ("contract_id", "done_on", "due_on", "every_months", "id", "kind", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."contract_id", new_values."done_on", new_values."due_on", new_values."every_months", new_values."id", new_values."kind", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ea6546809f171e69cae512f7e2d0eabba83ba905', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7278d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutyevent" ("contract_id", "done_on", "due_on", "every_months", "id", "kind", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT old_values."contract_id", old_values."done_on", old_values."due_on", old_values."every_months", old_values."id", old_values."kind", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='23b205c371e2e26e40f299348638fe71ba75561f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c0048', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_duty', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='supplement',
            constraint=models.UniqueConstraint(fields=('contract', 'supplement_no'), name='supplement_no_unique'),
        ),
        migrations.AddConstraint(
            model_name='supplement',
            constraint=models.CheckConstraint(condition=models.Q(('supplement_no__gte', 1)), name='supplement_no_positive'),
        ),
        migrations.AddConstraint(
            model_name='supplement',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='supplement_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_supplementevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "supplement_no", "title", "unit_id", "valid_from") SELECT new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."signed_on", new_values."supplement_no", new_values."title", new_values."unit_id", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99e0fa7220708ec74a33be375221b50f34923a96', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d7cee', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_supplement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_supplementevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "supplement_no", "title", "unit_id", "valid_from") SELECT new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."signed_on", new_values."supplement_no", new_values."title", new_values."unit_id", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4f7e4cb31fbe650fcdfb8aca0a05f70036f8a01a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0c999', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_supplement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_supplementevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "supplement_no", "title", "unit_id", "valid_from") SELECT old_values."contract_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."signed_on", old_values."supplement_no", old_values."title", old_values."unit_id", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3836b1f4517b3d841f719b3e4fe46e0fe8de304f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d9d17', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_supplement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='agreed_terms_positive'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('days_after_death__isnull', True), ('days_after_death__range', (0, 3660)), _connector='OR'), models.Q(('days_after_move__isnull', True), ('days_after_move__range', (0, 3660)), _connector='OR'), models.Q(('invoice_days__isnull', True), ('invoice_days__range', (0, 3660)), _connector='OR')), name='agreed_terms_days_sensible'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(('vacancy_billable__isnull', True), ('vacancy_billable__range', (0, 1)), _connector='OR'), name='agreed_terms_vacancy_share'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('index_kind', ''), ('index_percent__isnull', True)), models.Q(('index_kind', 'fixed'), ('index_percent__isnull', True)), ('index_kind', 'pl'), models.Q(('index_kind', 'percent'), ('index_percent__isnull', False)), _connector='OR'), name='agreed_terms_index_known'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(('index_percent__isnull', True), ('index_percent__range', (-50, 50)), _connector='OR'), name='agreed_terms_index_believable'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.CheckConstraint(condition=models.Q(('notice_from__in', ['day', 'month_end'])), name='agreed_terms_notice_known'),
        ),
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contract', '='), (styr.contracts.term_models.DateRange('valid_from', 'valid_to'), '&&')], name='agreed_terms_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedterms',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_agreedtermsevent" ("contract_id", "days_after_death", "days_after_move", "id", "index_kind", "index_percent", "invoice_days", "municipality_id", "notice_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplement_id", "unit_id", "vacancy_billable", "valid_from", "valid_to") SELECT new_values."contract_id", new_values."days_after_death", new_values."days_after_move", new_values."id", new_values."index_kind", new_values."index_percent", new_values."invoice_days", new_values."municipality_id", new_values."notice_from", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."supplement_id", new_values."unit_id", new_values."vacancy_billable", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d9118fd978845c0966ed115672d07d56358f359d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5d4e7', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_agreedterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedterms',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_agreedtermsevent" ("contract_id", "days_after_death", "days_after_move", "id", "index_kind", "index_percent", "invoice_days", "municipality_id", "notice_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplement_id", "unit_id", "vacancy_billable", "valid_from", "valid_to") SELECT new_values."contract_id", new_values."days_after_death", new_values."days_after_move", new_values."id", new_values."index_kind", new_values."index_percent", new_values."invoice_days", new_values."municipality_id", new_values."notice_from", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."supplement_id", new_values."unit_id", new_values."vacancy_billable", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a56413f62b8c0d972896527567bbad29074f3eb3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_83b9a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_agreedterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedterms',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_agreedtermsevent" ("contract_id", "days_after_death", "days_after_move", "id", "index_kind", "index_percent", "invoice_days", "municipality_id", "notice_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplement_id", "unit_id", "vacancy_billable", "valid_from", "valid_to") SELECT old_values."contract_id", old_values."days_after_death", old_values."days_after_move", old_values."id", old_values."index_kind", old_values."index_percent", old_values."invoice_days", old_values."municipality_id", old_values."notice_from", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."supplement_id", old_values."unit_id", old_values."vacancy_billable", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5a836876b047d57c254a8755c259fde792b0c686', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_290af', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_agreedterms', when='AFTER')),
        ),
    ]
