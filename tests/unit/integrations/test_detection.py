import pytest

from styr.integrations.core.detection import FileKind, detect
from styr.integrations.core.problems import safe_name, shown


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.xml", b"<?xml", FileKind.XML),
        ("uden-endelse", b'\xef\xbb\xbf<?xml version="1.0"?>', FileKind.XML),
        ("utf16", b"\xff\xfe<\0?\0x\0m\0l\0", FileKind.XML),
        ("a.csv", b"x;y", FileKind.CSV),
        ("a.txt", b"x;y", FileKind.CSV),
        ("a.csv", b"PK\x03\x04", FileKind.ARCHIVE),
        ("a.xlsx", b"PK\x03\x04", FileKind.XLSX),
        ("a.xlsx", b"ikke excel", FileKind.XLSX),
        ("a.ods", b"PK\x03\x04", FileKind.OPEN_DOCUMENT),
        ("a.xls", b"\xd0\xcf\x11\xe0", FileKind.OLD_OFFICE),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", FileKind.OLD_OFFICE),
        ("a.csv", b"", FileKind.EMPTY),
        ("a.pdf", b"%PDF", FileKind.OTHER),
        ("~$borgere.xlsx", b"x", FileKind.QUIET),
        ("__MACOSX/._a.xml", b"<?xml", FileKind.QUIET),
        ("mappe/.DS_Store", b"x", FileKind.QUIET),
    ],
)
def test_a_file_is_told_by_its_bytes_and_then_by_its_name(name: str, head: bytes, kind: FileKind) -> None:
    assert detect(name, head) is kind


def test_what_is_shown_of_a_value_never_holds_a_cpr_number_or_control_characters() -> None:
    assert shown("sag 610101-4321 og 6101014321\x07") == "sag 610101-•••• og 610101-••••�"
    assert shown("12345", secret=True) == "••••"
    assert len(shown("x" * 500)) == 60
    assert safe_name("faktura_6101014321.xml") == "faktura_610101-••••.xml"
