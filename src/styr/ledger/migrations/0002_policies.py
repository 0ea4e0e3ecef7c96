"""Close the tables, and keep people from postings and budgets of cases that are not theirs to see."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

# What a posting or a budget means in our registers is worked out: it goes when what it names goes.
TIES = """
ALTER TABLE grants_grant ADD CONSTRAINT grants_grant_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE invoices_invoice ADD CONSTRAINT invoices_invoice_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE ledger_posting
    ADD CONSTRAINT ledger_posting_of_citizen FOREIGN KEY (citizen_id, municipality_id)
        REFERENCES people_citizen (id, municipality_id) ON DELETE SET NULL (citizen_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT ledger_posting_of_grant FOREIGN KEY (grant_id, municipality_id)
        REFERENCES grants_grant (id, municipality_id) ON DELETE SET NULL (grant_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT ledger_posting_of_supplier FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) ON DELETE SET NULL (supplier_id)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT ledger_posting_of_invoice FOREIGN KEY (invoice_id, municipality_id)
        REFERENCES invoices_invoice (id, municipality_id) ON DELETE SET NULL (invoice_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_budgetline
    ADD CONSTRAINT ledger_budgetline_of_citizen FOREIGN KEY (citizen_id, municipality_id)
        REFERENCES people_citizen (id, municipality_id) ON DELETE SET NULL (citizen_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT ledger_budgetline_of_grant FOREIGN KEY (grant_id, municipality_id)
        REFERENCES grants_grant (id, municipality_id) ON DELETE SET NULL (grant_id) DEFERRABLE INITIALLY DEFERRED;
GRANT SELECT ON ledger_defaultaccounttreatment TO styr_app, styr_backup;
"""
UNDO_TIES = """
ALTER TABLE grants_grant ADD CONSTRAINT grants_grant_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE invoices_invoice ADD CONSTRAINT invoices_invoice_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE ledger_budgetline DROP CONSTRAINT ledger_budgetline_of_grant, DROP CONSTRAINT ledger_budgetline_of_citizen;
ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_of_invoice, DROP CONSTRAINT ledger_posting_of_supplier,
    DROP CONSTRAINT ledger_posting_of_grant, DROP CONSTRAINT ledger_posting_of_citizen;
ALTER TABLE invoices_invoice DROP CONSTRAINT invoices_invoice_tie_municipality;
ALTER TABLE grants_grant DROP CONSTRAINT grants_grant_tie_municipality;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_figures"),
        ("people", "0003_relations"),
        ("suppliers", "0003_relations"),
        ("grants", "0010_account_rules"),
        ("invoices", "0008_looks_go_with_invoice"),
        ("access", "0008_hidden_cases"),
    ]
    operations = [
        EnableTenantPolicy("posting", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("budgetline", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("costcentre"),
        EnableTenantPolicy("accounttreatment"),
        HideCases("posting", {"citizen_id": "citizen", "grant_id": "grant", "invoice_id": "invoice"}),
        HideCases("budgetline", {"citizen_id": "citizen", "grant_id": "grant"}),
        migrations.RunSQL(TIES, UNDO_TIES),
    ]
