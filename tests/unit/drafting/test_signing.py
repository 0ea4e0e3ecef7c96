"""What a signed file's signatures are worth, told plainly; the files are made here, by somebody who is not there."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from signing import Signer, damaged, make_signer, turned
from styr.drafting.core.codes import Standing
from styr.drafting.core.signing.apart import UnreadableSignatureError, signatures_of
from styr.drafting.core.signing.verdict import standing_of


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(Path(tmp_path_factory.mktemp("signer")))


@pytest.fixture(scope="module")
def signed(signer: Signer) -> bytes:
    document, written = pypdfium2.PdfDocument.new(), BytesIO()
    page = document.new_page(595, 842)
    page.gen_content()
    document.save(written)
    return signer.sign(written.getvalue())


def test_a_signature_by_a_trusted_issuer_is_valid(signer: Signer, signed: bytes) -> None:
    found = signatures_of(signed, roots=[signer.certificate])
    assert standing_of(found) is Standing.VALID
    assert found[0].sentence().startswith("Underskrevet af Karen Prøve, Bostedet Engen ApS ")
    assert "uændret siden" in found[0].sentence()


def test_an_issuer_that_nobody_trusts_is_told(signed: bytes) -> None:
    found = signatures_of(signed)
    assert standing_of(found) is Standing.UNKNOWN_ISSUER
    assert "Karen Prøve, er ikke på kommunens liste" in found[0].sentence()


def test_a_file_that_was_changed_afterwards_is_broken(signer: Signer, signed: bytes) -> None:
    found = signatures_of(turned(signed), roots=[signer.certificate])
    assert standing_of(found) is Standing.BROKEN
    assert found[0].sentence().endswith("men filen er ændret efter underskriften.")


def test_two_signatures_are_both_looked_at(signer: Signer, signed: bytes, tmp_path: Path) -> None:
    second = make_signer(tmp_path, "Lone Kommune", "Hvidbjerg Kommune")
    found = signatures_of(second.sign(signed, "Kommunen"), roots=[signer.certificate])
    assert [one.trusted for one in found] == [True, False]
    assert standing_of(found) is Standing.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 x", b"", b"%PDF-1.7\n" + bytes(range(256)) * 40], ids=["cut", "empty", "noise"]
)
def test_what_is_no_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableSignatureError, match=r"kan ikke læses|kunne ikke læses"):
        signatures_of(data)


def test_without_a_signature_there_is_none(signed: bytes) -> None:
    document, written = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(595, 842)
    document.save(written)
    assert standing_of(signatures_of(written.getvalue())) is Standing.UNSIGNED
    assert signed


def test_a_turned_bit_is_seen(signer: Signer, signed: bytes) -> None:
    assert standing_of(signatures_of(damaged(signed), roots=[signer.certificate])) is Standing.BROKEN
