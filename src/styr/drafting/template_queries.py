"""What the pages about templates show; the whole municipality sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from styr.access.crypto import unseal
from styr.agreements.reference.load import library
from styr.drafting.core.codes import TemplateState
from styr.drafting.models import ContractTemplate, OwnParty, TemplateVersion
from styr.drafting.sealed import place_of
from styr.drafting.template_services import TemplateNotThereError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a template, and how many drafts stand on it."""

    id: UUID
    number: int
    origin: str
    note: str
    state: TemplateState
    faults: tuple[str, ...]
    made_at: datetime
    made_by: str
    taken_at: datetime | None
    taken_by: str
    drafts: int


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template with its versions, the newest first."""

    id: UUID
    code: str
    title: str
    versions: tuple[VersionLine, ...]

    @property
    def in_use(self) -> VersionLine | None:
        """The version that new drafts are made from."""
        return next((one for one in self.versions if one.state is TemplateState.IN_USE), None)

    @property
    def newest(self) -> VersionLine | None:
        """The version that came last."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True)
class Own:
    """What the municipality is called as a party."""

    cvr: str
    ean: str


def own_party() -> Own | None:
    """What the municipality is called as a party; None before somebody has said so. One query."""
    row = OwnParty.objects.first()
    return None if row is None else Own(row.cvr, row.ean)


def templates() -> tuple[TemplateLine, ...]:
    """Every template with its versions; two queries."""
    order = {code: place for place, code in enumerate(library().titles)}
    rows = ContractTemplate.objects.all()
    found = _versions()
    lines = [TemplateLine(row.id, row.code, row.title, tuple(found.get(row.id, ()))) for row in rows]
    return tuple(sorted(lines, key=lambda line: (order.get(line.code, len(order)), line.code)))


def template(template_id: UUID) -> TemplateLine:
    """One template; two queries.

    Raises:
        TemplateNotThereError: there is none in the municipality.
    """
    row = ContractTemplate.objects.filter(id=template_id).first()
    if row is None:
        raise TemplateNotThereError
    return TemplateLine(row.id, row.code, row.title, tuple(_versions(template_id).get(row.id, ())))


def templates_in_use() -> list[tuple[UUID, str, str]]:
    """(version's id, the template's code, its title) of what new drafts can be made from; one query."""
    rows = TemplateVersion.objects.filter(state=TemplateState.IN_USE).order_by("template__code")
    return [(row[0], row[1], row[2]) for row in rows.values_list("id", "template__code", "template__title")]


def version_bytes(version_id: UUID) -> tuple[str, bytes]:
    """A name for the file, and the Word file itself; one query.

    Raises:
        TemplateNotThereError: there is none in the municipality.
    """
    row = TemplateVersion.objects.select_related("template").filter(id=version_id).first()
    if row is None:
        raise TemplateNotThereError
    name = f"skabelon-{row.template.code}-version-{row.number}.docx"
    return name, unseal(row.content, place=place_of("templateversion", "content", row.id))


def _versions(template_id: UUID | None = None) -> dict[UUID, list[VersionLine]]:
    rows = TemplateVersion.objects.defer("content").select_related("made_by", "taken_by")
    if template_id is not None:
        rows = rows.filter(template_id=template_id)
    found: dict[UUID, list[VersionLine]] = {}
    for row in rows.annotate(stand_on_it=Count("drafts")).order_by("-number"):
        line = VersionLine(
            row.id, row.number, row.origin, row.note, TemplateState(row.state), tuple(row.faults), row.made_at,
            row.made_by.name, row.taken_at, "" if row.taken_by is None else row.taken_by.name, row.stand_on_it,
        )  # fmt: skip
        found.setdefault(row.template_id, []).append(line)
    return found
