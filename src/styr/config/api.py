"""`/api/v1`: the JSON interface, gathered from the domains. Its description is public; all else takes a key."""

from typing import Any

from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError

from styr.access.api import KeyAuth, caller
from styr.access.web.rules import by_key, public
from styr.budgets.api import router as economy
from styr.contracts.api import router as contracts
from styr.controls.api import router as findings
from styr.grants.api import router as grants
from styr.integrations.api import router as imports
from styr.invoices.api import router as invoices
from styr.kernel.refusal import NotThere, Refusal
from styr.ledger.api import router as postings
from styr.negotiations.api import negotiations_router as negotiations
from styr.negotiations.api import savings_router as savings
from styr.people.api import router as citizens
from styr.refunds.api import router as refunds
from styr.reports.api import router as results
from styr.suppliers.api import router as suppliers
from styr.tenders.api import router as tenders
from styr.transport.api import router as ride_grants
from styr.trips.api import router as trips

DESCRIPTION = (
    "Amounts are texts in kr. with two decimals, periods are half-open [starts, ends), and days are ISO 8601. A write "
    "carries Idempotency-Key: sent again, it does nothing and answers as the first time. What the key's owner may not "
    "see does not exist (404); what the key may not do is refused (403); what the rules of the register forbid is told "
    "in Danish (409)."
)

api = NinjaAPI(
    title="Styr",
    version="1",
    description=DESCRIPTION,
    auth=KeyAuth(),
    docs_url=None,  # the browser's own page of ninja needs inline scripts; the description is the JSON itself
    urls_namespace="api-1",
)
for path, router in {
    "/citizens": citizens,
    "/suppliers": suppliers,
    "/contracts": contracts,
    "/grants": grants,
    "/invoices": invoices,
    "/findings": findings,
    "/economy": economy,
    "/postings": postings,
    "/refunds": refunds,
    "/ride-grants": ride_grants,
    "/trips": trips,
    "/tenders": tenders,
    "/negotiations": negotiations,
    "/savings": savings,
    "/imports": imports,
    "/results": results,
}.items():
    api.add_router(path, router)


@api.get("/me", summary="Whose key this is", tags=["Key"])
def me(request: HttpRequest) -> dict[str, Any]:
    """Return the key's name, its owner and what it may do."""
    held = caller(request)
    return {"name": held.name, "user": str(held.user_id), "scopes": sorted(held.scopes)}


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule of the register, in Danish."""
    return api.create_response(request, {"detail": str(refusal)}, status=409)


@api.exception_handler(NotThere)
def missing(request: HttpRequest, error: NotThere) -> HttpResponse:
    """What the key's owner cannot see is not there."""
    return api.create_response(request, {"detail": str(error)}, status=404)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which field is wrong and why; what was sent is not repeated."""
    told = [{"field": ".".join(str(part) for part in one["loc"]), "message": one["msg"]} for one in error.errors]
    return api.create_response(request, {"detail": "Forespørgslen er ikke som beskrevet.", "fields": told}, status=422)


@api.exception_handler(ObjectDoesNotExist)
def unseen(request: HttpRequest, error: ObjectDoesNotExist) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """A row that is not there for the key's owner."""
    return api.create_response(request, {"detail": "Det findes ikke, eller du har ikke adgang til det."}, status=404)


@api.exception_handler(Http404)
def nowhere(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """An address that is none."""
    return api.create_response(request, {"detail": "Adressen findes ikke."}, status=404)


@api.exception_handler(BadRequest)
def unreadable(request: HttpRequest, error: BadRequest) -> HttpResponse:
    """A body that cannot be read."""
    return api.create_response(request, {"detail": str(error)}, status=400)


def urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses, each with the rule that the view checks a key itself."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            describes = pattern.name in {"openapi-json", "api-root"}
            pattern.callback = (public if describes else by_key)(pattern.callback)
    return patterns, app_name, namespace
