"""Our own pages as the URLconf has them, and which methods each lets through."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

View = Callable[..., Any]


def pages() -> Iterator[tuple[str, str, View]]:
    """(name, route, view): the API's callers repeat with a key of their own, and libraries keep their own."""
    for route, pattern in _patterns(get_resolver()):
        ours = pattern.callback.__module__.startswith("styr.") or pattern.name in {"account_login", "account_logout"}
        if ours and not route.startswith("api/"):
            yield str(pattern.name), route, pattern.callback


def layers(view: View) -> Iterator[Any]:
    """The view and all that is wrapped around it, outermost first."""
    layer: Any = view
    while layer is not None:
        if hasattr(layer, "__code__"):
            yield layer
        layer = getattr(layer, "__wrapped__", None)


def lets_through(view: View, method: str) -> bool:
    """Whether Django's decorators let the method through; all are where there is none."""
    held = [layer for layer in layers(view) if "request_method_list" in layer.__code__.co_freevars]
    lists = [inspect.getclosurevars(layer).nonlocals["request_method_list"] for layer in held]
    return all(method in methods for methods in lists)


def _patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern), one
        else:
            yield from _patterns(one, before + str(one.pattern))
