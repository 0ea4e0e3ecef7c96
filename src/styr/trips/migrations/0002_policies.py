"""Close the tables, hold trips and changes in their citizen's or grant's unit, and keep versions as they came."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

OF_OPERATOR = ("settlement", "rideorder", "complaint")
_TIE = """
ALTER TABLE trips_{child} ADD CONSTRAINT trips_{child}_tied_by_{parent}_id
    FOREIGN KEY ({parent}_id, municipality_id{unit}) REFERENCES {table} (id, municipality_id{unit})
    {cascade}DEFERRABLE INITIALLY DEFERRED;
"""
_UNTIE = "ALTER TABLE trips_{child} DROP CONSTRAINT trips_{child}_tied_by_{parent}_id;"


def _tie(child: str, parent: str, table: str, *, unit: bool = True) -> migrations.RunSQL:
    words = {"child": child, "parent": parent, "table": table}
    unit_words = {"unit": ", unit_id", "cascade": "ON UPDATE CASCADE "} if unit else {"unit": "", "cascade": ""}
    return migrations.RunSQL(_TIE.format(**words, **unit_words), _UNTIE.format(**words))


# What was once received is never changed; it goes only with the import that brought it.
KEPT = "REVOKE UPDATE ON trips_settlementversion FROM styr_app"
LET_GO = "GRANT UPDATE ON trips_settlementversion TO styr_app"

FUNCTION = """
CREATE FUNCTION trips_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'trips\\_%' THEN
        RAISE EXCEPTION '% is no table of trips', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION trips_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trips_analyze(text) TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trips", "0001_registers"),
        ("transport", "0002_policies"),
        ("people", "0003_relations"),
        ("grants", "0012_price_requests"),
        ("access", "0016_kept_from_nothing"),
    ]
    operations = [
        EnableTenantPolicy("settlement"),
        EnableTenantPolicy("settlementversion"),
        EnableTenantPolicy("trip", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("rideorder"),
        EnableTenantPolicy("ridechange", unit="unit_id"),
        EnableTenantPolicy("attendance", unit="unit_id"),
        EnableTenantPolicy("complaint", unit="unit_id", nullable_unit=True),
        TieToParent("settlementversion", "settlement", "settlement_id", unit=False),
        TieToParent("trip", "settlement", "settlement_id", unit=False),
        TieToParent("ridechange", "rideorder", "order_id", unit=False),
        *(_tie(child, "operator", "transport_operator", unit=False) for child in OF_OPERATOR),
        _tie("trip", "citizen", "people_citizen"),
        _tie("complaint", "citizen", "people_citizen"),
        _tie("ridechange", "grant", "grants_grant"),
        _tie("attendance", "grant", "grants_grant"),
        HideCases("settlement"),
        HideCases("settlementversion"),
        HideCases("rideorder"),
        HideCases("trip", {"citizen_id": "citizen", "grant_id": "grant"}),
        HideCases("ridechange", {"grant_id": "grant"}),
        HideCases("attendance", {"grant_id": "grant"}),
        HideCases("complaint", {"citizen_id": "citizen"}),
        migrations.RunSQL(KEPT, LET_GO),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION trips_analyze(text)"),
    ]
