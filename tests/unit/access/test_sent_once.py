"""A form that is pressed twice does its work once: every page that takes a form is `@once`, or says why it need not."""

from typing import Final

from unit.access.pages import View, layers, lets_through, pages

SAFE_TWICE: Final[dict[str, frozenset[str]]] = {
    "looks something up, and writes nothing but who looked": frozenset({
        "citizen_find", "citizen_cpr", "citizen_address", "citizen_request_file", "retention_package", "grant_find",
        "invoice_reveal", "agreement_original", "contract_search", "order_fetch", "search", "list_words",
    }),
    "tells what an act would do; nothing of it is kept": frozenset({
        "grant_price", "grant_weigh", "grant_effect", "reconciliation_effect", "invoices_confirm_ready",
        "findings_selected",
    }),
    "takes something back: what was taken back is not there to be taken back again": frozenset({
        "contract_take_back", "invoice_undo", "invoices_undo_together", "grant_reopen", "grant_resume",
        "grant_absence_undo", "reconciliation_take_back", "intermunicipal_payer_remove", "rule_take_back",
        "finding_undo", "calendar_open",
    }),
    "sets what is set already the second time": frozenset({
        "saved_filter_new", "saved_filter_delete", "saved_filter_share", "notices_read", "notice_open", "calendar_end",
    }),
    "logs in or out, or sets a secret: the session, the link or the challenge is used up": frozenset({
        "account_login", "account_logout", "saml_answer", "second_factor_setup", "second_factor_passkey",
        "second_factor_codes", "password_choose", "mfa_remove_webauthn",
    }),
}  # fmt: skip


def test_every_page_that_takes_a_form_does_its_work_once() -> None:
    known = frozenset().union(*SAFE_TWICE.values())
    found = {name for name, _, view in pages() if lets_through(view, "POST") and not _is_once(view)}
    assert found - known == set(), "decorate the view with styr.access.web.once.once"
    assert known - found == set(), "these are @once now, or gone: strike them"
    assert sum(map(len, SAFE_TWICE.values())) == len(known)


def _is_once(view: View) -> bool:
    return any(layer.__code__.co_name == "sent_once" for layer in layers(view))
