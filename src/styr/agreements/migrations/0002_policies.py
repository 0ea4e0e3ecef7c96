"""Close the tables, and keep people from the contracts of cases that are not theirs."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

MODELS = {"agreementdocument": "contract_id", "proposedfield": "contract_ref", "reviewedclause": "contract_ref"}


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_documents"), ("access", "0008_hidden_cases")]
    operations = [
        operation
        for model, contract in MODELS.items()
        for operation in (
            EnableTenantPolicy(model, unit="unit_id", nullable_unit=True),
            HideCases(model, {contract: "contract"}),
        )
    ]
