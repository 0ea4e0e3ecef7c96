"""Job-function roles (jobfunktionsroller) of the municipality's own login, and what they give here.

Source: Fælleskommunal Adgangsstyring for brugere; the list is that of the OIO Basic Privilege Profile 1.2: base64-coded
XML, a `PrivilegeList` of groups, each with a scope (a CVR number), constraints (dataafgrænsninger) and role names.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from styr.access.core.roles import Role

_SPACE = "{http://itst.dk/oiosaml/basic_privilege_profile}"
_CVR = "urn:dk:gov:saml:cvrNumberIdentifier:"
_MOST_BYTES = 200_000


class UnreadablePrivilegesError(ValueError):
    """The list of roles that the provider sent is no such list."""


@dataclass(frozen=True, slots=True)
class Privilege:
    """One role that the provider gives: its name, the CVR number it holds for, and its constraints by name."""

    urn: str
    cvr: str
    constraints: tuple[tuple[str, str], ...] = ()

    def values(self, constraint: str) -> tuple[str, ...]:
        """What a constraint of that name says; several values stand with commas."""
        said = [value for name, value in self.constraints if name == constraint]
        return tuple(word.strip() for value in said for word in value.split(",") if word.strip())


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a role of the provider gives: `pattern` with `*` for anything; `constraint` names the units ("": all)."""

    pattern: str
    role: Role
    constraint: str = ""

    def covers(self, urn: str) -> bool:
        """Whether the role's whole name fits the pattern."""
        parts = [re.escape(part) for part in self.pattern.split("*")]
        return re.fullmatch(".*".join(parts), urn) is not None


@dataclass(frozen=True, slots=True)
class Given:
    """A role here, in the unit of that number and all below it; None is the whole municipality."""

    role: Role
    unit_number: str | None


def read_privileges(text: str) -> tuple[Privilege, ...]:
    """The roles of a base64-coded list; those whose scope is not a CVR number are left out.

    Raises:
        UnreadablePrivilegesError: not base64, not that XML, a document type, or far too long.
    """
    if len(text) > _MOST_BYTES:
        raise UnreadablePrivilegesError("the list is too long")
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
        root = etree.fromstring(content, _reader())
    except (binascii.Error, ValueError, etree.XMLSyntaxError) as wrong:
        raise UnreadablePrivilegesError("the list is no base64-coded XML") from wrong
    if root.getroottree().docinfo.internalDTD is not None or root.tag != f"{_SPACE}PrivilegeList":
        raise UnreadablePrivilegesError("the document is no list of privileges")
    return tuple(one for group in _named(root, "PrivilegeGroup") for one in _of_group(group))


def given(privileges: Iterable[Privilege], mappings: Sequence[Mapping], *, cvr: str) -> frozenset[Given]:
    """What the roles give here. Those of another CVR number give nothing, nor does a unit's role without its unit.

    An auditor is nothing else at the same time: who audits does not do what is audited.
    """
    found = {
        one
        for privilege in privileges
        if privilege.cvr == cvr
        for mapping in mappings
        if mapping.covers(privilege.urn)
        for one in _gives(mapping, privilege)
    }
    audits = {one for one in found if one.role is Role.AUDITOR}
    return frozenset(audits or found)


def _reader() -> etree.XMLParser:
    """Reads nothing from elsewhere, and no comment cuts a name in two."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _gives(mapping: Mapping, privilege: Privilege) -> list[Given]:
    if not mapping.constraint:
        return [Given(mapping.role, None)]
    return [Given(mapping.role, number) for number in privilege.values(mapping.constraint)]


def _of_group(group: etree._Element) -> list[Privilege]:
    scope = group.get("Scope", "")
    if not scope.startswith(_CVR):
        return []
    limits = tuple((limit.get("Name", ""), (limit.text or "").strip()) for limit in _named(group, "Constraint"))
    cvr = scope.removeprefix(_CVR)
    return [Privilege(_text(role), cvr, limits) for role in _named(group, "Privilege") if _text(role)]


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    """Children of that name, with the profile's namespace or, as the profile writes them, without."""
    return [child for child in element if child.tag in {name, f"{_SPACE}{name}"}]


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
