"""What was delivered a month, and the meetings with suppliers about it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.deliveries.core.codes
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0017_contract_limits'),
        ('grants', '0011_terms_of_payment'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0005_confirmed_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='måned')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='leveret')),
                ('source', models.CharField(choices=[('file', 'leverandørens fil'), ('person', 'noteret her')], max_length=20, verbose_name='kilde')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='bemærkning')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('service_line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'leverance',
                'verbose_name_plural': 'leverancer',
            },
        ),
        migrations.CreateModel(
            name='DeliveryEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('month', models.DateField(verbose_name='måned')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='leveret')),
                ('source', models.CharField(choices=[('file', 'leverandørens fil'), ('person', 'noteret her')], max_length=20, verbose_name='kilde')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='bemærkning')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deliveries.delivery')),
                ('service_line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.serviceline', verbose_name='bevillingsydelse')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300, verbose_name='handling')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='udført')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
            ],
            options={
                'verbose_name': 'aftalt handling',
                'verbose_name_plural': 'aftalte handlinger',
            },
        ),
        migrations.CreateModel(
            name='SupplierMeeting',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField(verbose_name='dato')),
                ('status', models.CharField(choices=[('planned', 'planlagt'), ('held', 'afholdt')], default=styr.deliveries.core.codes.MeetingStatus['PLANNED'], max_length=20, verbose_name='status')),
                ('participants', models.CharField(blank=True, default='', max_length=300, verbose_name='deltagere')),
                ('agenda', models.TextField(blank=True, default='', max_length=10000, verbose_name='dagsorden')),
                ('minutes', models.TextField(blank=True, default='', max_length=20000, verbose_name='referat')),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='indkaldt af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier', verbose_name='leverandør')),
            ],
            options={
                'verbose_name': 'leverandørmøde',
                'verbose_name_plural': 'leverandørmøder',
            },
        ),
        migrations.CreateModel(
            name='MeetingActionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('what', models.CharField(max_length=300, verbose_name='handling')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='udført')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deliveries.meetingaction')),
                ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='deliveries.suppliermeeting', verbose_name='møde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='meetingaction',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='deliveries.suppliermeeting', verbose_name='møde'),
        ),
        migrations.CreateModel(
            name='SupplierMeetingEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('held_on', models.DateField(verbose_name='dato')),
                ('status', models.CharField(choices=[('planned', 'planlagt'), ('held', 'afholdt')], default=styr.deliveries.core.codes.MeetingStatus['PLANNED'], max_length=20, verbose_name='status')),
                ('participants', models.CharField(blank=True, default='', max_length=300, verbose_name='deltagere')),
                ('agenda', models.TextField(blank=True, default='', max_length=10000, verbose_name='dagsorden')),
                ('minutes', models.TextField(blank=True, default='', max_length=20000, verbose_name='referat')),
                ('called_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='indkaldt af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deliveries.suppliermeeting')),
                ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='leverandør')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['municipality', 'month'], name='delivery_by_month'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('service_line', 'month'), name='delivery_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='delivery_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='delivery_month_is_first_day'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['file', 'person'])), name='delivery_source_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_deliveryevent" ("id", "month", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "service_line_id", "source", "unit_id") SELECT new_values."id", new_values."month", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."quantity", new_values."service_line_id", new_values."source", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bb162b1a9585683d1f4e6bb8d6a6b74c8bf7bf8f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bcb05', referencing='REFERENCING NEW TABLE AS new_values ', table='deliveries_delivery', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_deliveryevent" ("id", "month", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "service_line_id", "source", "unit_id") SELECT new_values."id", new_values."month", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."quantity", new_values."service_line_id", new_values."source", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5056be48ce44fed1b3db17843bddd98690d71be7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29322', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deliveries_delivery', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_deliveryevent" ("id", "month", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "service_line_id", "source", "unit_id") SELECT old_values."id", old_values."month", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."quantity", old_values."service_line_id", old_values."source", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='87cc92ab2424128dfbc1915eea4f4c1613acdb4c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b9d20', referencing='REFERENCING OLD TABLE AS old_values ', table='deliveries_delivery', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='suppliermeeting',
            index=models.Index(fields=['supplier', '-held_on'], name='meeting_of_supplier'),
        ),
        migrations.AddConstraint(
            model_name='suppliermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'held'])), name='meeting_status_known'),
        ),
        migrations.AddConstraint(
            model_name='suppliermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'planned'), models.Q(('minutes', ''), _negated=True), _connector='OR'), name='meeting_held_has_minutes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppliermeeting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_suppliermeetingevent" ("agenda", "called_by_id", "held_on", "id", "minutes", "municipality_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "supplier_id") SELECT new_values."agenda", new_values."called_by_id", new_values."held_on", new_values."id", new_values."minutes", new_values."municipality_id", new_values."participants", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."status", new_values."supplier_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='081ba1031848448072316f0bd13dbdbc5f823d38', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7d515', referencing='REFERENCING NEW TABLE AS new_values ', table='deliveries_suppliermeeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppliermeeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_suppliermeetingevent" ("agenda", "called_by_id", "held_on", "id", "minutes", "municipality_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "supplier_id") SELECT new_values."agenda", new_values."called_by_id", new_values."held_on", new_values."id", new_values."minutes", new_values."municipality_id", new_values."participants", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."status", new_values."supplier_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8f2c39c672831a2dc243f1a4ed610c9fa77dbb3e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a65e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deliveries_suppliermeeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppliermeeting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_suppliermeetingevent" ("agenda", "called_by_id", "held_on", "id", "minutes", "municipality_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "supplier_id") SELECT old_values."agenda", old_values."called_by_id", old_values."held_on", old_values."id", old_values."minutes", old_values."municipality_id", old_values."participants", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."status", old_values."supplier_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4721c8e35a5652f2412e4ab2002227554c35c247', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b8066', referencing='REFERENCING OLD TABLE AS old_values ', table='deliveries_suppliermeeting', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='meetingaction',
            index=models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due_on'], name='meeting_action_open'),
        ),
        migrations.AddConstraint(
            model_name='meetingaction',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='meeting_action_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingaction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_meetingactionevent" ("done_on", "due_on", "id", "meeting_id", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT new_values."done_on", new_values."due_on", new_values."id", new_values."meeting_id", new_values."municipality_id", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='39f2be3bb947892f938c74dbbbded5a363253080', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f91f7', referencing='REFERENCING NEW TABLE AS new_values ', table='deliveries_meetingaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_meetingactionevent" ("done_on", "due_on", "id", "meeting_id", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT new_values."done_on", new_values."due_on", new_values."id", new_values."meeting_id", new_values."municipality_id", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2dd010b4ba85cecc7579fb20d1af291a897af546', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f2331', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deliveries_meetingaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingaction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deliveries_meetingactionevent" ("done_on", "due_on", "id", "meeting_id", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT old_values."done_on", old_values."due_on", old_values."id", old_values."meeting_id", old_values."municipality_id", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6ca76c5f57db44b47fa3d4608ad523135ddf2c6d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f0861', referencing='REFERENCING OLD TABLE AS old_values ', table='deliveries_meetingaction', when='AFTER')),
        ),
    ]
