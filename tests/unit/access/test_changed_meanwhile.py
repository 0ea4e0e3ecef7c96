"""A page that changes what stands tells when somebody else changed it meanwhile, or says why it need not."""

import inspect
from types import CodeType, FunctionType
from typing import Any, Final

from django import forms

from unit.access.pages import View, lets_through, pages

LOCKED_BY: Final = frozenset({"seen", "version", "MARK"})
"""A field of a form, a name or a word of the view: what was shown is sent along and held against what stands."""

NOTHING_TO_WRITE_OVER: Final[dict[str, frozenset[str]]] = {
    "adds something new beside what stands": frozenset({
        "calendar", "citizen_request", "contract_template", "draft_supplement",
        "negotiation_meeting_new", "user_key_new", "agreement_part", "intermunicipal_payers",
    }),
    "moves something on; the service refuses from any other state": frozenset({
        "draft_anew", "draft_sign", "draft_version_new", "import_undo", "intermunicipal_claim", "negotiation_agree",
        "user_payment_end", "mfa_remove_webauthn",
    }),
    "tells what the change does before it is confirmed, and is dated: what stood stays": frozenset({"rule_kind"}),
    "the latest choice holds, is told in the history and can be taken back": frozenset({
        "invoice_match", "ride_changes", "route_plan_ride",
    }),
}  # fmt: skip


def test_every_page_that_changes_what_stands_tells_of_a_change_meanwhile() -> None:
    known = frozenset().union(*NOTHING_TO_WRITE_OVER.values())
    found = {name for name, route, view in pages() if "<" in route and _shows_and_takes(view) and not _locked(view)}
    assert found - known == set(), "hold the form to what it showed: styr.ui.unchanged"
    assert known - found == set(), "these are held now, or gone: strike them"
    assert sum(map(len, NOTHING_TO_WRITE_OVER.values())) == len(known)


def _shows_and_takes(view: View) -> bool:
    return lets_through(view, "GET") and lets_through(view, "POST")


def _locked(view: View) -> bool:
    """Whether the view, or a function of the pages that it calls, uses a form or a word that locks."""
    seen: set[FunctionType] = set()
    waiting = [inspect.unwrap(view)]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, FunctionType) or one in seen or not one.__module__.startswith("styr."):
            continue
        seen.add(one)
        words = _words(one.__code__)
        used = [one.__globals__[word] for word in words if word in one.__globals__]
        if words & LOCKED_BY or any(map(_is_locking, used)):
            return True
        waiting += [inspect.unwrap(other) for other in used if callable(other) and ".web" in other.__module__]
    return False


def _words(code: CodeType) -> set[str]:
    """Names and texts in the code, nested functions' as well."""
    nested = [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    texts = {text for text in code.co_consts if isinstance(text, str)}
    return set(code.co_names) | texts | {word for inner in nested for word in _words(inner)}


def _is_locking(used: Any) -> bool:
    fields = getattr(used, "base_fields", {})
    return inspect.isclass(used) and issubclass(used, forms.BaseForm) and bool(LOCKED_BY & set(fields))
