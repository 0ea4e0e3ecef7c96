"""The answer to a role that waits for a second administrator, whether a person or a job-function role would get it."""

from uuid import UUID

from django.http import HttpRequest

from styr.access import role_requests
from styr.access.staff import UnableToChangeUserError
from styr.access.web.person import person_of
from styr.kernel import clock


def answered(request: HttpRequest) -> str:
    """Confirm or decline what waits, as the form says; gives what to say."""
    by = person_of(request).id
    if request.POST.get("handling") == "bekraeft":
        role_requests.confirm(request_id=_posted_id(request), actor_id=by, now=clock.now(), today=clock.today())
        return "Rollen er bekræftet og gælder nu."
    role_requests.decline(request_id=_posted_id(request), actor_id=by, now=clock.now())
    return "Rollen er ikke givet."


def _posted_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise UnableToChangeUserError("Rollen findes ikke.") from None
