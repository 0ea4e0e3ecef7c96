"""Postings, budgets, cost centres and the treatment of accounts."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
import styr.ledger.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0014_programs'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountTreatment',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(max_length=5, verbose_name='funktion')),
                ('cost_type', models.CharField(blank=True, default='', max_length=2, verbose_name='art')),
                ('ownership', models.CharField(blank=True, default='', max_length=1, verbose_name='ejerforhold')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('state_refund', models.CharField(choices=[('none', 'ingen'), ('central', 'særligt dyre enkeltsager'), ('other', 'anden ordning')], max_length=10, verbose_name='statsrefusion')),
                ('vat_treatment', models.CharField(choices=[('exempt', 'momsfri'), ('refunded', 'købsmoms udlignes'), ('share', 'andel udlignes')], max_length=10, verbose_name='moms')),
                ('vat_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='andel der udlignes')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='note')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'kontobehandling',
                'verbose_name_plural': 'kontobehandlinger',
            },
        ),
        migrations.CreateModel(
            name='AccountTreatmentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('function', models.CharField(max_length=5, verbose_name='funktion')),
                ('cost_type', models.CharField(blank=True, default='', max_length=2, verbose_name='art')),
                ('ownership', models.CharField(blank=True, default='', max_length=1, verbose_name='ejerforhold')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('state_refund', models.CharField(choices=[('none', 'ingen'), ('central', 'særligt dyre enkeltsager'), ('other', 'anden ordning')], max_length=10, verbose_name='statsrefusion')),
                ('vat_treatment', models.CharField(choices=[('exempt', 'momsfri'), ('refunded', 'købsmoms udlignes'), ('share', 'andel udlignes')], max_length=10, verbose_name='moms')),
                ('vat_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='andel der udlignes')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='note')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.accounttreatment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('month', models.DateField(null=True, verbose_name='måned')),
                ('kind', models.CharField(choices=[('original', 'oprindelig'), ('supplementary', 'tillæg'), ('revised', 'korrigeret')], max_length=20, verbose_name='art')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('citizen_number', models.CharField(blank=True, default='', max_length=60, verbose_name='fagsystemets borgernummer')),
                ('grant_number', models.CharField(blank=True, default='', max_length=60, verbose_name='bevillingsnummer, som det stod')),
                ('unit_number', models.CharField(blank=True, default='', max_length=20, verbose_name='enhedsnummer, som det stod')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('grant_id', models.UUIDField(null=True, verbose_name='bevilling')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'budgetlinje',
                'verbose_name_plural': 'budgetlinjer',
            },
        ),
        migrations.CreateModel(
            name='BudgetLineEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('month', models.DateField(null=True, verbose_name='måned')),
                ('kind', models.CharField(choices=[('original', 'oprindelig'), ('supplementary', 'tillæg'), ('revised', 'korrigeret')], max_length=20, verbose_name='art')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('citizen_number', models.CharField(blank=True, default='', max_length=60, verbose_name='fagsystemets borgernummer')),
                ('grant_number', models.CharField(blank=True, default='', max_length=60, verbose_name='bevillingsnummer, som det stod')),
                ('unit_number', models.CharField(blank=True, default='', max_length=20, verbose_name='enhedsnummer, som det stod')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('grant_id', models.UUIDField(null=True, verbose_name='bevilling')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.budgetline')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CostCentre',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=4, verbose_name='omkostningssted')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'omkostningssted',
                'verbose_name_plural': 'omkostningssteder',
            },
        ),
        migrations.CreateModel(
            name='CostCentreEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('code', models.CharField(max_length=4, verbose_name='omkostningssted')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.costcentre')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DefaultAccountTreatment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=5, verbose_name='funktion')),
                ('cost_type', models.CharField(blank=True, default='', max_length=2, verbose_name='art')),
                ('ownership', models.CharField(blank=True, default='', max_length=1, verbose_name='ejerforhold')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('state_refund', models.CharField(choices=[('none', 'ingen'), ('central', 'særligt dyre enkeltsager'), ('other', 'anden ordning')], max_length=10, verbose_name='statsrefusion')),
                ('vat_treatment', models.CharField(choices=[('exempt', 'momsfri'), ('refunded', 'købsmoms udlignes'), ('share', 'andel udlignes')], max_length=10, verbose_name='moms')),
                ('vat_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name='andel der udlignes')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'medfølgende kontobehandling',
                'verbose_name_plural': 'medfølgende kontobehandlinger',
                'constraints': [models.CheckConstraint(condition=models.Q(('function__regex', '^[0-9]{5}$')), name='default_treatment_function_digits'), models.CheckConstraint(condition=models.Q(('cost_type__regex', '^([0-9]{2})?$')), name='default_treatment_type_digits'), models.CheckConstraint(condition=models.Q(('ownership__regex', '^[0-9]?$')), name='default_treatment_ownership_digit'), models.CheckConstraint(condition=models.Q(('state_refund__in', ['none', 'central', 'other'])), name='default_treatment_refund_known'), models.CheckConstraint(condition=models.Q(('vat_treatment__in', ['exempt', 'refunded', 'share'])), name='default_treatment_vat_known'), models.CheckConstraint(condition=models.Q(('vat_share__isnull', True), models.Q(('vat_share__gte', 0), ('vat_share__lte', 1)), _connector='OR'), name='default_treatment_share_in_one'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='default_treatment_positive'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('function', '='), ('cost_type', '='), ('ownership', '='), (styr.ledger.models.DateRange('valid_from', 'valid_to'), '&&')], name='default_treatment_no_overlap')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.IntegerField(verbose_name='regnskabsår')),
                ('voucher', models.CharField(max_length=40, verbose_name='bilag')),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('posted_on', models.DateField(verbose_name='bogført')),
                ('month', models.DateField(verbose_name='periode')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('kind', models.CharField(choices=[('payment', 'betaling'), ('user_payment', 'egenbetaling'), ('refund', 'refusion'), ('correction', 'korrektion'), ('other', 'andet')], max_length=20, verbose_name='art')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('citizen_number', models.CharField(blank=True, default='', max_length=60, verbose_name='fagsystemets borgernummer')),
                ('citizen_index', models.CharField(blank=True, default='', max_length=64, verbose_name='CPR-nøgle')),
                ('grant_number', models.CharField(blank=True, default='', max_length=60, verbose_name='bevillingsnummer, som det stod')),
                ('supplier_cvr', models.CharField(blank=True, default='', max_length=8, verbose_name='leverandørens CVR')),
                ('invoice_number', models.CharField(blank=True, default='', max_length=100, verbose_name='fakturanummer')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('grant_id', models.UUIDField(null=True, verbose_name='bevilling')),
                ('supplier_id', models.UUIDField(null=True, verbose_name='leverandør')),
                ('invoice_id', models.UUIDField(null=True, verbose_name='faktura')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'postering',
                'verbose_name_plural': 'posteringer',
            },
        ),
        migrations.CreateModel(
            name='PostingEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('year', models.IntegerField(verbose_name='regnskabsår')),
                ('voucher', models.CharField(max_length=40, verbose_name='bilag')),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('posted_on', models.DateField(verbose_name='bogført')),
                ('month', models.DateField(verbose_name='periode')),
                ('account_string', models.CharField(max_length=16, verbose_name='kontostreng')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('kind', models.CharField(choices=[('payment', 'betaling'), ('user_payment', 'egenbetaling'), ('refund', 'refusion'), ('correction', 'korrektion'), ('other', 'andet')], max_length=20, verbose_name='art')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('citizen_number', models.CharField(blank=True, default='', max_length=60, verbose_name='fagsystemets borgernummer')),
                ('citizen_index', models.CharField(blank=True, default='', max_length=64, verbose_name='CPR-nøgle')),
                ('grant_number', models.CharField(blank=True, default='', max_length=60, verbose_name='bevillingsnummer, som det stod')),
                ('supplier_cvr', models.CharField(blank=True, default='', max_length=8, verbose_name='leverandørens CVR')),
                ('invoice_number', models.CharField(blank=True, default='', max_length=100, verbose_name='fakturanummer')),
                ('citizen_id', models.UUIDField(null=True, verbose_name='borger')),
                ('grant_id', models.UUIDField(null=True, verbose_name='bevilling')),
                ('supplier_id', models.UUIDField(null=True, verbose_name='leverandør')),
                ('invoice_id', models.UUIDField(null=True, verbose_name='faktura')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.posting')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('function__regex', '^[0-9]{5}$')), name='treatment_function_digits'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('cost_type__regex', '^([0-9]{2})?$')), name='treatment_type_digits'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('ownership__regex', '^[0-9]?$')), name='treatment_ownership_digit'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('state_refund__in', ['none', 'central', 'other'])), name='treatment_refund_known'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('vat_treatment__in', ['exempt', 'refunded', 'share'])), name='treatment_vat_known'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('vat_share__isnull', True), models.Q(('vat_share__gte', 0), ('vat_share__lte', 1)), _connector='OR'), name='treatment_share_in_one'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='treatment_positive'),
        ),
        migrations.AddConstraint(
            model_name='accounttreatment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('function', '='), ('cost_type', '='), ('ownership', '='), (styr.ledger.models.DateRange('valid_from', 'valid_to'), '&&')], name='treatment_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accounttreatment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_accounttreatmentevent" ("cost_type", "function", "id", "municipality_id", "name", "note", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state_refund", "valid_from", "valid_to", "vat_share", "vat_treatment") SELECT new_values."cost_type", new_values."function", new_values."id", new_values."municipality_id", new_values."name", new_values."note", new_values."ownership", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."state_refund", new_values."valid_from", new_values."valid_to", new_values."vat_share", new_values."vat_treatment" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae44c24db513d3cd0fcfb116f2e6d050fc05f03f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f1cff', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_accounttreatment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accounttreatment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_accounttreatmentevent" ("cost_type", "function", "id", "municipality_id", "name", "note", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state_refund", "valid_from", "valid_to", "vat_share", "vat_treatment") SELECT new_values."cost_type", new_values."function", new_values."id", new_values."municipality_id", new_values."name", new_values."note", new_values."ownership", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."state_refund", new_values."valid_from", new_values."valid_to", new_values."vat_share", new_values."vat_treatment" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9f967d8b3b5b51cc7d3899cbe966b56f6a38274', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7880b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_accounttreatment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accounttreatment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_accounttreatmentevent" ("cost_type", "function", "id", "municipality_id", "name", "note", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state_refund", "valid_from", "valid_to", "vat_share", "vat_treatment") SELECT old_values."cost_type", old_values."function", old_values."id", old_values."municipality_id", old_values."name", old_values."note", old_values."ownership", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."state_refund", old_values."valid_from", old_values."valid_to", old_values."vat_share", old_values."vat_treatment" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d5513cb260e6ab6598d2b47f8401d863b758f094', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_500a5', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_accounttreatment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['municipality', 'year', 'account_string'], name='budget_by_year'),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['municipality', 'citizen_id', 'year'], name='budget_by_citizen'),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['municipality', 'grant_id', 'year'], name='budget_by_grant'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('municipality', 'year', 'month', 'kind', 'account_string', 'citizen_number', 'grant_number', 'unit_number', 'text'), name='budget_line_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('account_string__regex', '^[0-9]{16}$')), name='budget_account_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('month__isnull', True), models.Q(('month__day', 1), ('month__year', models.F('year'))), _connector='OR'), name='budget_month_in_year'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['original', 'supplementary', 'revised'])), name='budget_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_budgetlineevent" ("account_string", "amount_ore", "citizen_id", "citizen_number", "grant_id", "grant_number", "id", "kind", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "unit_number", "year") SELECT new_values."account_string", new_values."amount_ore", new_values."citizen_id", new_values."citizen_number", new_values."grant_id", new_values."grant_number", new_values."id", new_values."kind", new_values."month", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."text", new_values."unit_id", new_values."unit_number", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c32bd24d3554a3d0891ffec38a4d91b2331fab37', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_17619', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_budgetlineevent" ("account_string", "amount_ore", "citizen_id", "citizen_number", "grant_id", "grant_number", "id", "kind", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "unit_number", "year") SELECT new_values."account_string", new_values."amount_ore", new_values."citizen_id", new_values."citizen_number", new_values."grant_id", new_values."grant_number", new_values."id", new_values."kind", new_values."month", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."text", new_values."unit_id", new_values."unit_number", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77e01cf22d262ac821da8bcbaa3a88193827d598', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4952c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_budgetlineevent" ("account_string", "amount_ore", "citizen_id", "citizen_number", "grant_id", "grant_number", "id", "kind", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "unit_number", "year") SELECT old_values."account_string", old_values."amount_ore", old_values."citizen_id", old_values."citizen_number", old_values."grant_id", old_values."grant_number", old_values."id", old_values."kind", old_values."month", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."text", old_values."unit_id", old_values."unit_number", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='12b34a4f9c05b798624fb5160560ea3ddf9e9f68', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d9e62', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_budgetline', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='costcentre',
            constraint=models.UniqueConstraint(fields=('municipality', 'code', 'valid_from'), name='cost_centre_once'),
        ),
        migrations.AddConstraint(
            model_name='costcentre',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{4}$')), name='cost_centre_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='costcentre',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='cost_centre_positive'),
        ),
        migrations.AddConstraint(
            model_name='costcentre',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('code', '='), (styr.ledger.models.DateRange('valid_from', 'valid_to'), '&&')], name='cost_centre_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costcentre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_costcentreevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cecac85e2e95ef0b9265bc9571381e056c2baad0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ce653', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_costcentre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costcentre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_costcentreevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1ccafc42833237a05f04da8cf7fa187b1c58de63', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aba9e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_costcentre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costcentre',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_costcentreevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT old_values."code", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6d590c9528a4746227b351890a64437046504d14', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3f0fd', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_costcentre', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['municipality', 'month', 'account_string'], name='posting_by_month'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['municipality', 'citizen_id', 'month'], name='posting_by_citizen'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['municipality', 'grant_id', 'month'], name='posting_by_grant'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['municipality', 'invoice_id'], name='posting_by_invoice'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['municipality', '-posted_on', 'id'], name='posting_latest'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('municipality', 'year', 'voucher', 'line_no'), name='posting_once'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('account_string__regex', '^[0-9]{16}$')), name='posting_account_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='posting_month_is_a_month'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('month__year', models.F('year'))), name='posting_month_in_year'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['payment', 'user_payment', 'refund', 'correction', 'other'])), name='posting_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_postingevent" ("account_string", "amount_ore", "citizen_id", "citizen_index", "citizen_number", "grant_id", "grant_number", "id", "invoice_id", "invoice_number", "kind", "line_no", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "supplier_cvr", "supplier_id", "text", "unit_id", "voucher", "year") SELECT new_values."account_string", new_values."amount_ore", new_values."citizen_id", new_values."citizen_index", new_values."citizen_number", new_values."grant_id", new_values."grant_number", new_values."id", new_values."invoice_id", new_values."invoice_number", new_values."kind", new_values."line_no", new_values."month", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."posted_on", new_values."supplier_cvr", new_values."supplier_id", new_values."text", new_values."unit_id", new_values."voucher", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d51aed62e090d71b055fd3ca9431b4502278fd12', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_58706', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_postingevent" ("account_string", "amount_ore", "citizen_id", "citizen_index", "citizen_number", "grant_id", "grant_number", "id", "invoice_id", "invoice_number", "kind", "line_no", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "supplier_cvr", "supplier_id", "text", "unit_id", "voucher", "year") SELECT new_values."account_string", new_values."amount_ore", new_values."citizen_id", new_values."citizen_index", new_values."citizen_number", new_values."grant_id", new_values."grant_number", new_values."id", new_values."invoice_id", new_values."invoice_number", new_values."kind", new_values."line_no", new_values."month", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."posted_on", new_values."supplier_cvr", new_values."supplier_id", new_values."text", new_values."unit_id", new_values."voucher", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45ca88cf6a3471456018d1e2c3ed477d059c3c1d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ee038', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_postingevent" ("account_string", "amount_ore", "citizen_id", "citizen_index", "citizen_number", "grant_id", "grant_number", "id", "invoice_id", "invoice_number", "kind", "line_no", "month", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "supplier_cvr", "supplier_id", "text", "unit_id", "voucher", "year") SELECT old_values."account_string", old_values."amount_ore", old_values."citizen_id", old_values."citizen_index", old_values."citizen_number", old_values."grant_id", old_values."grant_number", old_values."id", old_values."invoice_id", old_values."invoice_number", old_values."kind", old_values."line_no", old_values."month", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."posted_on", old_values."supplier_cvr", old_values."supplier_id", old_values."text", old_values."unit_id", old_values."voucher", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b648a8957cbee12479b7fc85f7daf1614fe92a26', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bca3d', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_posting', when='AFTER')),
        ),
    ]
