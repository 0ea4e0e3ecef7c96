"""Close the tables, hold their rows in their vehicle's municipality, and let the bulk of a file be counted."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

OF_VEHICLE = ("duty", "logentry", "vehiclecost", "choice")
_TIE = """
ALTER TABLE fleet_{child} ADD CONSTRAINT fleet_{child}_tied_by_{parent}_id
    FOREIGN KEY ({parent}_id, municipality_id) REFERENCES transport_{parent} (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
_UNTIE = "ALTER TABLE fleet_{child} DROP CONSTRAINT fleet_{child}_tied_by_{parent}_id;"
FUNCTION = """
CREATE FUNCTION fleet_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'fleet\\_%' THEN
        RAISE EXCEPTION '% is no table of the fleet', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION fleet_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fleet_analyze(text) TO styr_app;
"""


def _tie(child: str, parent: str) -> migrations.RunSQL:
    words = {"child": child, "parent": parent}
    return migrations.RunSQL(_TIE.format(**words), _UNTIE.format(**words))


class Migration(migrations.Migration):
    dependencies = [("fleet", "0001_registers"), ("routes", "0003_prices_and_today")]
    operations = [
        *(EnableTenantPolicy(model) for model in ("duty", "vehiclecost", "choice", "ownassumption")),
        EnableTenantPolicy("logentry", unit="unit_id", nullable_unit=True),
        *(_tie(child, "vehicle") for child in OF_VEHICLE),
        _tie("duty", "place"),
        *(HideCases(model) for model in ("duty", "logentry", "vehiclecost", "choice")),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION fleet_analyze(text)"),
    ]
