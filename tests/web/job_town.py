"""The municipality of `invoice_town`, where ten invoices of 2026 are wrong, nearly each in its own way."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import psycopg

from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.access.services import NewUser, create_user
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything

from .invoice_town import FILES, NOW, TOWN, invoice

SINCE = NOW.date().replace(year=2020)
LINE = '</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="DKK">{}.00'
_TAX = "<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
EXTRA = f"""<cac:InvoiceLine>
    <cbc:ID>2</cbc:ID><cbc:InvoicedQuantity unitCode="HUR">5{LINE.format(2000)}</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Ledsagelse</cbc:Name><cac:ClassifiedTaxCategory>{_TAX}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="DKK">400.00</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
</Invoice>"""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An invoice of a month: the key that is pressed for it, what it is told to be wrong with it, and what is."""

    month: int
    act: str
    told: str
    changes: tuple[tuple[str, str], ...] = ()
    dearer: int = 0

    @property
    def number(self) -> str:
        """The invoice's number."""
        return f"2026-1{self.month:02d}"

    @property
    def outcome(self) -> str:
        """The decision that the key makes."""
        return {"a": "rejected", "g": "approved", "s": "asked", "v": "waiting"}[self.act]

    def xml(self) -> bytes:
        """The document."""
        text = invoice(self.month, dearer=self.dearer).decode()
        for old, new in self.changes:
            assert old in text, old
            text = text.replace(old, new)
        return text.encode()


WRONG = (
    Wrong(1, "a", "prisen er 2.050,00 kr. pr. døgn, men aftalt er 1.950,00 kr.", dearer=100),
    Wrong(2, "g", "prisen er 2.050,00 kr. pr. døgn, men aftalt er 1.950,00 kr.", dearer=100),
    Wrong(3, "a", "der er krævet 34 døgn, men bevilget er 31", (('"DAY">31<', '"DAY">34<'), ("60450.00", "66300.00"))),
    Wrong(4, "g", "prisen er 1.850,00 kr. pr. døgn, men aftalt er 1.950,00 kr.", dearer=-100),
    Wrong(
        5, "v", "for en ydelse, som hverken bevilling B1000001-2 eller kontrakten indeholder",
        (("60450.00", "62450.00"), (LINE.format(62450), LINE.format(60450)), ("</Invoice>", EXTRA)),
    ),
    Wrong(6, "s", "EAN", (("5798000000117", "5798000000131"),)),
    Wrong(7, "a", "der kræves for dage uden for den", (("2026-07-01", "2025-12-01"), ("2026-07-31", "2025-12-31"))),
    Wrong(
        # Of one that waits: a rejected one asks for no days any more, once the worker has been there.
        8, "a", "de samme dage er allerede krævet på faktura 2026-105",
        (("2026-08-01", "2026-05-01"), ("2026-08-31", "2026-05-31")),
    ),
    Wrong(9, "s", "ingen oplysning på fakturaen findes i registrene", (("B1000001-2", "B1000009-4"),)),
    Wrong(10, "a", "betalingskontoen er ikke registreret", (("DK5000400440116243", "DK5000400440116299"),)),
)  # fmt: skip


def build(folder: Path, administrator: psycopg.Connection, password: str) -> Municipality:
    """Import the files, control them, and let in someone who both decides invoices and grants help."""
    administrator.execute(
        "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [TOWN.id, TOWN.code, TOWN.name],
    )
    copytree(FILES, folder, ignore=ignore_patterns("README.md", "*.xml", "fravær.csv"))
    suppliers = folder / "leverandører.csv"
    suppliers.write_text(suppliers.read_text("utf-8").replace("1234-0001234567", "0040-0440116243"), "utf-8")
    for wrong in WRONG:
        (folder / "fakturaer" / f"{wrong.month}.xml").write_bytes(wrong.xml())
    import_paths(paths=[folder], municipality_id=TOWN.id, actor="test", now=NOW, processes=0)
    with service_scope(TOWN.id, "test"):
        control_everything(municipality_id=TOWN.id, today=NOW.date(), now=NOW)
        roles = [(Role.ECONOMIST, None), (Role.CASEWORKER, None)]
        person = NewUser("karen", "Karen Vig", password)
        create_user(municipality_id=TOWN.id, person=person, roles=roles, starts=SINCE)
    return TOWN
