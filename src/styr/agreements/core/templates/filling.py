"""Word templates filled from a draft, and looked through before they may be used.

A template is written by people and may hold anything, so it is read as a tree first: only tags that we know, conditions
and loops over our lists are let through, and it is filled in a sandbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from styr.agreements.core.templates.tags import EXAMPLE, LISTS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from styr.agreements.core.templates.tags import Draft

_GROUPS: Final = frozenset(tag.partition(".")[0] for tag in TAGS)
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
)


class UnableToFillTemplateError(ValueError):
    """The template cannot be filled; the message names what is missing or wrong, fit to show a user."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a template that must be mended before it can be used; `tag` is the words it is about."""

    tag: str
    message: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking through a template gave: its faults, and the tags it uses."""

    faults: tuple[Fault, ...]
    tags: frozenset[str]


def look_through(template: bytes) -> Looked:
    """Find what is wrong with a template: unknown tags, unfinished loops, tables that an example tears apart."""
    read = _read(template)
    return read if read.faults else Looked(tuple(_broken(template)), read.tags)


def _read(template: bytes) -> Looked:
    """The template's tags, and what is wrong with them, without filling anything in."""
    try:
        tree = _environment().parse(_text(template))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return Looked((Fault("", "Filen er ikke et Word-dokument, eller den er beskadiget."),), frozenset())
    except TemplateSyntaxError as error:
        return Looked((Fault("", _unfinished(error)),), frozenset())
    return Looked(tuple(dict.fromkeys(_faults(tree))), frozenset(_tags(tree)))


def fill(template: bytes, draft: Draft) -> bytes:
    """Fill a template that was looked through when it was taken into use; its tags are held against ours again.

    Raises:
        UnableToFillTemplateError: The template has faults, or uses a tag that the draft has no text for.
    """
    read = _read(template)
    if read.faults:
        raise UnableToFillTemplateError(read.faults[0].message)
    empty = draft.empty_tags(read.tags)
    if empty:
        raise UnableToFillTemplateError("Der mangler: " + ", ".join(TAGS[tag] for tag in empty) + ".")
    return _filled(template, draft)


def _filled(template: bytes, draft: Draft) -> bytes:
    word = DocxTemplate(BytesIO(template))
    word.render(draft.context(), jinja_env=_environment(), autoescape=True)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _text(template: bytes) -> str:
    """All of the template's XML that may hold tags: the document, its headers and footers."""
    word = DocxTemplate(BytesIO(template))
    word.init_docx()
    parts = [word.patch_xml(word.get_xml())]
    for uri in (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI):
        parts += [word.patch_xml(word.get_part_xml(part)) for _key, part in word.get_headers_footers(uri)]
    return "".join(parts)


def _faults(tree: nodes.Template) -> Iterator[Fault]:
    for node in _all(tree):
        if not isinstance(node, _ALLOWED):
            yield Fault(type(node).__name__, "Skabelonen må kun have fletfelter, »if« og »for«, ikke andre udtryk.")
        elif isinstance(node, nodes.For):
            yield from _loop_faults(node)
    yield from (
        Fault(tag, f"Fletfeltet »{tag}« findes ikke.") for tag in _tags(tree) if tag not in TAGS and tag not in _GROUPS
    )


def _loop_faults(loop: nodes.For) -> Iterator[Fault]:
    name = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
    member = loop.target.name if isinstance(loop.target, nodes.Name) else ""
    if LISTS.get(name) != member:
        told = " og ".join(f"»for {one} in {many}«" for many, one in LISTS.items())
        yield Fault(f"for {member} in {name}", f"En gentagelse skal være {told}.")


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


def _tags(node: nodes.Node) -> Iterator[str]:
    """The tags that a tree uses, as they are written: "borger.navn", "linjer"."""
    if isinstance(node, nodes.Getattr):
        yield f"{_name(node.node)}.{node.attr}"
        return
    if isinstance(node, nodes.Name):
        yield node.name
        return
    for key, value in node.iter_fields():
        if key == "target":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node):
                yield from _tags(child)


def _name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else "".join(_tags(node))


def _unfinished(error: TemplateSyntaxError) -> str:
    return f"Et fletfelt er skrevet forkert eller ikke afsluttet ({error.message})."


def _broken(template: bytes) -> Iterator[Fault]:
    """What shows only when the template is filled: loops that tear a table's rows apart."""
    try:
        word: Any = Document(BytesIO(_filled(template, EXAMPLE)))
    except (TemplateError, ValueError, KeyError) as error:
        yield Fault("", f"Skabelonen kan ikke udfyldes: {error}.")
        return
    for number, table in enumerate(word.tables, start=1):
        widths = {len(row.cells) for row in table.rows}
        if len(widths) > 1:
            yield Fault("", f"Tabel {number} har rækker med forskelligt antal celler.")
