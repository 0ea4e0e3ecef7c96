"""Close the rounds' tables; what was said, and the figures that a round was opened with, are never changed."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

_OF_ROUND = ("roundline", "roundnote", "roundaction")
KEPT = """
REVOKE UPDATE, DELETE ON budgets_roundline, budgets_roundnote FROM styr_app;
REVOKE DELETE ON budgets_followupround, budgets_roundaction FROM styr_app;
"""
LET_GO = """
GRANT UPDATE, DELETE ON budgets_roundline, budgets_roundnote TO styr_app;
GRANT DELETE ON budgets_followupround, budgets_roundaction TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0004_rounds"), ("people", "0003_relations"), ("access", "0008_hidden_cases")]
    operations = [
        EnableTenantPolicy("followupround", unit="unit_id"),
        *(EnableTenantPolicy(model, unit="unit_id") for model in _OF_ROUND),
        *(TieToParent(model, "followupround", "round_id") for model in _OF_ROUND),
        HideCases("followupround"),
        *(HideCases(model, {"citizen_id": "citizen"}) for model in _OF_ROUND),
        migrations.RunSQL(KEPT, LET_GO),
    ]
