"""Whatever a control finds, its page leads to where it can be acted upon."""

from uuid import uuid4

from django.urls import resolve, reverse

from styr.access.web.rules import rule_of
from styr.controls.core.registry import REGISTRY
from styr.workspace.core.leads import About, leads_of

OWN_PAGE = ("citizen_id", "supplier_id", "grant_id", "contract_id", "invoice_id")
NO_PAGE = {"trip", "settlement", "ride_place", "payment", "case_grant"}
"""What a finding may be about that is none of the things it names by their ids."""


def test_every_control_s_findings_lead_to_a_page_that_exists_and_asks_for_the_right_told() -> None:
    for registered in REGISTRY:
        control = registered.control
        held = {name: uuid4() for name in registered.links if name in About.__dataclass_fields__}
        about = About(uuid4(), control.code, control.subject_kind.value, uuid4(), **held)
        leads = leads_of(about, {"external_no": "T-1", "account": "5.38.52"})
        assert leads or control.subject_kind.value not in NO_PAGE, control.code
        assert leads or any(name in OWN_PAGE for name in registered.links), control.code
        for lead in leads:
            rule = rule_of(resolve(reverse(lead.url_name, args=lead.given)).func)
            assert rule is not None
            assert rule.read is lead.needs, (control.code, lead)
        assert len({lead.title for lead in leads}) == len(leads)


def test_titles_tell_controls_apart() -> None:
    titles = [control.title for control in REGISTRY.controls]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_a_payment_leads_to_its_postings_and_to_the_reconciliation() -> None:
    citizen, finding = uuid4(), uuid4()
    about = About(finding, "account_misused", "payment", uuid4(), citizen_id=citizen)
    first, second = leads_of(about, {"account": "5.38.52.1"})
    assert (first.url_name, first.given) == ("reconciliation_difference", (finding,))
    assert (second.url_name, second.query) == ("postings", f"borger={citizen}&konto=538521")
