"""Keep people from the cases they are blocked from, and administrators from all: see 0008_hidden_cases.sql."""

from pathlib import Path

from django.db import migrations

from styr.access.hiding import HideCases

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LOOKED_UP = (
    "people_citizen",
    "grants_grant",
    "grants_serviceline",
    "contracts_contract",
    "contracts_contractline",
    "invoices_linematch",
    "invoices_invoicekey",
    "invoices_invoice",
    "controls_finding",
)
UNDO = (
    "DROP POLICY styr_case ON audit_readlog;"
    + "".join(f"DROP POLICY styr_lookup ON {table};" for table in LOOKED_UP)
    + "DROP FUNCTION styr_hidden(text)"
)
# Which column of a table tells whose case its rows are of.
CASES = {
    "people": {
        "citizen": {"id": "citizen"},
        "guardian": {"citizen_id": "citizen"},
        "consent": {"citizen_id": "citizen"},
    },
    "grants": {
        "grant": {"citizen_id": "citizen"},
        "grantstep": {"grant_id": "grant"},
        "serviceline": {"grant_id": "grant"},
        "absence": {"grant_id": "grant"},
        "ownrate": {"service_line_id": "service"},
        "paidperiod": {"service_line_id": "service"},
        "adjustment": {"service_line_id": "service"},
    },
    "contracts": {
        "contract": {"citizen_id": "citizen"},
        "contractline": {"contract_id": "contract"},
        "contractrate": {"contract_line_id": "contract_line"},
    },
    "controls": {
        "finding": {
            "citizen_id": "citizen",
            "grant_id": "grant",
            "contract_id": "contract",
            "invoice_id": "invoice",
            "subject_id": "subject",
        },
        "findingdecision": {"finding_id": "finding"},
        "findingassignment": {"finding_id": "finding"},
        "findingnote": {"finding_id": "finding"},
    },
    "invoices": {
        "document": {"id": "document"},
        "invoice": {"id": "invoice"},
        **{
            model: {"invoice_id": "invoice"}
            for model in (
                *("invoiceline", "invoicekey", "documentfinding", "linematch", "claim", "decision", "supplierquery"),
                *("question", "followup", "manualmatch", "invoicelook"),
            )
        },
    },
    # Files hold rows of any citizen: hidden from administrators, and from nobody who imports.
    "integrations": {
        model: {}
        for model in ("importrun", "importfile", "importproblem", "importlanding", "importupload", "uploadedfile")
    },
}


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_limits_and_blocks"),
        ("audit", "0003_closed"),
        ("people", "0003_relations"),
        ("grants", "0008_step_policies"),
        ("contracts", "0004_relations"),
        ("controls", "0004_casework_policies"),
        ("invoices", "0006_casework_policies"),
        ("integrations", "0004_upload_policies"),
    ]
    operations = [
        migrations.RunSQL(SQL, UNDO),
        *(HideCases(model, columns, app=app) for app, models in CASES.items() for model, columns in models.items()),
    ]
