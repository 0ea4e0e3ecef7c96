"""Somebody who is not there, with a certificate made for the test, and the PDF files that they sign."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

_FROM, _TO = datetime(2020, 1, 1), datetime(2060, 1, 1)  # noqa: DTZ001 - a certificate's own days


@dataclass(frozen=True)
class Signer:
    """The certificate (PEM), and the folder that holds it with its key."""

    folder: Path
    certificate: str

    def sign(self, pdf: bytes, field: str = "Leverandør") -> bytes:
        """The PDF with a signature added."""
        held = signers.SimpleSigner.load(str(self.folder / "key.pem"), str(self.folder / "certificate.pem"))
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        metadata = signers.PdfSignatureMetadata(field_name=field)
        with ThreadPoolExecutor(1) as apart:  # it starts a loop of its own, and a browser's test has one already
            done = apart.submit(signers.sign_pdf, writer, metadata, signer=held).result()
        return bytes(done.getvalue())


def make_signer(folder: Path, name: str = "Karen Prøve", organisation: str = "Bostedet Engen ApS") -> Signer:
    """A key and a certificate that vouches for itself."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(5).not_valid_before(_FROM).not_valid_after(_TO)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    return Signer(folder, made.public_bytes(pem).decode())


def turned(pdf: bytes) -> bytes:
    """The PDF changed after it was signed: its first page lies on its side."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def damaged(pdf: bytes) -> bytes:
    """The PDF with one bit of its content turned over."""
    at = pdf.find(b"stream") + 60
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
