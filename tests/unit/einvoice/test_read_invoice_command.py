"""`styr read-invoice`: JSON lines in their fixed shape, every file answered for, no database."""

import json
import tracemalloc
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from styr.invoices.management.invoice_files import read_files
from unit.einvoice.samples import OWN, changed, own_sample, with_text


def read(*paths: Path, json_lines: bool = True) -> tuple[str, int]:
    """The command's output and exit status."""
    out, status = StringIO(), 0
    try:
        call_command("read_invoice", *map(str, paths), json=json_lines, stdout=out)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    return out.getvalue(), status


def objects(*paths: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read(*paths)[0].splitlines()]


def test_one_object_a_line_with_its_keys_in_order() -> None:
    [invoice] = objects(OWN / "peppol3-faktura.xml")
    assert list(invoice) == [
        "file",
        "format",
        "kind",
        "number",
        "issue_date",
        "due_date",
        "currency",
        "supplier",
        "buyer",
        "references",
        "accounting_cost",
        "period",
        "totals",
        "lines",
        "findings",
    ]
    assert list(invoice["supplier"]) == ["cvr", "name", "endpoint"]
    assert list(invoice["buyer"]) == ["name", "endpoint"]
    assert list(invoice["references"]) == ["order", "contract", "buyer", "project"]
    assert list(invoice["totals"]) == ["net", "tax", "payable"]
    assert list(invoice["lines"][0]) == ["id", "text", "quantity", "unit", "unit_price", "net", "period"]


def test_decimals_are_strings_dates_iso_and_what_is_absent_null() -> None:
    [invoice] = objects(OWN / "oioubl2-faktura.xml")
    assert invoice["format"] == "oioubl2"
    assert invoice["kind"] == "invoice"
    assert invoice["issue_date"] == "2026-10-01"
    assert invoice["totals"] == {"net": "63450.00", "tax": "0.00", "payable": "63450.00"}
    assert invoice["supplier"] == {"cvr": "29100004", "name": "Bostedet Lyngvænget", "endpoint": "DK29100004"}
    assert invoice["references"]["buyer"] is None
    assert invoice["period"] == {"start": None, "end": None}
    assert invoice["lines"][1] == {
        "id": "2",
        "text": "Ledsagelse",
        "quantity": "2.5",
        "unit": "HUR",
        "unit_price": "300.00",
        "net": "750.00",
        "period": {"start": None, "end": None},
    }
    assert invoice["findings"] == []


def test_a_period_ends_with_its_last_day() -> None:
    [invoice] = objects(OWN / "peppol3-faktura.xml")
    assert invoice["period"] == {"start": "2026-09-01", "end": "2026-09-30"}


def test_findings_have_code_severity_and_message(tmp_path: Path) -> None:
    file = tmp_path / "f.xml"
    file.write_bytes(changed("peppol3-faktura", with_text("//cbc:PayableAmount", "1.00")))
    [finding] = objects(file)[0]["findings"]
    assert list(finding) == ["code", "severity", "message"]
    assert (finding["code"], finding["severity"]) == ("BR-CO-16", "fatal")
    assert "1,00" in finding["message"]
    assert "10.600,00" in finding["message"]


def test_an_unreadable_file_is_answered_for_and_the_others_are_still_read(tmp_path: Path) -> None:
    broken, missing, good = tmp_path / "a.xml", tmp_path / "findes-ikke.xml", tmp_path / "z.xml"
    broken.write_bytes(own_sample("oioubl2-faktura")[:500])
    good.write_bytes(own_sample("oioubl2-faktura"))
    out, status = read(broken, missing, good)
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert status == 1
    assert list(first) == list(second) == ["file", "error"]
    assert list(first["error"]) == ["code", "message"]
    assert (first["error"]["code"], second["error"]["code"]) == ("truncated", "unreadable_file")
    assert third["number"] == "LV-1001"


def test_all_files_readable_is_status_0() -> None:
    assert read(OWN)[1] == 0


def test_folders_are_walked_for_xml_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.XML", "1.xml", "læs mig.txt"):
        (tmp_path / name).write_bytes(own_sample("oioubl2-faktura"))
    assert [Path(found["file"]).name for found in objects(tmp_path)] == ["1.xml", "2.XML"]


def test_people_get_a_few_lines_in_danish(tmp_path: Path) -> None:
    broken = tmp_path / "tom.xml"
    broken.touch()
    text, status = read(OWN / "oioubl2-faktura.xml", broken, json_lines=False)
    assert status == 1
    assert "Faktura LV-1001 · OIOUBL 2" in text
    assert "63.450,00 + moms 0,00 · til betaling 63.450,00 DKK" in text
    assert "30 DAY × 2.100,00" in text
    assert "Ingen fejl fundet." in text
    assert "KAN IKKE LÆSES (empty)" in text


def test_many_files_are_read_one_at_a_time(tmp_path: Path) -> None:
    """Memory is that of one file, however many there are."""
    big = own_sample("peppol3-faktura").replace(b"</Invoice>", b"<!--" + b"x" * 1_000_000 + b"--></Invoice>")
    for number in range(30):
        (tmp_path / f"{number:02}.xml").write_bytes(big)
    tracemalloc.start()
    read_so_far = sum(1 for _ in read_files([tmp_path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read_so_far == 30
    assert peak < 5_000_000


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_not_read_for_ever(path: str) -> None:
    assert objects(Path(path))[0]["error"]["code"] == "unreadable_file"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "stor.xml"
    with file.open("wb") as sparse:
        sparse.truncate(30 << 20)
    assert objects(file)[0]["error"]["code"] == "too_large"


def test_a_name_that_no_file_can_have_is_an_unreadable_file() -> None:
    assert objects(Path("x" * 5000))[0]["error"]["code"] == "unreadable_file"
