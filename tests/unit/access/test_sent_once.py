"""A form that is pressed twice does its work once: every page that takes a form is `@once`, or says why it need not."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.urls import URLPattern, get_resolver

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
    found = {name for name, view in _pages() if _takes_forms(view) and not _is_once(view)}
    assert found - known == set(), "decorate the view with styr.access.web.once.once"
    assert known - found == set(), "these are @once now, or gone: strike them"
    assert sum(map(len, SAFE_TWICE.values())) == len(known)


def _pages() -> Iterator[tuple[str, Callable[..., Any]]]:
    """(name, view) of our own pages: the API's callers repeat with a key of their own, and libraries keep their own."""
    for route, pattern in _patterns(get_resolver()):
        ours = pattern.callback.__module__.startswith("styr.") or pattern.name in {"account_login", "account_logout"}
        if ours and not route.startswith("api/"):
            yield str(pattern.name), pattern.callback


def _patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern), one
        else:
            yield from _patterns(one, before + str(one.pattern))


def _layers(view: Callable[..., Any]) -> Iterator[Any]:
    """The view and all that is wrapped around it, outermost first."""
    layer: Any = view
    while layer is not None:
        if hasattr(layer, "__code__"):
            yield layer
        layer = getattr(layer, "__wrapped__", None)


def _is_once(view: Callable[..., Any]) -> bool:
    return any(layer.__code__.co_name == "sent_once" for layer in _layers(view))


def _takes_forms(view: Callable[..., Any]) -> bool:
    """Whether POST is among the methods that Django's decorators let through; all are where there is none."""
    held = [layer for layer in _layers(view) if "request_method_list" in layer.__code__.co_freevars]
    lists = [inspect.getclosurevars(layer).nonlocals["request_method_list"] for layer in held]
    return all("POST" in methods for methods in lists)
