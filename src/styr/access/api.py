"""What every JSON endpoint stands on: keys, permissions, amounts as texts, and writes that are done once."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer
from pydantic import Field

from styr.access import api_keys, submissions
from styr.access.core.permissions import Permission
from styr.access.crypto import blind_index
from styr.kernel import clock

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
MOST_ROWS: Final = 200
"""Rows a page at the most."""

Kroner = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", description="Amount in kr. with two decimals, as a text.")]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000, description="Page, from 1.")]
PageSize = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows a page.")]

_KEY: Final = re.compile(r"[A-Za-z0-9_.:-]{8,60}")
_MARK: Final = 64


class Problem(Schema):
    """Why a request was not done, in Danish."""

    detail: str


class Made(Schema):
    """The id of what a request made."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is, and what it may do."""

    user_id: UUID
    municipality_id: UUID
    name: str
    scopes: frozenset[Permission]


class KeyAuth(HttpBearer):
    """A key in `Authorization: Bearer …`; with it, the database shows what the key's owner may see."""

    openapi_bearerFormat = "Styr API key"  # noqa: N815 - ninja's name

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:  # noqa: ARG002 - ninja's signature
        """Return whose key it is, now in scope; None answers 401."""
        found = api_keys.present(token, today=clock.today())
        if found is None:
            return None
        return Caller(found.user_id, found.municipality_id, found.name, found.scopes)


def caller(request: HttpRequest) -> Caller:
    """Whose key the request came with."""
    held = getattr(request, "auth", None)
    if not isinstance(held, Caller):
        raise TypeError("The endpoint asks for no key")
    return held


def scoped(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """The endpoint takes a key with this permission; other keys get 403 with what is missing."""

    def bind(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        def held(request: HttpRequest, *args: Any, **given: Any) -> Any:
            if permission not in caller(request).scopes:
                raise HttpError(403, f"Nøglen giver ikke lov til at {permission.danish}.")
            return endpoint(request, *args, **given)

        return held  # type: ignore[return-value]  # wraps keeps the signature that ninja reads

    return bind


def written_once(address: str | None = None) -> Callable[[Endpoint], Endpoint]:
    """The endpoint writes, and does so once for each `Idempotency-Key`, which every request must carry.

    The endpoint returns the id of what it made, or None. With an id the answer is 201 with `Location` (`address` with
    the id in place of `{id}`, and the request's own ids by their names) and the id as JSON; otherwise 204. The same key
    with the same content gives the same answer again and does nothing; with other content it is refused with 409.
    """

    def bind(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        def once(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
            sending = _sending(request)
            with transaction.atomic():
                earlier = submissions.begin(sending, now=clock.now())
                if earlier is not None and not earlier.same:
                    raise HttpError(409, "Nøglen i Idempotency-Key er brugt til noget andet.")
                if earlier is not None:
                    return _answer(earlier.headers.get("Location"))
                made = endpoint(request, *args, **given)
                location = None if made is None or address is None else address.format(id=made, **given)
                answer = _answer(location)
                kept = {} if location is None else {"Location": location}
                submissions.keep(sending, status=answer.status_code, headers=kept)
            return answer

        return once  # type: ignore[return-value]  # wraps keeps the signature that ninja reads

    return bind


def kr(ore: int) -> str:
    """An amount in øre as kr. with two decimals: 123450 is "1234.50"."""
    sign, (whole, rest) = "-" if ore < 0 else "", divmod(abs(ore), 100)
    return f"{sign}{whole}.{rest:02d}"


def plain(number: Decimal) -> str:
    """A decimal as a text without exponent or needless zeros: "7.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sending(request: HttpRequest) -> submissions.Sending:
    key, whose = request.headers.get("Idempotency-Key", ""), caller(request)
    if not _KEY.fullmatch(key):
        raise HttpError(
            400, "Send Idempotency-Key: 8 til 60 bogstaver, cifre eller tegnene . _ : -, ny for hver handling."
        )
    content = repr((request.method, request.path, request.content_type, _content(request)))
    return submissions.Sending(whose.municipality_id, whose.user_id, f"api:{key}"[:_MARK], blind_index(content))


def _content(request: HttpRequest) -> object:
    """What was sent; of files, which a form brings, their names and what they hold in short."""
    if request.content_type != "multipart/form-data":
        return request.body
    files = [(file.name, file.size, _digest(file)) for file in request.FILES.getlist("files")]
    return sorted(request.POST.lists()), files


def _digest(file: "UploadedFile[Any]") -> str:
    found = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return found


def _answer(location: str | None) -> HttpResponse:
    if location is None:
        return HttpResponse(status=204)
    made = re.split("[/#]", location)[-1]
    return JsonResponse({"id": made}, status=201, headers={"Location": location})
