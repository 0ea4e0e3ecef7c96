"""The municipality's provider asked over SAML 2.0 with the attributes of OIOSAML 3, and whether its answer holds.

python3-saml checks signatures, schema and structure; what it lets pass when it is absent is required here.
Source: OIOSAML Web SSO Profile 3.0 and the attribute profile; SAML 2.0 Profiles §4.1.4.2 and §4.1.4.3.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth  # type: ignore[import-untyped]  # ships no types
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # type: ignore[import-untyped]  # as above
from onelogin.saml2.response import OneLogin_Saml2_Response  # type: ignore[import-untyped]  # as above
from onelogin.saml2.settings import OneLogin_Saml2_Settings  # type: ignore[import-untyped]  # as above

from styr.access.core.job_roles import UnreadablePrivilegesError, read_privileges
from styr.access.sign_on.oidc import LoginNotProvedError
from styr.access.sign_on.people import Proved
from styr.access.sign_on.saml_providers import SamlProvider

_CORE = "https://data.gov.dk/model/core"
SPEC_VERSION = f"{_CORE}/specVersion"
CVR = f"{_CORE}/eid/professional/cvr"
SUBJECT = f"{_CORE}/eid/professional/uuid/persistent"
FULL_NAME = f"{_CORE}/eid/fullName"
PRIVILEGES = f"{_CORE}/eid/privilegesIntermediate"
LOA = "https://data.gov.dk/concept/core/nsis/loa"
_SURE_ENOUGH = {"Substantial", "High"}
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
_SKEW = timedelta(seconds=60)
_OLDEST = timedelta(minutes=10)
_REMEMBERED = 24 * 60 * 60  # seconds an assertion's id is: far longer than one holds


@dataclass(frozen=True, slots=True)
class Place:
    """Our own addresses at this provider: who we are, and where answers are posted."""

    entity: str
    answers: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One login under way, kept in the browser's session."""

    code: str
    request_id: str
    onward: str
    begun: int

    def kept(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)


def begin(provider: SamlProvider, place: Place, *, onward: str, now: datetime) -> tuple[Attempt, str]:
    """A new attempt, and the address (with the signed request in it) to send the browser to."""
    auth = OneLogin_Saml2_Auth(_request(place), old_settings=_raw(provider, place))
    address = str(auth.login(return_to="/"))
    return Attempt(provider.code, str(auth.get_last_request_id()), onward, int(now.timestamp())), address


def metadata(provider: SamlProvider, place: Place) -> bytes:
    """What the provider must know of us, as XML."""
    told = OneLogin_Saml2_Settings(_raw(provider, place), sp_validation_only=True).get_sp_metadata()
    return told if isinstance(told, bytes) else str(told).encode()


def proved_by(provider: SamlProvider, place: Place, kept: object, answer: str, *, now: datetime) -> Proved:
    """Whom the answer proves; raises `LoginNotProvedError` for whatever does not hold."""
    if not isinstance(kept, dict) or kept.get("code") != provider.code:
        raise LoginNotProvedError("no attempt is under way")
    attempt = Attempt(**kept)
    if now.timestamp() - attempt.begun > _OLDEST.total_seconds():
        raise LoginNotProvedError("the attempt is too old")
    try:
        response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_raw(provider, place)), answer)
        response.is_valid(_request(place), attempt.request_id, raise_exceptions=True)
        _hold_to_what_is_required(response, attempt, place, now)
        attributes = response.get_attributes()
    except LoginNotProvedError:
        raise
    except Exception as wrong:  # the toolkit raises its own, lxml's and xmlsec's: whatever it is, nothing is proved
        raise LoginNotProvedError(f"the answer does not hold: {type(wrong).__name__}") from wrong
    _take_once(response, provider)
    return _person(provider, response, attributes)


def _hold_to_what_is_required(response: OneLogin_Saml2_Response, attempt: Attempt, place: Place, now: datetime) -> None:
    """What the toolkit checks only when it is there, or with too much patience."""
    said = response.document
    if said.get("InResponseTo") != attempt.request_id or said.get("Destination") != place.answers:
        raise LoginNotProvedError("the answer is to another request, or for another place")
    if response.get_audiences() != [place.entity]:
        raise LoginNotProvedError("the assertion is for another party")
    told = _only(response, "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData")
    if told.get("InResponseTo") != attempt.request_id or told.get("Recipient") != place.answers:
        raise LoginNotProvedError("the assertion is to another request, or for another place")
    _runs(told, now)
    _runs(_only(response, "/saml:Conditions"), now)


