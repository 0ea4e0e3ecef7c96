"""Bad input, kind by kind: each gives a clear message, is kept where it can be, and the rest goes on."""

import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from styr.integrations.core.problems import Severity
from styr.integrations.core.report import ImportReport
from styr.integrations.core.status import FileStatus

pytestmark = pytest.mark.django_db

Importer = Callable[..., ImportReport]
Query = Callable[[str], list[tuple[Any, ...]]]
UNITS = "enhed_nr;navn;ean\n1;Socialforvaltningen;\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def workbook_with_formula() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["enhed_nr", "navn"], ["7", '="a"&"b"']):
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


INVOICE = (Path(__file__).parents[2] / "data/import/fakturaer/2026-001.xml").read_bytes()
ENTITY_BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'"><!ENTITY d "' + b"&b;" * 1000 + b'">]><Invoice>&d;</Invoice>'
)
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>'
BAD = [
    ("tegnsæt.csv", "enhed_nr;navn\n2;SÃ¸rens hus\n".encode(), "ødelagt"),
    ("tom.csv", b"", "Filen er tom (0 byte)"),
    ("tom.xml", b"", "Filen er tom (0 byte)"),
    ("tom.xlsx", b"", "Filen er tom (0 byte)"),
    ("blank.csv", b"\n\n  \n", "Filen er tom"),
    ("nul.csv", b"enhed_nr;navn\n2;a" + b"\0" * 500, "NUL-tegn"),
    ("forkerte.csv", b"a;b\n1;2\n", "kan ikke genkendes"),
    ("mangler.csv", b"borger_nr;cpr;fornavn;enhed_nr\n1;2;3;4\n", "mangler kolonnen »efternavn«"),
    ("halv.csv", b"enhed_nr;navn\n2;To\n3", "Sidste række stopper efter 1 af 2 felter"),
    ("anf.csv", b'enhed_nr;navn\n2;"To\n3;Tre\n', "aldrig lukket"),
    (
        "dato.csv",
        b"kalender;dato\nfast;2026-02-30\n",
        "række 2, kolonne »dato«, værdi »2026-02-30«: Datoen findes ikke",
    ),
    ("formel.xlsx", workbook_with_formula(), "række 2, kolonne »navn«, værdi »formel«"),
    ("halv.xlsx", workbook_with_formula()[:-300], "beskadiget eller ikke skrevet færdig"),
    ("gammel.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "gammelt Excel-format eller er låst"),
    ("ark.ods", zipped(("mimetype", b"x")), "OpenDocument"),
    ("halv.zip", zipped(("a.csv", b"x"))[:-9], "Arkivet er beskadiget"),
    ("sti.zip", zipped(("../../a.csv", b"x")), "peger ud af arkivet"),
    ("link.zip", zipped((link(), b"/etc/passwd")), "symbolsk link"),
    ("bombe.zip", zipped(("a.xml", b" " * 20_000_000)), "ZIP-bombe"),
    ("indre.zip", zipped(("b.zip", zipped(("a.csv", b"x")))), "Et arkiv inde i et arkiv"),
    ("stor.xml", b"<Invoice>" + b"x" * 30_000_000 + b"</Invoice>", "Filen er for stor"),
    ("entiteter.xml", ENTITY_BOMB, "DOCTYPE"),
    ("ekstern.xml", EXTERNAL, "DOCTYPE"),
    ("dyb.xml", b"<Invoice>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</Invoice>", "flere niveauer"),
    ("halv.xml", INVOICE[: len(INVOICE) // 2], "slutter midt i fakturaen"),
    ("andet.xml", b"<html/>", "hverken en faktura eller en kreditnota"),
    ("tal.xml", INVOICE.replace(b"UTF-8", b"UTF-16", 1), "tegnsæt"),
]


@pytest.mark.parametrize("bad", BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_told_and_the_rest_of_the_file_set_lands(
    tmp_path: Path, bring_in: Importer, seen: Query, bad: tuple[str, bytes, str]
) -> None:
    name, data, said = bad
    (tmp_path / name).write_bytes(data)
    (tmp_path / "aa.csv").write_text(UNITS)
    (tmp_path / "zz.xml").write_bytes(INVOICE)
    report = bring_in(tmp_path)
    errors = [problem for problem in report.problems if problem.severity is Severity.ERROR]
    assert len(errors) == 1
    assert errors[0].sentence().startswith(name)
    assert said in errors[0].sentence()
    assert "/etc/passwd" not in errors[0].sentence()
    assert report.files[FileStatus.LANDED] == 2
    assert report.invoices == 1
    assert seen("SELECT count(*) FROM integrations_importproblem WHERE severity = 'error'") == [(1,)]
    assert bring_in(tmp_path).files[FileStatus.FAILED] == 1
    assert seen("SELECT count(*) FROM integrations_importfile") == [(3,)]


def test_the_good_members_of_an_archive_land_beside_its_bad_ones(
    tmp_path: Path, bring_in: Importer, seen: Query
) -> None:
    (tmp_path / "pakke.zip").write_bytes(
        zipped(
            ("registre/enheder.csv", UNITS.encode()),
            ("../ud.csv", b"x"),
            ("fakturaer/1.xml", INVOICE),
            ("læs.pdf", b"%PDF"),
        )
    )
    report = bring_in(tmp_path / "pakke.zip")
    assert report.files == {FileStatus.LANDED: 2, FileStatus.FAILED: 1, FileStatus.SKIPPED: 1}
    names = seen("SELECT name FROM integrations_importfile ORDER BY name")
    assert names == [("pakke.zip/../ud.csv",), ("pakke.zip/fakturaer/1.xml",), ("pakke.zip/registre/enheder.csv",)]


def test_what_systems_leave_behind_is_passed_over_in_silence(tmp_path: Path, bring_in: Importer) -> None:
    for name in ("~$enheder.xlsx", ".DS_Store", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    report = bring_in(tmp_path)
    assert (report.files, report.problems) == ({}, ())


def test_a_missing_path_a_pipe_and_a_link_out_of_the_folder_are_told(tmp_path: Path, bring_in: Importer) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    os.mkfifo(folder / "rør.csv")
    (tmp_path / "hemmelig.csv").write_text(UNITS)
    (folder / "genvej.csv").symlink_to(tmp_path / "hemmelig.csv")
    (folder / "død.csv").symlink_to(folder / "findes-ikke.csv")
    report = bring_in(folder, tmp_path / "væk")
    said = sorted(problem.sentence() for problem in report.problems)
    assert [text.split(": ")[1].split(".")[0] for text in said] == [
        "Filen eller mappen findes ikke",
        "Filen kan ikke åbnes",
        "Filen er en genvej (symbolsk link), der peger ud af mappen",
        "Dette er ikke en almindelig fil",
    ]
    assert report.files == {FileStatus.FAILED: 4}


def test_a_file_that_is_gone_or_locked_before_it_is_read_is_told(
    tmp_path: Path, bring_in: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from styr.integrations import sources

    (tmp_path / "enheder.csv").write_text(UNITS)

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources.SourceReader, "_file", refuse)
    [problem] = bring_in(tmp_path).problems
    assert problem.sentence().startswith("enheder.csv: Filen kan ikke åbnes: programmet har ikke adgang.")


def test_no_citizen_number_reaches_the_journal_in_clear(tmp_path: Path, bring_in: Importer, seen: Query) -> None:
    (tmp_path / "udtræk 610101-4321.csv").write_text("kalender;dato\n610101-4321;610101-4321\n")
    bring_in(tmp_path)
    [(text,)] = seen(
        "SELECT string_agg(to_jsonb(f)::text || to_jsonb(p)::text || to_jsonb(r)::text, ' ') "
        "FROM integrations_importproblem p "
        "JOIN integrations_importfile f ON f.id = p.file_id JOIN integrations_importrun r ON r.id = f.run_id"
    )
    assert "4321" not in text.replace("•", "")
    assert "610101-••••" in text
