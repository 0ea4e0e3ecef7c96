"""The functions behind the policies, with plans that are kept: see 0015_quicker_scope.sql."""

import re
from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
_BEFORE = (
    "0002_scope.sql", "0005_submissions.py", "0006_roles_in_scope.sql", "0008_hidden_cases.sql",
    "0011_second_factor.sql", "0012_sign_on.sql",
)  # fmt: skip


def _undo() -> str:
    """Each function as it last was before."""
    names = re.findall(r"CREATE OR REPLACE FUNCTION (styr_\w+)\(", SQL)
    texts = "\n".join(HERE.with_name(name).read_text(encoding="utf-8") for name in _BEFORE)
    found = []
    for name in names:
        *_, last = re.findall(rf"CREATE (?:OR REPLACE )?(FUNCTION {name}\(.*?\$\$.*?\$\$)", texts, re.DOTALL)
        found.append(f"CREATE OR REPLACE {last};")
    return "\n".join(found)


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0014_programs"),
    ]

    operations = [
        migrations.RunSQL(SQL, _undo()),
    ]
