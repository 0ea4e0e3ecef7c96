"""A spreadsheet of three people with an error in each row, and how somebody mends them on screen."""

from pathlib import Path

from person import Site

HEAD = "CPR;Borgerens navn;Leverandør;CVR;Paragraf;Ydelse;Pris;Enhed;Start;Slut;Kontraktnr;Underskrevet\n"
ROWS = (
    "{cprs[0]};{names[0]};Solgården ApS;12345674;SEL § 107;ophold;gratis;døgn;01-01-2026;;{contract};\n"
    "{cprs[1]};{names[1]};Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-12-2026;;\n"
    "{cprs[2]};{names[2]};Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-02-2026;;\n"
)
THREE_ERRORS = "3 fejl skal rettes"
NAMES = ("Åse Østergård", "Bjørn Ærø", "Carl Madsen")


def spreadsheet(folder: Path, *, contract: str, names: tuple[str, str, str] = NAMES) -> Path:
    """The price of the first is no price, the second's CPR number lacks digits, the last day of the third is no day."""
    sheet = folder / "botilbud.csv"
    rows = ROWS.format(cprs=("610170-1111", "620280-22", "010190-1115"), names=names, contract=contract)
    sheet.write_text(HEAD + rows, encoding="utf-8")
    return sheet


def hand_in(site: Site, sheet: Path, field: str) -> None:
    """Lay the file before the program, and see what is wrong with it."""
    site.page.set_input_files(field, sheet)
    site.page.get_by_role("button", name="Se, hvad der vil ske").first.click()
    site.page.get_by_text(THREE_ERRORS).wait_for()
    assert site.accessibility_faults() == []
    shown = site.page.locator("table.mend").inner_text()
    for told in ("pris", "cpr", "slut", "Datoen findes ikke i kalenderen."):
        assert told in shown
    assert "1111" not in site.page.locator("main").inner_text(), "CPR numbers that are not to be mended are not shown"


def mend(site: Site) -> None:
    """Put right what is wrong, and see that it is."""
    site.page.get_by_label("Række 2, pris").fill("1.950,00")
    site.page.get_by_label("Række 3, cpr").fill("620280-2222")
    site.page.get_by_label("Række 4, slut").fill("28-02-2026")
    site.page.get_by_role("button", name="Gem rettelserne, og se igen").click()
    site.page.get_by_text("Ingen fejl", exact=True).wait_for()
    assert site.accessibility_faults() == []


def land(site: Site) -> None:
    """Let the mended file in."""
    site.page.get_by_role("button", name="Indlæs", exact=True).click()
    site.page.get_by_text("Det er på plads").wait_for()
    assert site.accessibility_faults() == []
