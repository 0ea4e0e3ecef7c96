"""Let a settlement's versions go with the import that brought them, when that is taken back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trips", "0003_relations")]
    operations = [
        migrations.RunSQL(
            "GRANT UPDATE ON trips_settlementversion TO styr_app", "REVOKE UPDATE ON trips_settlementversion FROM styr_app"
        )
    ]
