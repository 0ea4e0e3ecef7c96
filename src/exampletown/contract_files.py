"""A handful of contracts as files, as suppliers send them: PDF, scan, Word, mail; some with wordings that are a risk.

They are invented from the true state of the town and written to `<folder>-kontrakter`, beside the registers.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from docx import Document

from exampletown.contract_text import WORDINGS, contract_pages
from exampletown.key import write_rows
from exampletown.text_pdf import text_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from exampletown.model import Contract, Town

COLUMNS = ("file", "contract", "form", "planted")
_FORMS = ("pdf", "scan", "word", "pdf", "mail", "two", "scan", "word")
DOTS = 150


@dataclass(frozen=True, slots=True)
class ContractFile:
    """A file with its name, the contract it is about, and the names of the risky wordings in it."""

    name: str
    contract: str
    form: str
    planted: tuple[str, ...]
    data: bytes


def files_folder_of(folder: Path) -> Path:
    """`town` → `town-kontrakter`, beside it; handed in by people, never imported."""
    return folder.with_name(f"{folder.name}-kontrakter")


def write_contract_files(folder: Path, town: Town, *, seed: int, key_folder: Path) -> list[ContractFile]:
    """Write the files into their folder and what was planted into `contracts.csv` of the key; returns them."""
    made = contract_files(town, seed=seed)
    beside = files_folder_of(folder)
    beside.mkdir(parents=True, exist_ok=True)
    for one in made:
        (beside / one.name).write_bytes(one.data)
    write_rows(
        key_folder / "contracts.csv",
        COLUMNS,
        [(one.name, one.contract, one.form, "|".join(one.planted)) for one in made],
    )
    return made


def contract_files(town: Town, *, seed: int) -> list[ContractFile]:
    """Files of signed individual contracts, one of each form in turn; the same for the same town and seed."""
    rng = Random(f"{seed}/contract files")
    signed = [one for one in town.contracts if one.citizen is not None and one.status == "underskrevet"]
    chosen = rng.sample(signed, min(len(_FORMS) + 1, len(signed)))
    made = []
    for at, (form, contract) in enumerate(zip(_FORMS, chosen, strict=False)):
        planted = tuple(sorted(rng.sample(sorted(WORDINGS), at % 4)))
        other = chosen[-1]
        name, data = _WRITERS[form](contract, planted, other)
        made.append(ContractFile(name, contract.number, form, planted, data))
    return made


def _pdf(contract: Contract, planted: Sequence[str], _other: Contract) -> tuple[str, bytes]:
    return f"{contract.number}.pdf", text_pdf(contract_pages(contract, planted))


def _scan(contract: Contract, planted: Sequence[str], _other: Contract) -> tuple[str, bytes]:
    """A picture of each page, a little askew and grey, as a copying machine gives it."""
    document = pypdfium2.PdfDocument(text_pdf(contract_pages(contract, planted)))
    pages = []
    for at, page in enumerate(document):
        picture = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
        pages.append(
            picture.rotate(0.6 if at % 2 else -0.8, fillcolor=250).point([min(250, 18 + tone) for tone in range(256)])
        )
    document.close()
    written = BytesIO()
    pages[0].save(written, format="PDF", save_all=True, append_images=pages[1:], resolution=DOTS)
    return f"scan {contract.number}.pdf", written.getvalue()


def _word(contract: Contract, planted: Sequence[str], _other: Contract) -> tuple[str, bytes]:
    word = Document()
    for at, page in enumerate(contract_pages(contract, planted)):
        for number, line in enumerate(page):
            word.add_paragraph(line).paragraph_format.page_break_before = bool(at and not number)
    written = BytesIO()
    word.save(written)
    return f"Aftale {contract.number}.docx", written.getvalue()


def _mail(contract: Contract, planted: Sequence[str], other: Contract) -> tuple[str, bytes]:
    name, data = _pdf(contract, planted, other)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "kontor@leverandoer.example", "kontrakt@kommune.example"
    mail["Subject"], mail["Date"] = f"Kontrakt {contract.number}", "Mon, 02 Nov 2026 10:12:00 +0100"
    mail.set_content("Hermed den kontrakt, I har bedt om.\n\nVenlig hilsen\n" + contract.supplier.name)
    mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    mail.set_boundary("=_exampletown")
    return f"Sv. kontrakt {contract.number}.eml", mail.as_bytes()


def _two(contract: Contract, planted: Sequence[str], other: Contract) -> tuple[str, bytes]:
    """Two contracts in one file, as an archive was scanned."""
    pages = [*contract_pages(contract, planted), *contract_pages(other, ())]
    supplier = contract.supplier.name.replace("/", "-")  # "I/S" is a usual form of company, and no folder
    return f"Kontrakter {supplier}.pdf", text_pdf(pages)


_WRITERS: dict[str, Callable[[Contract, Sequence[str], Contract], tuple[str, bytes]]] = {
    "pdf": _pdf,
    "scan": _scan,
    "word": _word,
    "mail": _mail,
    "two": _two,
}
