"""Everything about one citizen across the domains, as one ZIP: for access requests and for archives.

Readable HTML, the same as JSON, and the documents. A document that tells about other citizens as well is listed and not
handed out (GDPR art. 15(4)): somebody has to take the others out of it first. Who of the staff looked is not told, only
when, where and why (EU Court, C-579/21).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.template.loader import render_to_string

from styr.agreements.handing_out import document_files
from styr.audit.dossier import DossierTable, dossier
from styr.audit.queries import citizen_log
from styr.audit.reach import Reached, rows_about
from styr.budgets.handing_out import believed_about
from styr.drafting.handing_out import draft_files
from styr.invoices.queries import document_of
from styr.kernel.danish import danish_date, danish_section, kroner
from styr.negotiations.handing_out import letter_files
from styr.people.queries import reveal_cpr
from styr.workspace.citizens_tabs import CitizenInvoice, invoices_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_DOCUMENTS: Final = """
SELECT 'invoices.document', i.document_id FROM rel_invoice i WHERE i.invoice_id = ANY(%(whole)s::uuid[])
UNION ALL
SELECT 'invoices.invoiceline', m.invoice_line_id FROM rel_line_match m JOIN rel_grant g ON g.grant_id = m.grant_id
WHERE g.citizen_id = %(citizen)s
"""
# Keyed hashes by which invoices are matched, and this request itself: nothing that a person could read.
_UNREADABLE: Final = frozenset({"invoices.invoicekey", "people.datarequest"})
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Held:
    """What there is about a citizen: all rows by model, their invoices, and those among them that name others."""

    reached: Reached
    invoices: tuple[CitizenInvoice, ...]

    @property
    def shared(self) -> tuple[CitizenInvoice, ...]:
        """The invoices that tell about others as well."""
        return tuple(invoice for invoice in self.invoices if invoice.shared)

    @property
    def whole(self) -> tuple[CitizenInvoice, ...]:
        """The invoices that tell about this citizen alone."""
        return tuple(invoice for invoice in self.invoices if not invoice.shared)


def held_about(citizen_id: UUID, *, spare_shared: bool = False) -> Held:
    """Find everything; with `spare_shared` nothing that belongs to an invoice for several citizens is reached."""
    invoices = tuple(invoices_of(citizen_id))
    whole = [invoice.id for invoice in invoices if not invoice.shared]
    besides: dict[str, set[UUID]] = {"invoices.invoice": set(whole)}
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, {"whole": whole, "citizen": citizen_id})
        for label, row_id in cursor.fetchall():
            besides.setdefault(label, set()).add(row_id)
    if not spare_shared:
        return Held(rows_about(citizen_id, besides=besides), invoices)
    besides.pop("invoices.invoiceline", None)  # those of whole invoices follow from their invoice
    spared = {"invoices.invoice": {invoice.id for invoice in invoices if invoice.shared}}
    return Held(rows_about(citizen_id, besides=besides, spared=spared), invoices)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of the citizen in words, and each look at them: when, where, why."""

    tables: tuple[DossierTable, ...]
    log: tuple[tuple[datetime, str, str], ...]


def gathered(citizen_id: UUID, *, purpose: str) -> Gathered:
    """Read everything that is not a document; `purpose` is what the log says of it."""
    held = held_about(citizen_id)
    readable = {label: ids for label, ids in held.reached.items() if label not in _UNREADABLE}
    tables = (_own_number(citizen_id, purpose), *dossier(readable), *_forecasts(citizen_id))
    log = tuple((row.at, row.what, row.purpose) for row in citizen_log(citizen_id) if row.kind == "read")
    return Gathered(tables, log)


def packed(citizen_id: UUID, known: Gathered, *, now: datetime) -> bytes:
    """Put what was gathered and the documents into one ZIP."""
    held = held_about(citizen_id)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        names = _documents(package, held)
        context = {"known": known, "now": now, "documents": names, "withheld": held.shared}
        package.writestr("oplysninger.html", render_to_string("workspace/citizens/dossier.html", context))
        package.writestr("oplysninger.json", json.dumps(_machine_readable(known), ensure_ascii=False, indent=1))
    return made.getvalue()


def _own_number(citizen_id: UUID, purpose: str) -> DossierTable:
    cpr = reveal_cpr(citizen_id=citizen_id, page="indsigt", purpose=purpose)
    return DossierTable("people.cpr", "CPR-nummer", ((("CPR-nummer", cpr.written),),))


def _forecasts(citizen_id: UUID) -> list[DossierTable]:
    """What we believe that the help will cost: worked out about the citizen, and so the citizen's to see."""
    rows = tuple(
        (
            ("regnet den", danish_date(one.as_of)),
            ("prognose", one.run),
            ("år", str(one.year)),
            ("paragraf", danish_section(one.section)),
            ("grundlag", one.basis.danish),
            ("beløb", kroner(one.amount_ore)),
        )
        for one in believed_about(citizen_id)
    )
    return [DossierTable("budgets.forecastrow", "Prognoser", rows)] if rows else []


def _documents(package: zipfile.ZipFile, held: Held) -> list[tuple[str, str]]:
    """Add the documents; gives the name in the package of each, with what it is."""
    names = []
    for number, invoice in enumerate(held.whole, start=1):
        found = document_of(invoice.id)
        if found is None:
            continue
        ending = _UNSAFE.sub("", found[0].rpartition(".")[2])[:5] or "xml"
        name = f"dokumenter/{number:04d}-{_UNSAFE.sub('-', invoice.number)[:40]}.{ending}"
        package.writestr(name, found[1])
        names.append((name, f"{invoice.kind_text} {invoice.number}"))
    return names + _contract_files(package, held)


def _contract_files(package: zipfile.ZipFile, held: Held) -> list[tuple[str, str]]:
    """Add the files of the citizen's contracts: what came in, every version of a draft, what was signed, letters."""
    names = []
    found = chain(
        (("kontraktdokument", *one) for one in document_files(held.reached.get("agreements.agreementdocument", ()))),
        (("kontraktudkast", *one) for one in draft_files(held.reached.get("drafting.contractdraft", ()))),
        (("brev til leverandøren", *one) for one in letter_files(held.reached.get("negotiations.caseletter", ()))),
    )
    for number, (what, name, data) in enumerate(found, start=1):
        kept = f"kontrakter/{number:04d}-{_UNSAFE.sub('-', name)[-60:]}"
        package.writestr(kept, data)
        names.append((kept, f"{what} »{name}«"))
    return names


def _machine_readable(known: Gathered) -> dict[str, Any]:
    told: dict[str, Any] = {table.title: [dict(row) for row in table.rows] for table in known.tables}
    told["Opslag"] = [{"tidspunkt": at.isoformat(), "side": page, "formål": purpose} for at, page, purpose in known.log]
    return told
