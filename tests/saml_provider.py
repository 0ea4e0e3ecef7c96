"""A municipality's SAML login in miniature: makes and signs answers, right ones and wrong ones."""

import base64
import datetime as dt
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from identity_provider import CASEWORKER, CVR, privileges
from styr.access.sign_on import saml
from styr.kernel.clock import now

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
ENTITY = "https://login.eksempel.dk/idp"
SSO = "https://login.eksempel.dk/sso"


@dataclass(frozen=True)
class Pair:
    """A key and a certificate of its own, as PEM."""

    key: str
    certificate: str


def new_pair(name: str) -> Pair:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(private.public_key())
    made = made.serial_number(1).not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    signed = made.not_valid_after(dt.datetime(2090, 1, 1, tzinfo=dt.UTC)).sign(private, hashes.SHA256())
    key = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(key.decode(), signed.public_bytes(serialization.Encoding.PEM).decode())


def metadata(pair: Pair) -> str:
    body = "".join(line for line in pair.certificate.splitlines() if "CERTIFICATE" not in line)
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
        f'<md:IDPSSODescriptor protocolSupportEnumeration="{SAMLP}"><md:KeyDescriptor use="signing">'
        f'<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{body}'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        f'<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{SSO}"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )


def asked_in(address: str) -> Any:
    """The request in the address that a browser was sent to."""
    assert address.startswith(f"{SSO}?")
    told = parse_qs(urlsplit(address).query)
    assert "Signature" in told
    return etree.fromstring(zlib.decompress(base64.b64decode(told["SAMLRequest"][0]), -15))


def stamp(seconds: int) -> str:
    moment = now().astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Answer:
    """An answer to a request; a test changes what it needs before it is written."""

    request_id: str
    place: str = "http://testserver/konto/log-ind/saml/999/svar/"
    party: str = "http://testserver/konto/log-ind/saml/999/metadata/"
    issuer: str = ENTITY
    begins: int = -5
    ends: int = 120
    name_id: str = "person-1"
    assertion_id: str = field(default_factory=lambda: f"_{uuid4().hex}")
    destination: str | None = None
    recipient: str | None = None
    in_response_to: str | None = None
    attributes: dict[str, str | None] = field(default_factory=dict)

    def said(self) -> dict[str, str]:
        """The attributes by name."""
        usual = {
            saml.SPEC_VERSION: "OIO-SAML-3.0",
            saml.CVR: CVR,
            saml.SUBJECT: "urn:uuid:323e4567-e89b-12d3-a456-426655440000",
            saml.FULL_NAME: "Karen Holm",
            saml.LOA: "Substantial",
            saml.PRIVILEGES: privileges(CASEWORKER, unit="11"),
        }
        return {name: value for name, value in (usual | self.attributes).items() if value is not None}

    def assertion(self) -> Any:
        attributes = "".join(
            f'<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">'
            f"<saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"
            for name, value in self.said().items()
        )
        recipient = self.place if self.recipient is None else self.recipient
        to = self.request_id if self.in_response_to is None else self.in_response_to
        return etree.fromstring(
            f'<saml:Assertion xmlns:saml="{SAML}" ID="{self.assertion_id}" Version="2.0" IssueInstant="{stamp(0)}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject>"
            f'<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.name_id}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'InResponseTo="{to}" Recipient="{recipient}" NotOnOrAfter="{stamp(self.ends)}"/>'
            "</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{stamp(self.begins)}" NotOnOrAfter="{stamp(self.ends)}">'
            f"<saml:AudienceRestriction><saml:Audience>{self.party}</saml:Audience></saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{stamp(-10)}"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>https://data.gov.dk/concept/core/nsis/loa/Substantial"
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        )

    def response(self, *inside: Any) -> Any:
        """The message around the assertions."""
        destination = self.place if self.destination is None else self.destination
        to = self.request_id if self.in_response_to is None else self.in_response_to
        root = etree.fromstring(
            f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_{uuid4().hex}" Version="2.0" '
            f'IssueInstant="{stamp(0)}" Destination="{destination}" InResponseTo="{to}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status>"
            '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:Response>'
        )
        for element in inside:
            root.append(element)
        return root


def signed(element: Any, pair: Pair) -> Any:
    """The element with an enveloped signature after its issuer."""
    made = xmlsec.template.create(element, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds")
    element.insert(1, made)
    reference = xmlsec.template.add_reference(made, xmlsec.Transform.SHA256, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    told = xmlsec.template.ensure_key_info(made)
    xmlsec.template.x509_data_add_certificate(xmlsec.template.add_x509_data(told))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pair.key, xmlsec.KeyFormat.PEM)
    context.key.load_cert_from_memory(pair.certificate, xmlsec.KeyFormat.PEM)
    context.register_id(element, "ID")
    context.sign(made)
    return element


def encrypted(assertion: Any, certificate: str) -> Any:
    """The assertion, for the holder of that certificate's key alone."""
    outer = etree.fromstring(f'<saml:EncryptedAssertion xmlns:saml="{SAML}"/>')
    outer.append(assertion)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM))
    data = xmlsec.template.encrypted_data_create(
        outer, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    told = xmlsec.template.encrypted_data_ensure_key_info(data, ns="dsig")
    xmlsec.template.encrypted_data_ensure_cipher_value(
        xmlsec.template.add_encrypted_key(told, xmlsec.Transform.RSA_OAEP)
    )
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    context.encrypt_xml(data, assertion)
    return outer


def posted(response: Any) -> str:
    """As the browser posts it."""
    return base64.b64encode(etree.tostring(response)).decode()
