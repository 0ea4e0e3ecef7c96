"""The statement behind `case.invoice_case`: one row, with JSON for everything there is several of."""

from typing import Final

_LINES: Final = """
    SELECT json_agg(json_build_object(
        'id', l.id, 'line_no', l.line_no, 'quantity', l.quantity::text, 'unit', l.measure,
        'unit_price', l.unit_price::text, 'net_ore', l.net_ore, 'period_start', l.period_start,
        'period_end', l.period_end, 'service', l.service, 'step', m.step, 'candidates', coalesce(m.candidates, 0),
        'grant_id', m.grant_id, 'grant_number', coalesce(lg.number, ''),
        'citizen_id', lg.citizen_id, 'hand_reason', coalesce(h.reason, ''),
        'hand_by', coalesce(u.name, ''), 'hand_at', h.matched_at) ORDER BY l.line_no)
    FROM invoices_invoiceline l
    LEFT JOIN invoices_linematch m ON m.line_id = l.id
    LEFT JOIN rel_grant lg ON lg.grant_id = m.grant_id
    LEFT JOIN invoices_manualmatch h ON h.line_id = l.id AND h.withdrawn_at IS NULL
    LEFT JOIN access_user u ON u.id = h.matched_by_id
    WHERE l.invoice_id = i.id
"""
_GRANT: Final = """
    json_build_object(
        'id', g.grant_id, 'number', g.number, 'citizen_id', g.citizen_id, 'section', g.section, 'status', g.status,
        'starts', g.starts, 'ends', g.ends, 'caseworker', coalesce(g.caseworker, ''),
        'account_string', coalesce(g.account_string, ''), 'place', coalesce(place.name, ''),
        'service', coalesce(s.service, ''), 'unit', coalesce(s.unit, ''), 'per', coalesce(s.per, ''),
        'quantity', s.quantity::text, 'ean', coalesce(gu.ean, ''), 'unit_name', coalesce(gu.name, ''),
        'paying', coalesce(who.paying_municipality, ''))
"""
_AGREED: Final = """
    SELECT json_agg(json_build_object('starts', r.valid_from, 'ends', r.valid_to, 'figure', r.amount::text)
                    ORDER BY r.valid_from)
    FROM rel_contract_rate r
    WHERE r.contract_line_id = s.contract_line_id AND r.valid_from < c.period_end
      AND coalesce(r.valid_to, 'infinity') > c.period_start
"""
"""The contract line's own rates in the period; a service may be priced otherwise, see `_PRICES`."""
_CONTRACT: Final = f"""
    json_build_object(
        'id', k.contract_id, 'number', k.number, 'status', k.status, 'starts', k.starts, 'ends', k.ends,
        'signed_on', k.signed_on, 'supplier_id', k.supplier_id, 'supplier_name', coalesce(party.name, ''),
        'section', k.section, 'service', coalesce(kl.service, ''), 'unit', coalesce(kl.unit, ''),
        'supplements', coalesce((SELECT json_agg(DISTINCT extra.service) FROM rel_contract_line extra
            WHERE extra.contract_id = k.contract_id AND extra.kind <> 'base'), '[]'::json),
        'free_days', coalesce(away.free_days, k.absence_free_days),
        'absence_share', coalesce(away.billable, k.absence_billable)::text,
        'prices', ({_AGREED}))
"""  # noqa: S608 -- made of our own constants
_PRICES: Final = """
    SELECT json_agg(json_build_object('starts', r.valid_from, 'ends', r.valid_to, 'figure', (r.amount * s.factor)::text)
                    ORDER BY r.valid_from)
    FROM rel_rate r
    WHERE r.service_id = c.service_id AND r.valid_from < c.period_end
      AND coalesce(r.valid_to, 'infinity') > c.period_start
"""
_ABSENCE: Final = """
    SELECT json_agg(json_build_object('starts', a.starts, 'ends', a.ends, 'figure', a.billable::text) ORDER BY a.starts)
    FROM rel_service_absence a
    WHERE a.service_id = c.service_id AND a.starts < c.period_end AND coalesce(a.ends, 'infinity') > c.period_start
"""
_AWAY: Final = """
    SELECT p.free_days, p.billable FROM rel_absence_terms p
    CROSS JOIN (SELECT coalesce(min(greatest(a.starts, c.period_start)), c.period_start) AS day
                FROM rel_absence a
                WHERE a.grant_id = c.grant_id AND a.starts < c.period_end
                  AND coalesce(a.ends, 'infinity') > c.period_start) d
    WHERE p.contract_id = k.contract_id AND coalesce(p.valid_from, '-infinity') <= d.day
      AND coalesce(p.valid_to, 'infinity') > d.day
    LIMIT 1
"""
"""What is agreed of absence on the first day away in the period, or on the first of the period."""
_CLAIMS: Final = f"""
    SELECT json_agg(json_build_object(
        'id', c.line_id, 'verdict', c.verdict, 'starts', c.period_start, 'ends', c.period_end, 'lines', c.lines,
        'line_nos', (SELECT json_agg(ol.line_no ORDER BY ol.line_no) FROM invoices_linematch om
            JOIN invoices_invoiceline ol ON ol.id = om.line_id
            WHERE om.invoice_id = c.invoice_id AND (ol.id = c.line_id OR (c.lines > 1
                AND om.service_id IS NOT DISTINCT FROM c.service_id AND om.grant_id IS NOT DISTINCT FROM c.grant_id
                AND NOT EXISTS (SELECT FROM invoices_claim oc WHERE oc.line_id = ol.id AND oc.line_id <> c.line_id)))),
        'quantity', c.quantity::text, 'lowest_price', c.lowest_price::text, 'highest_price', c.highest_price::text,
        'claimed_ore', c.claimed_ore, 'expected_quantity', c.expected_quantity::text, 'expected_ore', c.expected_ore,
        'expected_price', c.expected_price::text, 'difference_ore', coalesce(c.difference_ore, 0),
        'other_invoice_id', c.other_invoice_id, 'other_number', coalesce(other.number, ''),
        'step', m.step, 'service_id', c.service_id, 'runs_from', s.starts, 'runs_to', s.ends,
        'gone_from', (SELECT min(stop.unpaid_from) FROM rel_stop stop WHERE stop.grant_id = c.grant_id),
        'grant', CASE WHEN g.grant_id IS NOT NULL THEN {_GRANT} END,
        'contract', CASE WHEN k.contract_id IS NOT NULL THEN {_CONTRACT} END,
        'prices', ({_PRICES}), 'absence', ({_ABSENCE})) ORDER BY l.line_no)
    FROM invoices_claim c
    JOIN invoices_invoiceline l ON l.id = c.line_id
    LEFT JOIN invoices_linematch m ON m.line_id = c.line_id
    LEFT JOIN invoices_invoice other ON other.id = c.other_invoice_id
    LEFT JOIN rel_grant g ON g.grant_id = c.grant_id
    LEFT JOIN rel_citizen who ON who.citizen_id = g.citizen_id
    LEFT JOIN access_unit gu ON gu.id = g.unit_id
    LEFT JOIN suppliers_providerunit place ON place.id = g.provider_unit_id
    LEFT JOIN rel_service s ON s.service_id = c.service_id
    LEFT JOIN rel_contract k ON k.contract_id = g.contract_id
    LEFT JOIN suppliers_supplier party ON party.id = k.supplier_id
    LEFT JOIN rel_contract_line kl ON kl.contract_line_id = s.contract_line_id
    LEFT JOIN LATERAL ({_AWAY}) away ON true
    WHERE c.invoice_id = i.id
"""  # noqa: S608 -- made of our own constants
_DECISIONS: Final = """
    SELECT json_agg(json_build_object(
        'id', d.id, 'at', d.decided_at, 'kind', 'decision', 'outcome', d.outcome, 'who', coalesce(u.name, 'kontrollen'),
        'words', d.reason, 'undone', EXISTS (SELECT FROM invoices_decision x WHERE x.undoes_id = d.id),
        'facts', json_build_object('by', d.decided_by_id, 'grounds', d.grounds)) ORDER BY d.decided_at, d.id)
    FROM invoices_decision d LEFT JOIN access_user u ON u.id = d.decided_by_id WHERE d.invoice_id = i.id
"""
_QUESTIONS: Final = """
    SELECT json_agg(json_build_object(
        'id', q.id, 'at', q.asked_at, 'kind', 'question', 'outcome', q.to_role, 'who', u.name, 'words', q.text,
        'undone', q.withdrawn_at IS NOT NULL, 'state', CASE WHEN q.answered_at IS NULL THEN 'open' ELSE 'answered' END,
        'facts', json_build_object('answer', q.answer, 'answered_by', coalesce(a.name, ''),
            'answered_at', q.answered_at, 'due_on', q.due_on)) ORDER BY q.asked_at)
    FROM invoices_question q JOIN access_user u ON u.id = q.asked_by_id
    LEFT JOIN access_user a ON a.id = q.answered_by_id WHERE q.invoice_id = i.id
"""
_LETTERS: Final = """
    SELECT json_agg(json_build_object(
        'id', q.id, 'at', coalesce(q.sent_at, q.drafted_at), 'kind', 'letter', 'outcome', q.state,
        'who', coalesce(u.name, ''), 'words', q.subject, 'state', q.state,
        'facts', json_build_object('body', q.body, 'recipient', q.recipient)) ORDER BY q.drafted_at)
    FROM invoices_supplierquery q LEFT JOIN access_user u ON u.id = q.sent_by_id WHERE q.invoice_id = i.id
"""
_FOLLOW_UPS: Final = """
    SELECT json_agg(json_build_object(
        'id', f.id, 'at', f.opened_at, 'kind', 'follow_up', 'outcome', f.recovery, 'who', u.name, 'words', f.cause,
        'state', f.state,
        'facts', json_build_object('claimed_ore', f.claimed_ore, 'recovered_ore', f.recovered_ore, 'due_on', f.due_on,
            'evidence', f.evidence, 'settled_at', f.settled_at, 'version', f.version)) ORDER BY f.opened_at)
    FROM invoices_followup f JOIN access_user u ON u.id = f.owner_id WHERE f.invoice_id = i.id
"""
_LOOKS: Final = """
    SELECT json_agg(json_build_object(
        'id', last.id, 'at', last.looked_at, 'kind', 'look', 'outcome', last.what, 'who', last.name,
        'words', last.times::text) ORDER BY last.looked_at DESC)
    FROM (SELECT DISTINCT ON (k.looked_by_id, k.what) k.id, k.looked_at, k.what, u.name,
                 count(*) OVER (PARTITION BY k.looked_by_id, k.what) AS times
          FROM invoices_invoicelook k JOIN access_user u ON u.id = k.looked_by_id WHERE k.invoice_id = i.id
          ORDER BY k.looked_by_id, k.what, k.looked_at DESC) last
"""
_NOTES: Final = """
    SELECT json_agg(json_build_object(
        'id', n.id, 'at', n.received_at, 'kind', 'note', 'outcome', n.status, 'who', '', 'words', n.number,
        'facts', json_build_object('net_ore', n.net_ore)) ORDER BY n.received_at)
    FROM invoices_invoice n
    WHERE n.municipality_id = i.municipality_id AND n.supplier_cvr = i.supplier_cvr AND n.kind = 'credit_note'
      AND n.credits_number = i.number AND i.number <> '' AND i.supplier_cvr <> ''
"""
_SETTLED: Final = """
    SELECT json_agg(json_build_object('settlement_id', x.settlement_id, 'number', x.number, 'trips', x.trips,
        'settled_ore', x.settled_ore, 'invoiced_ore', x.invoiced_ore, 'asked', x.asked, 'doubted', x.doubted)
        ORDER BY x.number)
    FROM rel_settled_invoice x WHERE x.invoice_id = i.id
"""
_LOOKED: Final = """
    looked AS (
        INSERT INTO invoices_invoicelook (id, municipality_id, unit_id, invoice_id, looked_by_id, what, looked_at)
        SELECT gen_random_uuid(), i.municipality_id, i.unit_id, i.id, %(user)s::uuid, 'page', %(now)s::timestamptz
        FROM invoices_invoice i
        WHERE i.id = %(id)s AND %(user)s::uuid IS NOT NULL AND NOT EXISTS (
            SELECT FROM invoices_invoicelook k WHERE k.invoice_id = i.id AND k.looked_by_id = %(user)s::uuid
                AND k.what = 'page' AND k.looked_at > %(now)s::timestamptz - interval '1 hour'))
"""
"""Notes that the page was shown, once an hour for each person; nobody without a user."""

