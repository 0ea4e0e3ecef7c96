"""The views that controls read; they see what their reader sees."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_trip WITH (security_invoker = true) AS
SELECT id AS trip_id, settlement_id, operator_id, unit_id, citizen_id, grant_id, told_grant_id, product::text,
       external_no::text, service_day, ordered_at, starts_at, ends_at,
       (extract(hour FROM starts_at AT TIME ZONE 'Europe/Copenhagen') * 60
        + extract(minute FROM starts_at AT TIME ZONE 'Europe/Copenhagen'))::integer AS start_minute,
       (extract(epoch FROM ends_at - starts_at) / 60)::integer AS elapsed_minutes,
       from_place_id, to_place_id, km, minutes, waiting_minutes, aids::text, lift, bridge, companions, solo, no_show,
       cancelled, cost_ore, fee_ore, user_payment_ore, account_string::text
FROM trips_trip WHERE NOT withdrawn;

CREATE VIEW rel_settlement WITH (security_invoker = true) AS
SELECT id AS settlement_id, operator_id, number::text, version, invoice_number::text, first_day, last_day, trips,
       cost_ore, fee_ore, user_payment_ore, status::text
FROM trips_settlement;

CREATE VIEW rel_attendance WITH (security_invoker = true) AS
SELECT grant_id, unit_id, day, present FROM trips_attendance;

CREATE VIEW rel_ride_change WITH (security_invoker = true) AS
SELECT grant_id, kind::text, starts, ends FROM trips_ridechange;

GRANT SELECT ON rel_trip, rel_settlement, rel_attendance, rel_ride_change TO styr_app;
"""
DROPPED = "DROP VIEW rel_ride_change, rel_attendance, rel_settlement, rel_trip;"


class Migration(migrations.Migration):
    dependencies = [("trips", "0002_policies")]
    operations = [migrations.RunSQL(VIEWS, DROPPED)]
