"""Every check, on our own documents with one fault put in: the rule's id, where it stands, and how bad it is."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

from styr.invoices.core import document_checks
from styr.invoices.core.document_checks.rule import Rule
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice import faults_of_heads, faults_of_lines, faults_of_totals
from unit.einvoice.fault import Fault
from unit.einvoice.samples import changed

FAULTS = (*faults_of_heads.FAULTS, *faults_of_lines.FAULTS, *faults_of_totals.FAULTS)
# rules that differ by a field or a tax category alone: a few of each family are broken here
_FAMILY = re.compile(r"F-LIB014|BR-DEC-\d\d|BR-[A-Z]+-(?:01|08|10)")


@pytest.mark.parametrize("planted", FAULTS, ids=lambda planted: f"{planted.code}-{planted.sample}")
def test_a_planted_fault_is_found_under_its_rule(planted: Fault) -> None:
    findings = document_findings(read_einvoice(changed(planted.sample, *planted.changes)))
    found = {finding.code: finding for finding in findings}
    assert planted.code in found, f"said instead: {[(f.code, f.message) for f in findings]}"
    finding = found[planted.code]
    assert finding.message.endswith(".")
    assert finding.place.startswith(("/Invoice", "/CreditNote"))


def test_every_rule_is_covered_here() -> None:
    """A rule that nothing breaks in this file would be untested without the official samples."""
    planted = {case.code for case in FAULTS}
    rules = [(where, {*rule.codes.values(), rule.own} - {None}) for where, rule in _every_rule()]
    untested = [(where, ids) for where, ids in rules if not planted & ids]
    assert [entry for entry in untested if not all(_FAMILY.fullmatch(code) for code in entry[1] if code)] == []


def _every_rule() -> Iterator[tuple[str, Rule]]:
    for module in pkgutil.iter_modules(document_checks.__path__):
        found = importlib.import_module(f"{document_checks.__name__}.{module.name}")
        yield from ((module.name, rule) for rule in _rules_in(list(vars(found).values())))


def _rules_in(value: Any) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, dict):
        yield from _rules_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _rules_in(part)
