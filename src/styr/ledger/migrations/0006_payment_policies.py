"""Close the tables of payments, hold their rows in their invoice's and grant's unit, and the one way to take months back."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

TIES = """
ALTER TABLE ledger_invoicepayment ADD CONSTRAINT ledger_invoicepayment_tied_by_invoice_id
    FOREIGN KEY (invoice_id, municipality_id, unit_id) REFERENCES invoices_invoice (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_paymentline ADD CONSTRAINT ledger_paymentline_tied_by_invoice_id
    FOREIGN KEY (invoice_id, municipality_id, unit_id) REFERENCES invoices_invoice (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_paidpart ADD CONSTRAINT ledger_paidpart_tied_by_grant_id
    FOREIGN KEY (grant_id, municipality_id, unit_id) REFERENCES grants_grant (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_recordedmonth ADD CONSTRAINT ledger_recordedmonth_tied_by_service_line_id
    FOREIGN KEY (service_line_id, municipality_id, unit_id)
    REFERENCES grants_serviceline (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE ledger_recordedmonth DROP CONSTRAINT ledger_recordedmonth_tied_by_service_line_id;
ALTER TABLE ledger_paidpart DROP CONSTRAINT ledger_paidpart_tied_by_grant_id;
ALTER TABLE ledger_paymentline DROP CONSTRAINT ledger_paymentline_tied_by_invoice_id;
ALTER TABLE ledger_invoicepayment DROP CONSTRAINT ledger_invoicepayment_tied_by_invoice_id;
"""
# What was told paid is never changed by the program, with one exception: an import of postings that is taken back was
# never a payment, and takes the months along that were recorded because of it. No other month can be reached from here.
TAKE_BACK = """
CREATE FUNCTION ledger_take_back_months(services uuid[], months date[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    removed integer;
BEGIN
    IF NOT public.styr_may_write() THEN
        RAISE EXCEPTION 'nobody may write here';
    END IF;
    DELETE FROM public.grants_adjustment a USING public.ledger_recordedmonth r, unnest(services, months) AS w(s, m)
    WHERE r.service_line_id = w.s AND r.month = w.m AND r.municipality_id = public.styr_municipality()
      AND a.service_line_id = w.s AND a.month = w.m AND a.municipality_id = r.municipality_id;
    DELETE FROM public.grants_paidperiod p USING public.ledger_recordedmonth r, unnest(services, months) AS w(s, m)
    WHERE r.service_line_id = w.s AND r.month = w.m AND r.municipality_id = public.styr_municipality()
      AND p.service_line_id = w.s AND p.month = w.m AND p.municipality_id = r.municipality_id;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM public.ledger_recordedmonth r USING unnest(services, months) AS w(s, m)
    WHERE r.service_line_id = w.s AND r.month = w.m AND r.municipality_id = public.styr_municipality();
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION ledger_take_back_months(uuid[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_take_back_months(uuid[], date[]) TO styr_app;
-- A file that was made stays as it was made; that it was fetched and answered is noted on it, and new keys seal it anew:
-- what it says is held by its seal, which nobody changes.
REVOKE UPDATE, DELETE ON ledger_paymentfile FROM styr_app;
GRANT UPDATE (content, vouchers, fetched_at, acknowledged_at) ON ledger_paymentfile TO styr_app;
REVOKE UPDATE, DELETE ON ledger_paymentline FROM styr_app;
GRANT UPDATE (state, reason) ON ledger_paymentline TO styr_app;
"""
LET_GO = """
GRANT UPDATE, DELETE ON ledger_paymentfile, ledger_paymentline TO styr_app;
DROP FUNCTION ledger_take_back_months(uuid[], date[]);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_payments"), ("grants", "0010_account_rules")]
    operations = [
        EnableTenantPolicy("invoicepayment", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("paidpart", unit="unit_id"),
        EnableTenantPolicy("recordedmonth", unit="unit_id"),
        EnableTenantPolicy("paymentfile"),
        EnableTenantPolicy("paymentline", unit="unit_id", nullable_unit=True),
        HideCases("invoicepayment", {"invoice_id": "invoice"}),
        HideCases("paidpart", {"grant_id": "grant"}),
        HideCases("recordedmonth", {"service_line_id": "service"}),
        HideCases("paymentfile"),
        HideCases("paymentline", {"invoice_id": "invoice"}),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(TAKE_BACK, LET_GO),
    ]
