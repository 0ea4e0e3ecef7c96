"""Letters of the collection drive that we mail ourselves: to which address, and how far they have come."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0018_two_for_a_role'),
        ('agreements', '0004_collection_policies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectioncase',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectioncase',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectioncase',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectionstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectionstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='collectionstep',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='collectioncase',
            name='email',
            field=models.EmailField(blank=True, default='', max_length=200, verbose_name='leverandørens mailadresse'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='email',
            field=models.EmailField(blank=True, default='', max_length=200, verbose_name='leverandørens mailadresse'),
        ),
        migrations.AddField(
            model_name='collectionstep',
            name='mail',
            field=models.CharField(blank=True, choices=[('waiting', 'bliver sendt'), ('handed', 'afleveret til mailserveren, ikke kvitteret'), ('sent', 'sendt med mail'), ('failed', 'kunne ikke sendes')], default='', max_length=12, verbose_name='mail'),
        ),
        migrations.AddField(
            model_name='collectionstep',
            name='recipient',
            field=models.EmailField(blank=True, default='', max_length=200, verbose_name='sendt til'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='mail',
            field=models.CharField(blank=True, choices=[('waiting', 'bliver sendt'), ('handed', 'afleveret til mailserveren, ikke kvitteret'), ('sent', 'sendt med mail'), ('failed', 'kunne ikke sendes')], default='', max_length=12, verbose_name='mail'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='recipient',
            field=models.EmailField(blank=True, default='', max_length=200, verbose_name='sendt til'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "email", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT new_values."closed_at", new_values."due_on", new_values."email", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."state", new_values."supplier_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fe30603040d9bef7c7711d7565d44cb118de3945', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c8ca', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "email", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT new_values."closed_at", new_values."due_on", new_values."email", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."state", new_values."supplier_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c08a147767f66e95c53197d521b66feb76b1c1db', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4195', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "email", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT old_values."closed_at", old_values."due_on", old_values."email", old_values."id", old_values."municipality_id", old_values."opened_at", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."state", old_values."supplier_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a4b162e091903b3518a9a3df3e9249b3cbaa92ce', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_daa3d', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "mail", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "text") SELECT new_values."at", new_values."by_id", new_values."case_id", new_values."id", new_values."kind", new_values."mail", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."recipient", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4e9601c6111953d0c6bc297c36bf271f2c172c74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1553c', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "mail", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "text") SELECT new_values."at", new_values."by_id", new_values."case_id", new_values."id", new_values."kind", new_values."mail", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."recipient", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3caac3c9e8046c7324412380ff8459f01e02104e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2a152', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "mail", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "text") SELECT old_values."at", old_values."by_id", old_values."case_id", old_values."id", old_values."kind", old_values."mail", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."recipient", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a50d3579dff49f5eea6459dbf25a86b9a6d0c9a8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_acd81', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='collectionstep',
            constraint=models.CheckConstraint(condition=models.Q(('mail', ''), models.Q(('mail__in', ['waiting', 'handed', 'sent', 'failed']), models.Q(('recipient', ''), _negated=True)), _connector='OR'), name='collection_step_mail_has_recipient'),
        ),
    ]