def _only(response: OneLogin_Saml2_Response, path: str) -> etree._Element:
    """The one element there, in the assertion whose signature was checked."""
    found = response._query_assertion(path)  # noqa: SLF001 -- the toolkit's own way to the signed assertion
    if len(found) != 1:
        raise LoginNotProvedError("the assertion says a thing more or less than once")
    element: etree._Element = found[0]
    return element


def _runs(element: etree._Element, now: datetime) -> None:
    """The time that an element names must be now; without an end it never is."""
    ends, begins = element.get("NotOnOrAfter"), element.get("NotBefore")
    if ends is None or now >= datetime.fromisoformat(ends) + _SKEW:
        raise LoginNotProvedError("the assertion's time has run out")
    if begins is not None and now < datetime.fromisoformat(begins) - _SKEW:
        raise LoginNotProvedError("the assertion's time has not come")


def _take_once(response: OneLogin_Saml2_Response, provider: SamlProvider) -> None:
    """An assertion lets in once, whichever process gets it."""
    mark = hashlib.sha256(f"{provider.code}|{response.get_assertion_id()}".encode()).hexdigest()
    if not cache.add(f"saml:{mark}", 1, _REMEMBERED):
        raise LoginNotProvedError("the assertion has been used")


def _person(provider: SamlProvider, response: OneLogin_Saml2_Response, attributes: Mapping[str, list[str]]) -> Proved:
    if not _one(attributes, SPEC_VERSION).startswith("OIO-SAML-3"):
        raise LoginNotProvedError("the assertion is not of OIOSAML 3")
    if _one(attributes, LOA) not in _SURE_ENOUGH:
        raise LoginNotProvedError("the assurance is too low")
    if _one(attributes, CVR) != provider.cvr:
        raise LoginNotProvedError("the person is of another organisation")
    subject = _one(attributes, SUBJECT).removeprefix("urn:uuid:").strip()
    if not subject:
        raise LoginNotProvedError("the assertion names nobody")
    listed = _one(attributes, PRIVILEGES)
    try:
        privileges = read_privileges(listed) if listed else ()
    except UnreadablePrivilegesError as wrong:
        raise LoginNotProvedError(str(wrong)) from wrong
    issuer = str(response.get_issuers()[0])
    return Proved(provider.code, issuer, subject, _one(attributes, FULL_NAME), provider.cvr, privileges)


def _one(attributes: Mapping[str, list[str]], name: str) -> str:
    """The attribute's one value; "" when it is not there or has several."""
    values = attributes.get(name, [])
    return (values[0] or "").strip() if len(values) == 1 else ""


def _request(place: Place) -> dict[str, Any]:
    """The request as the toolkit knows one: from our own address and not from what a browser says."""
    parts = urlsplit(place.answers)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }


def _raw(provider: SamlProvider, place: Place) -> dict[str, Any]:
    told = OneLogin_Saml2_IdPMetadataParser.parse(provider.metadata, required_sso_binding=_REDIRECT)
    return {
        "strict": True,
        "debug": False,
        "idp": told["idp"],
        "sp": {
            "entityId": place.entity,
            "assertionConsumerService": {"url": place.answers, "binding": _POST},
            "NameIDFormat": _PERSISTENT,
            "privateKey": provider.key,
            "x509cert": provider.certificate,
        },
        "security": {
            "authnRequestsSigned": True,
            "wantAssertionsSigned": True,
            "wantAttributeStatement": True,
            "rejectDeprecatedAlgorithm": True,
            "allowRepeatAttributeName": False,
            "allowSingleLabelDomains": True,
            "wantNameId": True,
            "requestedAuthnContext": [f"{LOA}/Substantial"],
            "requestedAuthnContextComparison": "minimum",
            "signatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "digestAlgorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
        },
    }


def new_key() -> str:
    """Under what an answer waits while the browser comes back with its own session."""
    return secrets.token_urlsafe(32)
