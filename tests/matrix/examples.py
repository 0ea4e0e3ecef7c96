"""What stands in the addresses of the matrix: a thing for every parameter. Adding a page takes at most one line here.

`PARAMETERS` says which thing of `world.THINGS` a parameter of that name is; an address whose parameter is unusual, or
means something else there, has a line of its own in `ADDRESSES`, under its URL name: a thing's name, or `Word("…")`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands in an address as it is; unless it is `sure` that there is such a thing, 404 is right too."""

    text: str
    sure: bool = True


PARAMETERS: dict[str, str] = {
    "citizen_id": "citizen",
    "guardian_id": "guardian",
    "consent_id": "consent",
    "grant_id": "grant",
    "absence_id": "absence",
    "contract_id": "contract",
    "invoice_id": "invoice",
    "finding_id": "finding",
    "supplier_id": "supplier",
    "run_id": "import_run",
    "upload_id": "upload",
    "user_id": "user",
    "unit_id": "unit",
    "decision_id": "decision",
    "question_id": "question",
    "follow_up_id": "follow_up",
    "letter_id": "letter",
    "filter_id": "saved_filter",
    # Made by acts of many steps: here it is enough that nobody finds what is not there.
    "key_id": "nothing",
    "asked_id": "nothing",
    "document_id": "nothing",
    "field_id": "nothing",
    "clause_id": "nothing",
    "account_id": "nothing",
    "erasure_id": "nothing",
    "request_id": "nothing",
    "notice_id": "nothing",
    "rule_id": "nothing",
    "calendar_id": "nothing",
    "payment_id": "nothing",
    "file_id": "nothing",
    "member_id": "nothing",
    "claim_id": "nothing",
    "case_id": "nothing",
    "round_id": "nothing",
    "action_id": "nothing",
    "scenario_id": "nothing",
    "change_id": "nothing",
    "negotiation_id": "nothing",
    "version_id": "nothing",
    "provision_id": "nothing",
    "mapping_id": "nothing",
    "draft_id": "nothing",
    "template_id": "nothing",
    "template_version_id": "nothing",
    "payer_period_id": "nothing",
    "taken_id": "nothing",
    "duty_id": "nothing",
    "delivery_id": "nothing",
    "meeting_id": "nothing",
    "initiative_id": "nothing",
    "catalogue_id": "nothing",
    "step_id": "nothing",
    "risk_id": "nothing",
    "dependency_id": "nothing",
}
ADDRESSES: dict[str, dict[str, str | Word]] = {
    "budget_line": {"line_id": "nothing"},
    "budget_line_note": {"line_id": "nothing"},
    "budget_version_act": {"name": Word("send")},
    "budget_version_decide": {"name": Word("godkend")},
    "agreement_page": {"number": Word("1", sure=False)},
    "contract_price": {"line_id": "contract_line"},
    "payment_send_again": {"line_id": "nothing"},
    "contract_line_remove": {"line_id": "contract_line"},
    "economy_index": {"year": Word("2027", sure=False)},
    "economy_index_remove": {"year": Word("2027", sure=False)},
    "grant_act": {"name": Word("stop")},
    "grant_effect": {"name": Word("stop")},
    "import_error_file": {"upload_id": "nothing"},
    "economy_unit": {"unit_id": "nothing"},
    "intermunicipal_raise": {"citizen_id": "nothing"},
    "import_mapping_use": {"number": Word("1", sure=False)},
    "rule_kind": {"what": Word("overgange")},
    "rule_end": {"what": Word("overgange")},
    "rule_check": {"what": Word("overgange")},
    "reconciliation_difference": {"finding_id": "nothing"},
    "reconciliation_draft": {"finding_id": "nothing"},
    "reconciliation_effect": {"finding_id": "nothing"},
    "reconciliation_take_over": {"finding_id": "nothing"},
    "section_own": {"code": Word("SEL-107")},
    "service_own": {"code": Word("ophold")},
    "draft_act": {"name": Word("send")},
    "draft_file": {"number": Word("1", sure=False), "what": Word("hent")},
    "draft_version": {"number": Word("1", sure=False)},
    "section_term": {"code": Word("SEL-107")},
    "service_term": {"code": Word("ophold")},
    "help_guide": {"slug": Word("intet", sure=False)},
    "invoice_file": {"number": Word("1", sure=False)},
    "invoice_file_page": {"number": Word("1", sure=False), "side": Word("1", sure=False)},
    "invoices_undo_together": {"stamp": Word("1", sure=False)},
    "user_key_new": {"user_id": "nothing"},
    "saml": {"code": Word("000", sure=False)},
    "saml_answer": {"code": Word("000", sure=False)},
    "saml_done": {"code": Word("000", sure=False)},
    "saml_metadata": {"code": Word("000", sure=False)},
    "sign_on": {"code": Word("000", sure=False)},
    "sign_on_back": {"code": Word("000", sure=False)},
    "job_role_remove": {"job_role_id": "nothing"},
    "mfa_remove_webauthn": {"pk": Word("0", sure=False)},
}
# Addresses that ask for a key by their rule and yet answer without one, and why that is right.
NEEDS_NO_KEY: dict[str, str] = {}
