"""Twelve citizens at Solgården, and one invoice for them all: the third is charged too dear, the seventh too long."""

import re
from pathlib import Path

from styr.kernel.grant_number import GrantNumber

FILES = Path(__file__).parents[1] / "data" / "import"
NUMBER, PEOPLE = "SAML-1", 12
GRANTS = [str(GrantNumber(1_000_100 + at)) for at in range(PEOPLE)]
_ADDED = {
    "kontrakter.csv": ["K-2026-0100;ramme;L1;T1;;SEL § 107;01-01-2026;;30;underskrevet;15-12-2025;14;50;"],
    "kontraktlinjer.csv": ["K-2026-0100;1;basis;ophold;døgn;;;;"],
    "kontrakttakster.csv": ["K-2026-0100;1;01-01-2026;;1.000,00"],
    "borgere.csv": [
        f"{2001 + at};{at + 1:02d}0575-{1111 + 2 * at};Navn{at + 1};Nummer;Vej {at + 1};4000;Roskilde;;;265;265;11;;;"
        for at in range(PEOPLE)
    ],
    "bevillinger.csv": [
        f"{number};;{2001 + at};SEL § 107;bevilget;01-01-2026;;11;Mette Holm;5385211234012341;;K-2026-0100;T1;L1"
        for at, number in enumerate(GRANTS)
    ],
    "bevillingsydelser.csv": [f"{number};1;ophold;døgn;1;dag;1;1;;;" for number in GRANTS],
}


def crowd(folder: Path) -> None:
    """Put the twelve and their invoice among the files."""
    for name, rows in _ADDED.items():
        path = folder / name
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + "\n".join(rows) + "\n", "utf-8")
    (folder / "fakturaer" / "saml.xml").write_text(_invoice(), "utf-8")


def _invoice() -> str:
    text = (FILES / "fakturaer" / "2026-001.xml").read_text("utf-8")
    line = re.search(r"  <cac:InvoiceLine>.*</cac:InvoiceLine>\n", text, re.DOTALL)
    assert line is not None
    lines, total = [], 0
    for at, number in enumerate(GRANTS):
        price, days = 1000 + 50 * (at == 2), 31 + 3 * (at == 6)
        total += price * days
        own = line[0].replace("<cbc:ID>1</cbc:ID>", f"<cbc:ID>{at + 1}</cbc:ID>", 1).replace(">31<", f">{days}<")
        own = own.replace("60450.00", f"{price * days:.2f}").replace("1950.00", f"{price:.2f}")
        lines.append(own.replace("Ophold, januar 2026", f"Ophold, januar 2026, bevilling {number}"))
    text = text.replace(line[0], "").replace("60450.00", f"{total:.2f}").replace("2026-001", NUMBER)
    text = text.replace("  <cac:OrderReference><cbc:ID>B1000001-2</cbc:ID></cac:OrderReference>\n", "")
    return text.replace("</Invoice>", "".join(lines) + "</Invoice>")
