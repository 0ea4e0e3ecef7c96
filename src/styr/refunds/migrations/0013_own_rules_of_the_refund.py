"""The municipality's own word on every number of the law, and the invoice control told of how long others may wait."""

from django.db import migrations, models

VIEW = """
CREATE OR REPLACE VIEW rel_bill_deadline WITH (security_invoker = true) AS
SELECT value AS months, valid_from, valid_to FROM refunds_ownnumber WHERE rule = 'other_authority_months';
"""
EMPTY = """
CREATE OR REPLACE VIEW rel_bill_deadline WITH (security_invoker = true) AS
SELECT NULL::integer AS months, NULL::date AS valid_from, NULL::date AS valid_to WHERE false;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0019_opened_without_roles"),
        ("refunds", "0012_account_policies"),
        ("invoices", "0011_bill_deadline"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ownnumber",
            name="own_number_sane",
        ),
        migrations.RemoveConstraint(
            model_name="ownnumber",
            name="own_number_may_be_own",
        ),
        migrations.AddConstraint(
            model_name="ownnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rule__in",
                        (
                            "intermunicipal_months",
                            "age_limit",
                            "pooled_children_below",
                            "pooled_young_below",
                            "covered_after_age_limit",
                            "months_of_one_off",
                            "other_authority_months",
                        ),
                    )
                ),
                name="own_number_may_be_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rule", "covered_after_age_limit"), ("value__in", [0, 1])),
                    models.Q(("rule", "months_of_one_off"), ("value__in", [1, 12])),
                    models.Q(
                        models.Q(("rule__in", ["covered_after_age_limit", "months_of_one_off"]), _negated=True),
                        ("value__gte", 1),
                        ("value__lte", 120),
                    ),
                    _connector="OR",
                ),
                name="own_number_sane",
            ),
        ),
        migrations.RunSQL(VIEW, EMPTY),
    ]