CASE: Final = f"""
    WITH {_LOOKED}
    SELECT (SELECT json_object_agg(code, name) FROM rel_service_kind) AS services, i.id, i.document_id,
           d.filename, d.content, d.size, i.kind, i.format, i.number,
           (SELECT min(s.supplier_id::text)::uuid FROM rel_supplier s WHERE s.cvr = i.supplier_cvr AND s.cvr <> '')
               AS supplier_id,
           i.supplier_name, i.supplier_cvr, i.issue_date, i.due_date, i.received_at, i.net_ore, i.tax_ore,
           i.payable_ore, i.currency, i.buyer_ean, i.payee_account, i.order_reference, i.credits_number, i.status,
           i.waits_for, coalesce(unit.name, '') AS unit_name, i.unit_id,
           ({_LINES}) AS lines, ({_CLAIMS}) AS claims, ({_DECISIONS}) AS decisions, ({_QUESTIONS}) AS questions,
           ({_LETTERS}) AS letters, ({_FOLLOW_UPS}) AS follow_ups, ({_LOOKS}) AS looks, ({_NOTES}) AS notes,
           ({_SETTLED}) AS settled
    FROM invoices_invoice i
    JOIN invoices_document d ON d.id = i.document_id
    LEFT JOIN access_unit unit ON unit.id = i.unit_id
    WHERE i.id = %(id)s
"""  # noqa: S608 -- made of our own constants
"""Parameters: id; user and now, both null where nobody is noted."""
