"""A contract that moves unit with its citizen takes its drafts along, and with them all that belongs to these."""

from django.db import migrations

TIE = """
ALTER TABLE drafting_contractdraft ADD CONSTRAINT drafting_contractdraft_tied_by_contract_id
    FOREIGN KEY (contract_id, municipality_id, unit_id) REFERENCES contracts_contract (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
UNDO = "ALTER TABLE drafting_contractdraft DROP CONSTRAINT drafting_contractdraft_tied_by_contract_id"


class Migration(migrations.Migration):
    dependencies = [("drafting", "0002_policies"), ("contracts", "0006_local_terms")]
    operations = [migrations.RunSQL(TIE, UNDO)]
