"""What was paid for our invoices, and the files that tell the finance system to pay."""

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
        ('invoices', '0008_looks_go_with_invoice'),
        ('ledger', '0004_relations'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InvoicePayment',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('paid_on', models.DateField(verbose_name='betalt')),
                ('posted_ore', models.BigIntegerField(verbose_name='bogført i øre')),
                ('status_before', models.CharField(blank=True, default='', max_length=12, verbose_name='status før')),
                ('noted_at', models.DateTimeField(verbose_name='noteret')),
                ('invoice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoices.invoice', verbose_name='faktura')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'betaling',
                'verbose_name_plural': 'betalinger',
            },
        ),
        migrations.CreateModel(
            name='InvoicePaymentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('paid_on', models.DateField(verbose_name='betalt')),
                ('posted_ore', models.BigIntegerField(verbose_name='bogført i øre')),
                ('status_before', models.CharField(blank=True, default='', max_length=12, verbose_name='status før')),
                ('noted_at', models.DateTimeField(verbose_name='noteret')),
                ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='invoices.invoice', verbose_name='faktura')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.invoicepayment')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaidPart',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_id', models.UUIDField(verbose_name='fakturaen, eller den der krediteres')),
                ('month', models.DateField(verbose_name='måned')),
                ('first_day', models.DateField(verbose_name='fra')),
                ('end_day', models.DateField(verbose_name='til (eksklusiv)')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='ledger.invoicepayment', verbose_name='betaling')),
                ('service_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'betalt del',
                'verbose_name_plural': 'betalte dele',
            },
        ),
        migrations.CreateModel(
            name='PaidPartEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('origin_id', models.UUIDField(verbose_name='fakturaen, eller den der krediteres')),
                ('month', models.DateField(verbose_name='måned')),
                ('first_day', models.DateField(verbose_name='fra')),
                ('end_day', models.DateField(verbose_name='til (eksklusiv)')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('grant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('payment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='ledger.invoicepayment', verbose_name='betaling')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.paidpart')),
                ('service_line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaymentFile',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField(verbose_name='nummer')),
                ('bank_day', models.DateField(verbose_name='bankdag')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('lines', models.IntegerField(verbose_name='linjer')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('content', models.BinaryField(verbose_name='betalingsfil, krypteret')),
                ('vouchers', models.BinaryField(verbose_name='posteringsbilag, krypteret')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('seal', models.CharField(max_length=64, verbose_name='segl')),
                ('fetched_at', models.DateTimeField(null=True, verbose_name='hentet')),
                ('acknowledged_at', models.DateTimeField(null=True, verbose_name='kvitteret')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'betalingsfil',
                'verbose_name_plural': 'betalingsfiler',
            },
        ),
        migrations.CreateModel(
            name='PaymentFileEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('number', models.IntegerField(verbose_name='nummer')),
                ('bank_day', models.DateField(verbose_name='bankdag')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('lines', models.IntegerField(verbose_name='linjer')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('seal', models.CharField(max_length=64, verbose_name='segl')),
                ('fetched_at', models.DateTimeField(null=True, verbose_name='hentet')),
                ('acknowledged_at', models.DateTimeField(null=True, verbose_name='kvitteret')),
                ('made_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.paymentfile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaymentLine',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('account', models.CharField(blank=True, default='', max_length=60, verbose_name='betalingskonto')),
                ('state', models.CharField(choices=[('sent', 'afventer svar'), ('accepted', 'modtaget'), ('refused', 'afvist'), ('released', 'afvist, sendes igen')], default='sent', max_length=10, verbose_name='tilstand')),
                ('reason', models.CharField(blank=True, default='', max_length=300, verbose_name='årsag')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='ledger.paymentfile', verbose_name='fil')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoices.invoice', verbose_name='faktura')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'betalingslinje',
                'verbose_name_plural': 'betalingslinjer',
            },
        ),
        migrations.CreateModel(
            name='PaymentLineEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('line_no', models.IntegerField(verbose_name='linje')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('account', models.CharField(blank=True, default='', max_length=60, verbose_name='betalingskonto')),
                ('state', models.CharField(choices=[('sent', 'afventer svar'), ('accepted', 'modtaget'), ('refused', 'afvist'), ('released', 'afvist, sendes igen')], default='sent', max_length=10, verbose_name='tilstand')),
                ('reason', models.CharField(blank=True, default='', max_length=300, verbose_name='årsag')),
                ('file', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='ledger.paymentfile', verbose_name='fil')),
                ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='invoices.invoice', verbose_name='faktura')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.paymentline')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecordedMonth',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='måned')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('noted_at', models.DateTimeField(verbose_name='noteret')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('service_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'måned, betalt ifølge regnskabet',
                'verbose_name_plural': 'måneder, betalt ifølge regnskabet',
            },
        ),
        migrations.CreateModel(
            name='RecordedMonthEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('month', models.DateField(verbose_name='måned')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
                ('noted_at', models.DateTimeField(verbose_name='noteret')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.recordedmonth')),
                ('service_line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicepayment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_invoicepaymentevent" ("id", "invoice_id", "municipality_id", "noted_at", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_ore", "status_before", "unit_id") SELECT new_values."id", new_values."invoice_id", new_values."municipality_id", new_values."noted_at", new_values."paid_on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."posted_ore", new_values."status_before", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='23184eb622807c9c1402fc268ed4ec6ac497ca79', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_14e0c', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_invoicepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicepayment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_invoicepaymentevent" ("id", "invoice_id", "municipality_id", "noted_at", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_ore", "status_before", "unit_id") SELECT new_values."id", new_values."invoice_id", new_values."municipality_id", new_values."noted_at", new_values."paid_on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."posted_ore", new_values."status_before", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d930fd3dbd5e6167a9381b43d33a510e0548370b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f00ea', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_invoicepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicepayment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_invoicepaymentevent" ("id", "invoice_id", "municipality_id", "noted_at", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_ore", "status_before", "unit_id") SELECT old_values."id", old_values."invoice_id", old_values."municipality_id", old_values."noted_at", old_values."paid_on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."posted_ore", old_values."status_before", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='672a7d57409edfcfc168a23ecd61e70de79bcd48', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_69da8', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_invoicepayment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='paidpart',
            index=models.Index(fields=['service_line', 'month'], name='paid_part_month'),
        ),
        migrations.AddConstraint(
            model_name='paidpart',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='paid_part_month_is_a_month'),
        ),
        migrations.AddConstraint(
            model_name='paidpart',
            constraint=models.CheckConstraint(condition=models.Q(('first_day__lt', models.F('end_day'))), name='paid_part_has_days'),
        ),
        migrations.AddConstraint(
            model_name='paidpart',
            constraint=models.CheckConstraint(condition=models.Q(('first_day__gte', models.F('month'))), name='paid_part_in_month'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidpart',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paidpartevent" ("amount_ore", "end_day", "first_day", "grant_id", "id", "month", "municipality_id", "origin_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT new_values."amount_ore", new_values."end_day", new_values."first_day", new_values."grant_id", new_values."id", new_values."month", new_values."municipality_id", new_values."origin_id", new_values."payment_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."service_line_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='487a4f4e972c68930d345092f5a7a6e17a3b179c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f742a', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_paidpart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidpart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paidpartevent" ("amount_ore", "end_day", "first_day", "grant_id", "id", "month", "municipality_id", "origin_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT new_values."amount_ore", new_values."end_day", new_values."first_day", new_values."grant_id", new_values."id", new_values."month", new_values."municipality_id", new_values."origin_id", new_values."payment_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."service_line_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='43de386fbf80ead0e9483219e32d55811adfaca2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fa898', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_paidpart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidpart',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paidpartevent" ("amount_ore", "end_day", "first_day", "grant_id", "id", "month", "municipality_id", "origin_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT old_values."amount_ore", old_values."end_day", old_values."first_day", old_values."grant_id", old_values."id", old_values."month", old_values."municipality_id", old_values."origin_id", old_values."payment_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."service_line_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='83cafafa5a81d4354d8a2121cd50ad6c664c70d2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fc893', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_paidpart', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='paymentfile',
            constraint=models.UniqueConstraint(fields=('municipality', 'number'), name='payment_file_number'),
        ),
        migrations.AddConstraint(
            model_name='paymentfile',
            constraint=models.UniqueConstraint(fields=('municipality', 'bank_day'), name='payment_file_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='paymentfile',
            constraint=models.CheckConstraint(condition=models.Q(('lines__gte', 0), ('number__gt', 0)), name='payment_file_counts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT new_values."acknowledged_at", new_values."amount_ore", new_values."bank_day", new_values."fetched_at", new_values."id", new_values."lines", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."seal", new_values."sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5cdcd2d537bc017bb3e8cb951f9fdd124d507e4e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c47bb', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT new_values."acknowledged_at", new_values."amount_ore", new_values."bank_day", new_values."fetched_at", new_values."id", new_values."lines", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."seal", new_values."sha256" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."acknowledged_at" IS DISTINCT FROM (new_values."acknowledged_at") OR old_values."amount_ore" IS DISTINCT FROM (new_values."amount_ore") OR old_values."bank_day" IS DISTINCT FROM (new_values."bank_day") OR old_values."fetched_at" IS DISTINCT FROM (new_values."fetched_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lines" IS DISTINCT FROM (new_values."lines") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."seal" IS DISTINCT FROM (new_values."seal") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='abed2da5f9342d10aa8a1a6c8c7dae76cfb9b6a6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_58998', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentfileevent" ("acknowledged_at", "amount_ore", "bank_day", "fetched_at", "id", "lines", "made_at", "made_by_id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seal", "sha256") SELECT old_values."acknowledged_at", old_values."amount_ore", old_values."bank_day", old_values."fetched_at", old_values."id", old_values."lines", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."seal", old_values."sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='98495f702cb0e6bc2ba5e618dd2995c8d07114f9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d9ba8', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_paymentfile', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(fields=('file', 'line_no'), name='payment_line_number'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'released'), _negated=True), fields=('invoice',), name='payment_line_never_twice'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'accepted', 'refused', 'released'])), name='payment_line_state_known'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'released']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='payment_line_refused_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlineevent" ("account", "amount_ore", "file_id", "id", "invoice_id", "line_no", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT new_values."account", new_values."amount_ore", new_values."file_id", new_values."id", new_values."invoice_id", new_values."line_no", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9430d9d44779b85c8655688bd0a0cb4a3eb1d87a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f95a0', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_paymentline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlineevent" ("account", "amount_ore", "file_id", "id", "invoice_id", "line_no", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT new_values."account", new_values."amount_ore", new_values."file_id", new_values."id", new_values."invoice_id", new_values."line_no", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='74ad86ff3b6cf3374f9e48deec7cd861c087f0bb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_085f1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_paymentline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_paymentlineevent" ("account", "amount_ore", "file_id", "id", "invoice_id", "line_no", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT old_values."account", old_values."amount_ore", old_values."file_id", old_values."id", old_values."invoice_id", old_values."line_no", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='36856e8d3e0a82365f4634adfe1dbf8363f3b1ba', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cd648', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_paymentline', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='recordedmonth',
            constraint=models.UniqueConstraint(fields=('service_line', 'month'), name='recorded_month_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedmonth',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_recordedmonthevent" ("amount_ore", "id", "month", "municipality_id", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT new_values."amount_ore", new_values."id", new_values."month", new_values."municipality_id", new_values."noted_at", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."service_line_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='49d1805db4fb620e955b66b0dac8aec0a5892d59', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_310fc', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_recordedmonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedmonth',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_recordedmonthevent" ("amount_ore", "id", "month", "municipality_id", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT new_values."amount_ore", new_values."id", new_values."month", new_values."municipality_id", new_values."noted_at", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."service_line_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='234cd5501c03983717dfd1bda26a280974dd6c6b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4b68a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_recordedmonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedmonth',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_recordedmonthevent" ("amount_ore", "id", "month", "municipality_id", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_line_id", "unit_id") SELECT old_values."amount_ore", old_values."id", old_values."month", old_values."municipality_id", old_values."noted_at", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."service_line_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c3a8e76a9c5aa83b0daf11f2fc95340e66af5814', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0ba2d', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_recordedmonth', when='AFTER')),
        ),
    ]
