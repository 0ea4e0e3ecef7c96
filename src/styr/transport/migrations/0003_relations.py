"""The relations that other domains read (see core/relations.py), and statistics for the planner after a bulk write."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_ride_grant WITH (security_invoker = true) AS
SELECT g.id AS grant_id, r.unit_id, g.citizen_id, r.criterion_id, a.number AS area_no, o.kind::text AS operator_kind,
       r.home_id AS home_place_id, r.destination_id AS destination_place_id, d.calendar_id, r.weekdays,
       to_char(r.out_arrive, 'HH24:MI') AS out_arrive, to_char(r.back_leave, 'HH24:MI') AS back_leave,
       r.solo, r.companion, r.aids::text AS aids, r.max_ride_minutes, r.user_payment_ore, r.road_km,
       g.starts, g.ends, r.operator_id
FROM transport_ridegrant r
JOIN grants_grant g ON g.id = r.grant_id
JOIN transport_criterion c ON c.id = r.criterion_id
JOIN transport_area a ON a.id = c.area_id
LEFT JOIN transport_operator o ON o.id = r.operator_id
LEFT JOIN transport_place d ON d.id = r.destination_id
WHERE g.status IN ('granted', 'stopped');

CREATE VIEW rel_criterion WITH (security_invoker = true) AS
SELECT c.id AS criterion_id, c.code::text AS code, a.number AS area_no,
       nullif(c.account_prefix, '')::text AS account_prefix
FROM transport_criterion c JOIN transport_area a ON a.id = c.area_id;

CREATE VIEW rel_operator WITH (security_invoker = true) AS
SELECT id AS operator_id, kind::text AS kind, supplier_id FROM transport_operator;

CREATE VIEW rel_price_scheme WITH (security_invoker = true) AS
SELECT operator_id, product::text AS product, valid_from, valid_to, start_ore, km_ore, minute_ore, waiting_minute_ore,
       lift_ore, bridge_ore, no_show_ore, day_ore, fee_percent
FROM transport_pricescheme;

CREATE VIEW rel_place WITH (security_invoker = true) AS
SELECT id AS place_id, kind::text AS kind, latitude, longitude, calendar_id FROM transport_place;

CREATE VIEW rel_vehicle WITH (security_invoker = true) AS
SELECT id AS vehicle_id, operator_id, seats, wheelchairs, solo FROM transport_vehicle;

GRANT SELECT ON rel_ride_grant, rel_criterion, rel_operator, rel_price_scheme, rel_place, rel_vehicle TO styr_app;

CREATE FUNCTION transport_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'transport\\_%' THEN
        RAISE EXCEPTION '% is no table of transport', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION transport_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transport_analyze(text) TO styr_app;
"""
UNDO = """
DROP FUNCTION transport_analyze(text);
DROP VIEW rel_vehicle, rel_place, rel_price_scheme, rel_operator, rel_criterion, rel_ride_grant;
"""


class Migration(migrations.Migration):
    dependencies = [("transport", "0002_policies")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
