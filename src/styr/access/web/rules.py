"""Every page's rule: who may open it, and who may write with it. A page without a rule is closed to all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar, overload

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import User
from styr.access.standing import Standing, standing
from styr.access.web.refused import refused
from styr.kernel import clock

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_RULE = "access_rule"
_STANDING = "_styr_standing"


class Who(Enum):
    """Whom a rule lets in."""

    PUBLIC = auto()  # anybody, logged in or not
    KEYED = auto()  # whoever shows a key, which the view checks itself
    LOGGED_IN = auto()
    PERMITTED = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom a view lets in; with `Who.PERMITTED`, what it takes to read and what it takes to write.

    What takes `write` of a view that writes `everywhere` belongs to no unit, so a role in some part of the
    municipality does not give it.
    """

    who: Who
    read: Permission | None = None
    write: Permission | None = None
    everywhere: bool = False

    def needed(self, method: str) -> Permission | None:
        """The permission that a request of that method takes; None where none is asked for."""
        return self.read if method in SAFE else self.write

    def takes_everywhere(self, method: str) -> bool:
        """Whether a request of that method takes a role over the whole municipality."""
        return self.everywhere and self.needed(method) == self.write


@overload
def requires(permission: Permission, /, *, everywhere: bool = ...) -> Callable[[View], View]: ...
@overload
def requires(*, read: Permission, write: Permission, everywhere: bool = ...) -> Callable[[View], View]: ...
def requires(
    permission: Permission | None = None,
    /,
    *,
    read: Permission | None = None,
    write: Permission | None = None,
    everywhere: bool = False,
) -> Callable[[View], View]:
    """The view takes this permission; or one to read (GET, HEAD) and another to write (every other method).

    With `everywhere`, what it takes to write counts only in a role over the whole municipality.
    """
    needed_to_read, needed_to_write = permission or read, permission or write
    if needed_to_read is None or needed_to_write is None:
        raise TypeError("requires() takes one permission, or both read= and write=")
    return _declared(Rule(Who.PERMITTED, needed_to_read, needed_to_write, everywhere))


def anyone_logged_in(view: View) -> View:
    """Whoever has logged in may use the view; row-level security still chooses the rows."""
    return _declared(Rule(Who.LOGGED_IN))(view)


def public(view: View) -> View:
    """Anybody may use the view, logged in or not: it shows nothing of the municipality."""
    return login_not_required(_declared(Rule(Who.PUBLIC))(view))


def by_key(view: View) -> View:
    """The view checks a key itself (an API key, a secret address) and answers 401 or 404 without one."""
    return login_not_required(_declared(Rule(Who.KEYED))(view))


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that the view was given; None when it has none."""
    found = getattr(view, _RULE, None)
    return found if isinstance(found, Rule) else None


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """The roles that the request's user holds today, in any unit; one query a request at the most."""
    return _standing(request).roles


def permissions_for(request: HttpRequest) -> frozenset[Permission]:
    """What the request's user may do today, in some unit of theirs; asked together with `roles_of`."""
    return _standing(request).permissions


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the request's user may do it, in some unit of theirs."""
    return permission in permissions_for(request)


def may_everywhere(request: HttpRequest, permission: Permission) -> bool:
    """Whether the request's user may do it in a role over the whole municipality."""
    return permission in _standing(request).everywhere


def permissions_everywhere(request: HttpRequest) -> frozenset[Permission]:
    """What the request's user may do in a role over the whole municipality; asked together with `roles_of`."""
    return _standing(request).everywhere


def _standing(request: HttpRequest) -> Standing:
    held = getattr(request, _STANDING, None)
    if held is None:
        user = request.user
        held = standing(user_id=user.id, on=clock.today()) if isinstance(user, User) else Standing()
        setattr(request, _STANDING, held)
    return held


class RuleMiddleware:
    """Holds every view to its rule and closes those without one; comes after LoginRequiredMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the rule is checked once its view is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """None lets the request through to its view."""
        rule = rule_of(view)
        if rule is None:
            return refused(request)
        if rule.who is not Who.PERMITTED:
            return None
        method = request.method or ""
        needed, everywhere = rule.needed(method), rule.takes_everywhere(method)
        if needed is not None and (may_everywhere if everywhere else may)(request, needed):
            return None
        return refused(request, needed, everywhere=everywhere)


def _declared(rule: Rule) -> Callable[[View], View]:
    def declare(view: View) -> View:
        if rule_of(view) is not None:
            raise TypeError(f"{view!r} has a rule already")
        setattr(view, _RULE, rule)
        return view

    return declare
