"""Login over SAML: the one answer that lets in, and the many that must not."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from lxml import etree
from pytest_django import Settings

from identity_provider import CASEWORKER, CVR, UNIT, privileges
from personas import rows_seen_by
from saml_provider import SAML, Answer, Pair, asked_in, encrypted, metadata, new_pair, posted, signed
from styr.access.login_models import JobRole, LoginIdentity
from styr.access.models import Municipality, User
from styr.access.scope import service_scope
from styr.access.sign_on import saml
from styr.access.sign_on.saml_providers import SamlProvider, read_saml_providers
from styr.access.web.login import SESSION_TOKEN

pytestmark = pytest.mark.django_db
ADDRESS = "/konto/log-ind/saml/999/"
IDP, OTHERS, OURS = new_pair("idp"), new_pair("en anden"), new_pair("styr")


@pytest.fixture
def provider(municipality: Municipality, settings: Settings) -> SamlProvider:
    made = SamlProvider("999", CVR, "Eksempel Kommune", metadata(IDP), OURS.key, OURS.certificate)
    settings.STYR_SAML = {"999": made}
    with service_scope(municipality.id, "test"):
        JobRole.objects.create(municipality=municipality, pattern=CASEWORKER, role="caseworker", constraint=UNIT)
    return made


def begun(client: Client, onward: str = "") -> Answer:
    """Off to the provider; gives an answer that would do."""
    sent = client.get(ADDRESS, {"next": onward} if onward else {})
    return Answer(asked_in(sent.headers["Location"]).get("ID"))


def back(client: Client, response: Any) -> Any:
    """The answer posted from the provider's site, where no cookie goes along, and then the browser's own way on."""
    text = response if isinstance(response, str) else posted(response)
    kept = Client().post(f"{ADDRESS}svar/", {"SAMLResponse": text, "RelayState": "https://ond.example/"})
    assert kept.headers["Location"].startswith(f"{ADDRESS}faerdig/?svar=")
    return client.get(kept.headers["Location"])


def refused(client: Client, answer: Any) -> None:
    assert answer.status_code == 403
    assert "Svaret fra kommunens login kunne ikke godkendes" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert SESSION_TOKEN not in client.session


def usual(answer: Answer, pair: Pair = IDP) -> Any:
    return answer.response(signed(answer.assertion(), pair))


def test_a_proved_person_is_let_in_with_their_roles(
    client: Client, provider: SamlProvider, municipality: Municipality
) -> None:
    done = back(client, usual(begun(client, onward="/konto/")))
    assert (done.status_code, done.headers["Location"]) == (302, "/konto/")
    token = str(client.session[SESSION_TOKEN])
    assert rows_seen_by(token, "SELECT name FROM access_user") == [("Karen Holm",)]
    assert rows_seen_by(token, "SELECT styr_all_units(), cardinality(styr_units())") == [(False, 1)]
    with service_scope(municipality.id, "test"):
        assert LoginIdentity.objects.get().subject == "323e4567-e89b-12d3-a456-426655440000"
    again = Client()
    back(again, usual(begun(again)))
    with service_scope(municipality.id, "test"):
        assert User.objects.count() == 1


def test_an_encrypted_assertion_is_opened(client: Client, provider: SamlProvider) -> None:
    answer = begun(client)
    inside = encrypted(signed(answer.assertion(), IDP), OURS.certificate)
    assert back(client, answer.response(inside)).status_code == 302
    assert "_auth_user_id" in client.session


def test_an_encrypted_assertion_that_nobody_signed_is_refused(client: Client, provider: SamlProvider) -> None:
    answer = begun(client)
    refused(client, back(client, answer.response(encrypted(answer.assertion(), OURS.certificate))))


CHANGED: dict[str, Callable[[Answer], object]] = {
    "expired": lambda it: setattr(it, "ends", -90),
    "not yet": lambda it: setattr(it, "begins", 200),
    "another party": lambda it: setattr(it, "party", "https://en-anden.example/"),
    "another recipient": lambda it: setattr(it, "recipient", "https://en-anden.example/svar/"),
    "a longer recipient": lambda it: setattr(it, "recipient", it.place + "mere/"),
    "no recipient": lambda it: setattr(it, "recipient", ""),
    "another destination": lambda it: setattr(it, "destination", "https://en-anden.example/svar/"),
    "a longer destination": lambda it: setattr(it, "destination", it.place + "mere/"),
    "another request": lambda it: setattr(it, "in_response_to", "_en-anden"),
    "no request": lambda it: setattr(it, "in_response_to", ""),
    "another issuer": lambda it: setattr(it, "issuer", "https://en-anden.example/idp"),
    "low assurance": lambda it: it.attributes.update({saml.LOA: "Low"}),
    "no assurance": lambda it: it.attributes.update({saml.LOA: None}),
    "another municipality's number": lambda it: it.attributes.update({saml.CVR: "99999999"}),
    "no number": lambda it: it.attributes.update({saml.CVR: None}),
    "nobody": lambda it: it.attributes.update({saml.SUBJECT: None}),
    "another profile": lambda it: it.attributes.update({saml.SPEC_VERSION: "DK-SAML-2.0"}),
    "roles that are no list": lambda it: it.attributes.update({saml.PRIVILEGES: "ikke base64!"}),
}


@pytest.mark.parametrize("fault", CHANGED)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    client: Client, provider: SamlProvider, municipality: Municipality, fault: str
) -> None:
    answer = begun(client)
    CHANGED[fault](answer)
    refused(client, back(client, usual(answer)))
    with service_scope(municipality.id, "test"):
        assert not User.objects.exists()


def test_unsigned_and_signed_by_others_are_refused(provider: SamlProvider) -> None:
    client = Client()
    answer = begun(client)
    refused(client, back(client, answer.response(answer.assertion())))
    client = Client()
    refused(client, back(client, usual(begun(client), OTHERS)))
    client = Client()
    answer = begun(client)
    refused(client, back(client, signed(answer.response(answer.assertion()), IDP)))


def test_a_changed_attribute_breaks_the_signature(client: Client, provider: SamlProvider) -> None:
    response = usual(begun(client))
    for value in response.iter(f"{{{SAML}}}AttributeValue"):
        if value.text == "Karen Holm":
            value.text = "Adam Administrator"
    refused(client, back(client, response))


def wrapped_before(answer: Answer, good: Any, evil: Any) -> Any:
    return answer.response(evil, good)


def wrapped_after(answer: Answer, good: Any, evil: Any) -> Any:
    return answer.response(good, evil)


def wrapped_inside(answer: Answer, good: Any, evil: Any) -> Any:
    """The signed one hides inside the evil one, whose signature points at it."""
    evil.insert(1, copy.deepcopy(good.find("{http://www.w3.org/2000/09/xmldsig#}Signature")))
    evil.append(good)
    return answer.response(evil)


def wrapped_in_the_signature(answer: Answer, good: Any, evil: Any) -> Any:
    signature = good.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
    good.remove(signature)
    signature.append(etree.SubElement(signature, "{http://www.w3.org/2000/09/xmldsig#}Object"))
    signature[-1].append(good)
    evil.insert(1, signature)
    return answer.response(evil)


def wrapped_with_the_same_id(answer: Answer, good: Any, evil: Any) -> Any:
    evil.set("ID", good.get("ID"))
    return wrapped_inside(answer, good, evil)


@pytest.mark.parametrize(
    "wrap",
    [wrapped_before, wrapped_after, wrapped_inside, wrapped_in_the_signature, wrapped_with_the_same_id],
)
def test_another_assertion_wrapped_around_the_signed_one_is_not_believed(
    client: Client, provider: SamlProvider, municipality: Municipality, wrap: Callable[[Answer, Any, Any], Any]
) -> None:
    answer = begun(client)
    good = signed(answer.assertion(), IDP)
    other = Answer(answer.request_id, attributes={saml.SUBJECT: "urn:uuid:en-anden", saml.FULL_NAME: "Ond"})
    refused(client, back(client, wrap(answer, good, other.assertion())))
    with service_scope(municipality.id, "test"):
        assert not User.objects.exists()


def test_an_assertion_lets_in_once(provider: SamlProvider) -> None:
    client = Client()
    answer = begun(client)
    response = posted(usual(answer))
    assert back(client, response).status_code == 302
    thief = Client()
    refused(thief, back(thief, response))
    begun(thief)
    refused(thief, back(thief, response))
    session = thief.session
    session["styr_saml"] = {"code": "999", "request_id": answer.request_id, "onward": "", "begun": 2_000_000_000}
    session.save()
    refused(thief, back(thief, response))


def test_an_assertion_in_a_new_answer_to_another_request_is_refused(provider: SamlProvider) -> None:
    client, thief = Client(), Client()
    stolen = signed(begun(client).assertion(), IDP)
    refused(thief, back(thief, begun(thief).response(stolen)))


def test_a_comment_does_not_make_somebody_else_of_one(
    client: Client, provider: SamlProvider, municipality: Municipality
) -> None:
    answer = begun(client)
    answer.name_id = "person-1<!-- -->23"
    answer.attributes[saml.SUBJECT] = "urn:uuid:person-1<!-- -->23"
    back(client, usual(answer))
    with service_scope(municipality.id, "test"):
        assert [row.subject for row in LoginIdentity.objects.all()] in ([], ["person-123"])


def test_a_comment_put_in_afterwards_does_not_shorten_who_one_is(
    client: Client, provider: SamlProvider, municipality: Municipality
) -> None:
    """Comments are not signed: "person-1<!---->23" carries the signature of "person-123"."""
    answer = begun(client)
    answer.attributes[saml.SUBJECT] = "urn:uuid:person-123"
    text = etree.tostring(usual(answer)).decode().replace("person-123", "person-1<!-- -->23")
    back(client, etree.fromstring(text))
    with service_scope(municipality.id, "test"):
        assert [row.subject for row in LoginIdentity.objects.all()] in ([], ["person-123"])


@pytest.mark.parametrize("text", ["", "ikke base64", "PGE+", "A" * 500_000])
def test_what_is_no_answer_is_refused(client: Client, provider: SamlProvider, text: str) -> None:
    begun(client)
    kept = client.post(f"{ADDRESS}svar/", {"SAMLResponse": text})
    answer = kept if kept.status_code == 403 else client.get(kept.headers["Location"])
    refused(client, answer)


def test_a_document_type_is_refused(client: Client, provider: SamlProvider) -> None:
    import base64

    text = etree.tostring(usual(begun(client))).decode()
    with_type = f'<!DOCTYPE a [<!ENTITY x "y">]>{text}'
    refused(client, back(client, base64.b64encode(with_type.encode()).decode()))


def test_nobody_is_sent_elsewhere_afterwards(client: Client, provider: SamlProvider) -> None:
    answer = begun(client, onward="https://ond.example/")
    assert back(client, usual(answer)).headers["Location"] == "/"


def test_roles_for_another_municipality_give_nothing(client: Client, provider: SamlProvider) -> None:
    answer = begun(client)
    answer.attributes[saml.PRIVILEGES] = privileges(CASEWORKER, cvr="99999999", unit="11")
    done = back(client, usual(answer))
    assert done.status_code == 403
    assert "ingen af dine jobfunktionsroller" in done.content.decode()


def test_the_metadata_tells_who_we_are_and_where_answers_go(client: Client, provider: SamlProvider) -> None:
    told = client.get(f"{ADDRESS}metadata/")
    assert told.status_code == 200
    root = etree.fromstring(told.content)
    assert root.get("entityID") == f"http://testserver{ADDRESS}metadata/"
    assert f"http://testserver{ADDRESS}svar/" in told.content.decode()
    assert 'WantAssertionsSigned="true"' in told.content.decode()
    assert "PRIVATE" not in told.content.decode()


def test_the_login_page_shows_the_way(client: Client, provider: SamlProvider) -> None:
    assert f'href="{ADDRESS}"' in client.get("/konto/log-ind/").content.decode()


def test_there_is_no_way_in_for_a_municipality_without_a_provider(client: Client, municipality: Municipality) -> None:
    for last in ("", "faerdig/", "metadata/"):
        assert client.get(f"{ADDRESS}{last}").status_code == 404
    assert client.post(f"{ADDRESS}svar/", {"SAMLResponse": "PGE+"}).status_code == 404


def test_the_settings_name_files_and_half_of_them_stop_the_program(tmp_path: Path) -> None:
    for name in ("m.xml", "k.pem", "c.pem"):
        (tmp_path / name).write_text(name)
    told = {"METADATA": "m.xml", "KEY": "k.pem", "CERT": "c.pem"}
    environment = {f"STYR_SAML_999_{part}": str(tmp_path / name) for part, name in told.items()}
    found = read_saml_providers({**environment, "STYR_SAML_999_CVR": CVR})["999"]
    assert (found.metadata, found.key, found.certificate) == ("m.xml", "k.pem", "c.pem")
    for wrong in ({}, {"STYR_SAML_999_CVR": "1"}, {"STYR_SAML_999_CVR": CVR, "STYR_SAML_999_KEYS": "x"}):
        with pytest.raises(ImproperlyConfigured):
            read_saml_providers(environment | wrong)
    (tmp_path / "k.pem").unlink()
    with pytest.raises(ImproperlyConfigured, match="KEY"):
        read_saml_providers({**environment, "STYR_SAML_999_CVR": CVR})
