"""Against the official files: valid ones read right and clean, nine of ten planted faults found by their rule."""

from decimal import Decimal

import pytest
from lxml import etree

from styr.invoices.core.document_checks.finding import Severity
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.model import Format
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.samples import Official, official_samples

_BAD = {Severity.FATAL, Severity.ERROR}


@pytest.fixture(scope="module")
def samples() -> list[Official]:
    return official_samples()


def test_every_official_file_is_read(samples: list[Official]) -> None:
    assert len(samples) == 131
    formats = {read_einvoice(sample.read()).format for sample in samples}
    assert formats == set(Format)


def test_valid_files_give_the_totals_that_the_document_states(samples: list[Official]) -> None:
    """An obvious slow reading by XPath beside ours: net, tax and payable of every valid file."""
    for sample in samples:
        if sample.is_valid:
            invoice = read_einvoice(sample.read())
            ours = (invoice.totals.net, invoice.totals.tax, invoice.totals.payable)
            assert ours == _totals_by_xpath(sample, is_oioubl2=invoice.format is Format.OIOUBL2), sample.name


def _totals_by_xpath(sample: Official, *, is_oioubl2: bool) -> tuple[Decimal, Decimal, Decimal]:
    root = etree.parse(sample.path).getroot()

    def amount(path: str) -> Decimal:
        return Decimal(str(root.xpath(f"string({path})")) or "0")

    total = "*[local-name()='LegalMonetaryTotal']/*[local-name()='{}']"
    payable = amount(total.format("PayableAmount"))
    if is_oioubl2:
        tax = amount(total.format("TaxExclusiveAmount"))
        rounding = amount(total.format("PayableRoundingAmount"))
        return amount(total.format("TaxInclusiveAmount")) - tax - rounding, tax, payable
    currency = root.xpath("string(*[local-name()='DocumentCurrencyCode'])")
    tax = amount(f"*[local-name()='TaxTotal']/*[local-name()='TaxAmount'][@currencyID='{currency}']")
    return amount(total.format("TaxExclusiveAmount")), tax, payable


def test_valid_files_give_no_false_error(samples: list[Official]) -> None:
    """What we call fatal or an error on a valid file, the official rules call an error too."""
    false = [
        (sample.name, finding.code, finding.message)
        for sample in samples
        if sample.is_valid
        for finding in document_findings(read_einvoice(sample.read()))
        if finding.severity in _BAD and finding.code not in sample.official_errors
    ]
    assert false == []


def test_nine_of_ten_planted_faults_are_found_by_their_rule(
    samples: list[Official], capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = [sample for sample in samples if not sample.is_valid]
    found = {sample.name: _bad_codes(sample) for sample in faulty}
    missed = [sample.name for sample in faulty if not found[sample.name]]
    by_rule = [sample for sample in faulty if found[sample.name] & sample.expected_rules]
    share, share_by_rule = 1 - len(missed) / len(faulty), len(by_rule) / len(faulty)
    with capsys.disabled():
        print(f"\nplanted faults: {len(faulty)}, found {share:.1%}, by the official rule's id {share_by_rule:.1%}")  # noqa: T201  the figure is the point
        if missed:
            print("missed: " + ", ".join(missed))  # noqa: T201  the same
    assert share >= 0.9, missed
    assert share_by_rule >= 0.9, [sample.name for sample in faulty if sample not in by_rule]


def _bad_codes(sample: Official) -> set[str]:
    return {finding.code for finding in document_findings(read_einvoice(sample.read())) if finding.severity in _BAD}


def test_official_errors_of_otherwise_valid_files_are_found_too(samples: list[Official]) -> None:
    unseen = [
        (sample.name, rule)
        for sample in samples
        if sample.is_valid
        for rule in sample.official_errors - {f.code for f in document_findings(read_einvoice(sample.read()))}
    ]
    assert unseen == []
