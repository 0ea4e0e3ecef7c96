"""A second factor, half a login, and the log of factors that came and went: see 0011_second_factor.sql."""

import re
from pathlib import Path

import django.db.models.deletion
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.rls import EnableTenantPolicy

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
_TOKEN_BEFORE = re.search(
    r"CREATE FUNCTION (styr_token\(.*?\$\$;)",
    HERE.with_name("0002_scope.sql").read_text(encoding="utf-8"),
    re.DOTALL,
)
if _TOKEN_BEFORE is None:
    raise LookupError("styr_token")
UNDO = f"""
DROP FUNCTION styr_reset_factors(uuid), styr_has_factor(uuid);
DROP POLICY styr_definer ON access_factorchange;
DROP TRIGGER styr_note_factor ON mfa_authenticator;
DROP FUNCTION styr_note_factor();
DROP POLICY styr_see ON mfa_authenticator; DROP POLICY styr_add ON mfa_authenticator;
DROP POLICY styr_change ON mfa_authenticator; DROP POLICY styr_remove ON mfa_authenticator;
DROP POLICY styr_definer ON mfa_authenticator;
ALTER TABLE mfa_authenticator NO FORCE ROW LEVEL SECURITY; ALTER TABLE mfa_authenticator DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON mfa_authenticator FROM styr_app;
DROP POLICY styr_see_half ON access_user;
DROP POLICY styr_login ON access_membership;
DROP FUNCTION styr_user_in_person(), styr_half_roles(), styr_half_user(text[]);
CREATE OR REPLACE FUNCTION {_TOKEN_BEFORE[1]}
"""
ONE_S_OWN = "((SELECT styr_administers()) OR user_id = (SELECT styr_user()))"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_api_keys"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.CreateModel(
            name="FactorChange",
            fields=[
                ("id", models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20, verbose_name="art")),
                ("added", models.BooleanField(verbose_name="kom til")),
                ("changed_at", models.DateTimeField(verbose_name="hvornår")),
                ("changed_by", models.UUIDField(null=True, verbose_name="af")),
                ("municipality", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.municipality", verbose_name="kommune")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="bruger")),
            ],
            options={"verbose_name": "ændring af login", "verbose_name_plural": "ændringer af login"},
        ),
        migrations.AddIndex(
            model_name="factorchange",
            index=models.Index(fields=["user", "-changed_at"], name="factor_change_of_user"),
        ),
        EnableTenantPolicy("factorchange", readers=ONE_S_OWN),
        migrations.RunSQL(SQL, UNDO),
    ]
