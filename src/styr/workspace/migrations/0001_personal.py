"""Saved filters, notices, the daily mail and the calendar's address, each with its history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0005_submissions'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('secret_hash', models.BinaryField(unique=True)),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('fetched_on', models.DateField(null=True, verbose_name='senest hentet')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'kalenderabonnement',
                'verbose_name_plural': 'kalenderabonnementer',
            },
        ),
        migrations.CreateModel(
            name='CalendarFeedEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('fetched_on', models.DateField(null=True, verbose_name='senest hentet')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workspace.calendarfeed')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MailChoice',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(blank=True, default='', max_length=254, verbose_name='mailadresse')),
                ('daily', models.BooleanField(default=False, verbose_name='daglig mail')),
                ('sent_on', models.DateField(null=True, verbose_name='senest sendt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'mailvalg',
                'verbose_name_plural': 'mailvalg',
            },
        ),
        migrations.CreateModel(
            name='MailChoiceEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('address', models.EmailField(blank=True, default='', max_length=254, verbose_name='mailadresse')),
                ('daily', models.BooleanField(default=False, verbose_name='daglig mail')),
                ('sent_on', models.DateField(null=True, verbose_name='senest sendt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workspace.mailchoice')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig')], max_length=30, verbose_name='slags')),
                ('subject_id', models.UUIDField(verbose_name='om')),
                ('text', models.CharField(max_length=300, verbose_name='besked')),
                ('key', models.CharField(max_length=120, verbose_name='nøgle')),
                ('happened_at', models.DateTimeField(verbose_name='tidspunkt')),
                ('read_at', models.DateTimeField(null=True, verbose_name='læst')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtager')),
            ],
            options={
                'verbose_name': 'besked',
                'verbose_name_plural': 'beskeder',
            },
        ),
        migrations.CreateModel(
            name='NoticeEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig')], max_length=30, verbose_name='slags')),
                ('subject_id', models.UUIDField(verbose_name='om')),
                ('text', models.CharField(max_length=300, verbose_name='besked')),
                ('key', models.CharField(max_length=120, verbose_name='nøgle')),
                ('happened_at', models.DateTimeField(verbose_name='tidspunkt')),
                ('read_at', models.DateTimeField(null=True, verbose_name='læst')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workspace.notice')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtager')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('page', models.CharField(max_length=60, verbose_name='liste')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('query', models.CharField(max_length=2000, verbose_name='filter')),
                ('shared', models.BooleanField(default=False, verbose_name='delt')),
                ('made_at', models.DateTimeField(verbose_name='gemt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.unit', verbose_name='delt med enhed')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'gemt filter',
                'verbose_name_plural': 'gemte filtre',
            },
        ),
        migrations.CreateModel(
            name='SavedFilterEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('page', models.CharField(max_length=60, verbose_name='liste')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('query', models.CharField(max_length=2000, verbose_name='filter')),
                ('shared', models.BooleanField(default=False, verbose_name='delt')),
                ('made_at', models.DateTimeField(verbose_name='gemt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workspace.savedfilter')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='delt med enhed')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_calendarfeedevent" ("fetched_on", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."fetched_on", new_values."id", new_values."made_at", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0c8244235521825897e961cc1bc9472fc36b94d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1b15b', referencing='REFERENCING NEW TABLE AS new_values ', table='workspace_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_calendarfeedevent" ("fetched_on", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."fetched_on", new_values."id", new_values."made_at", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."fetched_on" IS DISTINCT FROM (new_values."fetched_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dc4a804ecd00a0195b799a7d65493428fbcb87a7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1179', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workspace_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_calendarfeedevent" ("fetched_on", "id", "made_at", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT old_values."fetched_on", old_values."id", old_values."made_at", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dbc00c2075fb6240f5dec781324ce7df17cfd945', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ca50a', referencing='REFERENCING OLD TABLE AS old_values ', table='workspace_calendarfeed', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='mailchoice',
            constraint=models.CheckConstraint(condition=models.Q(('daily', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='mail_choice_has_address'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailchoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_mailchoiceevent" ("address", "daily", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_on", "user_id") SELECT new_values."address", new_values."daily", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sent_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d614ff513e154227c222c125e2b1fb003e66aa1d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4e884', referencing='REFERENCING NEW TABLE AS new_values ', table='workspace_mailchoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailchoice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_mailchoiceevent" ("address", "daily", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_on", "user_id") SELECT new_values."address", new_values."daily", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sent_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6716525757a54d56419b7b1eedb73666288dffa8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_60d81', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workspace_mailchoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailchoice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_mailchoiceevent" ("address", "daily", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_on", "user_id") SELECT old_values."address", old_values."daily", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sent_on", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b238a43e01afbcf088a32840eac5953274753759', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3cee6', referencing='REFERENCING OLD TABLE AS old_values ', table='workspace_mailchoice', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', '-happened_at'], name='notice_by_person'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notice_unread'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='notice_told_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_noticeevent" ("happened_at", "id", "key", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "subject_id", "text", "user_id") SELECT new_values."happened_at", new_values."id", new_values."key", new_values."kind", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."read_at", new_values."subject_id", new_values."text", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='19f93d2b1ddc4c68fa98dc03feb143de9ad4903f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f8bde', referencing='REFERENCING NEW TABLE AS new_values ', table='workspace_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_noticeevent" ("happened_at", "id", "key", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "subject_id", "text", "user_id") SELECT new_values."happened_at", new_values."id", new_values."key", new_values."kind", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."read_at", new_values."subject_id", new_values."text", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4cc4112fc2401e7e06e8e72bae198823e70d3824', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9e4e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workspace_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_noticeevent" ("happened_at", "id", "key", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "subject_id", "text", "user_id") SELECT old_values."happened_at", old_values."id", old_values."key", old_values."kind", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."read_at", old_values."subject_id", old_values."text", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='925b651740d4192ba026e6ec527a91e4301aaefa', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8fc39', referencing='REFERENCING OLD TABLE AS old_values ', table='workspace_notice', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='savedfilter',
            index=models.Index(fields=['municipality', 'page'], name='saved_filter_by_page'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('user', 'page', 'name'), name='saved_filter_name_unique'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(('shared', True), ('unit__isnull', True), _connector='OR'), name='saved_filter_unit_if_shared'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_filter_has_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedfilter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_savedfilterevent" ("id", "made_at", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "shared", "unit_id", "user_id") SELECT new_values."id", new_values."made_at", new_values."municipality_id", new_values."name", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."query", new_values."shared", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='92d21597c86b27eb67eab3a3bee931a5cc9ca2a5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_020cd', referencing='REFERENCING NEW TABLE AS new_values ', table='workspace_savedfilter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedfilter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_savedfilterevent" ("id", "made_at", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "shared", "unit_id", "user_id") SELECT new_values."id", new_values."made_at", new_values."municipality_id", new_values."name", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."query", new_values."shared", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1cf8da7ebf2f25cf4025f6ddfe418d07a8ce5304', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_21e7b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workspace_savedfilter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedfilter',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_savedfilterevent" ("id", "made_at", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "shared", "unit_id", "user_id") SELECT old_values."id", old_values."made_at", old_values."municipality_id", old_values."name", old_values."page", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."query", old_values."shared", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2ac5b317da397bf64dc22e93c0c47778cea3e509', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9bdb8', referencing='REFERENCING OLD TABLE AS old_values ', table='workspace_savedfilter', when='AFTER')),
        ),
    ]
