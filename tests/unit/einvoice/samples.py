"""The documents that the tests read: our own small ones, and the official ones beside the repository."""

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.reader import read_einvoice

_ROOT: Final = Path(__file__).parents[3]
OWN: Final = _ROOT / "tests" / "data" / "einvoices"
_NAMES: Final = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
Change = Callable[[etree._Element], None]


def own_sample(name: str) -> bytes:
    """One of our own small documents, by name without ending."""
    return (OWN / f"{name}.xml").read_bytes()


def changed(name: str, *changes: Change) -> bytes:
    """An own document after some changes."""
    root = etree.fromstring(own_sample(name))
    for change in changes:
        change(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def without(path: str) -> Change:
    """Take away every element at the path."""

    def change(root: etree._Element) -> None:
        found = _at(root, path)
        for element in found:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return change


def with_text(path: str, text: str) -> Change:
    """Write another text in the first element at the path."""

    def change(root: etree._Element) -> None:
        _at(root, path)[0].text = text

    return change


def with_attribute(path: str, name: str, value: str | None) -> Change:
    """Write another attribute on the first element at the path, or take it away."""

    def change(root: etree._Element) -> None:
        element = _at(root, path)[0]
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return change


def with_element(path: str, xml: str) -> Change:
    """Put an element last inside the first one at the path."""

    def change(root: etree._Element) -> None:
        names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
        _at(root, path)[0].append(etree.fromstring(f"<x {names}>{xml}</x>")[0])

    return change


def _at(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=_NAMES)
    assert isinstance(found, list)
    assert found, f"the sample has nothing at {path}"
    return found


def codes(data: bytes) -> set[str]:
    """The codes of everything found in a document."""
    return {finding.code for finding in document_findings(read_einvoice(data))}


@dataclass(frozen=True)
class Official:
    """One official file: which rules it breaks, by the manifest."""

    name: str
    path: Path
    is_valid: bool
    official_errors: frozenset[str]
    expected_rules: frozenset[str]

    def read(self) -> bytes:
        return self.path.read_bytes()


def official_samples() -> list[Official]:
    """Every official file. They lie beside the repository, or in the folder that STYR_SAMPLES names.

    Missing samples fail the test: a green run without them would say nothing about the official rules.
    """
    folder = Path(os.environ.get("STYR_SAMPLES") or _ROOT.parent / "shared" / "samples") / "einvoices"
    manifest = folder / "MANIFEST.tsv"
    if not manifest.is_file():
        pytest.fail(
            f"The official e-invoice samples are missing: expected {manifest}. "
            "Put them there, or let STYR_SAMPLES name the folder that holds einvoices/.",
            pytrace=False,
        )
    with manifest.open(encoding="utf-8", newline="") as file:
        return [_official(row, folder) for row in csv.DictReader(file, delimiter="\t")]


def _official(row: dict[str, str], folder: Path) -> Official:
    return Official(
        name=row["file"],
        path=folder / row["family"] / row["set"] / row["file"],
        is_valid=row["set"] == "valid",
        official_errors=_rules(row["official_errors"]),
        expected_rules=_rules(row["expected_rules"]),
    )


def _rules(text: str) -> frozenset[str]:
    """ "[F-LIB301] Invalid Country…|[F-LIB342] …" and "BR-CO-10|BR-S-08" name their rules in two ways."""
    return frozenset(part.partition("]")[0].strip("[ ") for part in text.split("|") if part.strip())
