"""Who keeps a contract's dates."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0017_contract_limits'),
        ('contracts', '0009_terms_that_compute'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='keeper', to='contracts.contract', verbose_name='kontrakt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
            ],
            options={
                'verbose_name': 'ansvarlig for kontrakt',
                'verbose_name_plural': 'ansvarlige for kontrakter',
            },
        ),
        migrations.CreateModel(
            name='KeeperEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.keeper')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='keeper',
            index=models.Index(fields=['municipality', 'user'], name='keeper_by_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_keeperevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "user_id") SELECT new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='025e8a546db4c380502634764bb57d2d43d79caf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6aee3', referencing='REFERENCING NEW TABLE AS new_values ', table='contracts_keeper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_keeperevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "user_id") SELECT new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36fb92d7c509625de36548672a6385c5a286cbbb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cdbd1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='contracts_keeper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeper',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_keeperevent" ("contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "user_id") SELECT old_values."contract_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9113dec2c14f0fadb990957e0546871ea60462b4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_305d6', referencing='REFERENCING OLD TABLE AS old_values ', table='contracts_keeper', when='AFTER')),
        ),
        EnableTenantPolicy("keeper", unit="unit_id", nullable_unit=True),
        HideCases("keeper", {"contract_id": "contract"}),
        TieToParent("keeper", "contract", "contract_id"),
        migrations.RunSQL(
            "CREATE VIEW rel_keeper WITH (security_invoker = true) AS SELECT contract_id, user_id FROM contracts_keeper; "
            "GRANT SELECT ON rel_keeper TO styr_app",
            "DROP VIEW rel_keeper",
        ),
    ]
