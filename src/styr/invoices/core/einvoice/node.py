"""A UBL element with its children by name: the one way that the adapters look into a document."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_MOST_NAMES: Final = 4096


class _Names(dict[str, str]):
    """The UBL name of a tag; "" for an element of another vocabulary (such as extensions and signatures)."""

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition("}")[2] if tag.startswith((_CBC, _CAC)) else ""
        if len(self) < _MOST_NAMES:  # a file of a million invented names must not stay in memory
            self[tag] = name
        return name


_NAMES: Final = _Names()


class Node:
    """One element with its children sorted by name.

    A node that is not there behaves as an empty one, so that `a.child("B").value("C")` needs no checks.
    """

    __slots__ = ("_children", "_element")

    def __init__(self, element: etree._Element | None) -> None:
        self._element = element
        self._children: dict[str, list[etree._Element]] = {}
        for child in element if element is not None else ():
            name = _NAMES[child.tag]
            known = self._children.get(name)
            if known is None:
                self._children[name] = [child]
            else:
                known.append(child)

    def __bool__(self) -> bool:
        return self._element is not None

    def all(self, name: str) -> Sequence["Node"]:
        """The children of that UBL name, in document order."""
        found = self._children.get(name)
        return [Node(element) for element in found] if found else ()

    def child(self, name: str) -> "Node":
        """The first child of that name, or the empty node."""
        found = self._children.get(name)
        return Node(found[0]) if found else NOTHING

    def value(self, name: str) -> str | None:
        """The stripped text of the first child of that name; None where it is missing or blank."""
        found = self._children.get(name)
        text = found[0].text if found else None
        return (text.strip() or None) if text else None

    def values(self, name: str) -> tuple[str, ...]:
        """The texts of every child of that name that has one."""
        return tuple(text for node in self.all(name) if (text := node.text()) is not None)

    def text(self) -> str | None:
        """This element's own stripped text, None where blank."""
        text = self._element.text if self._element is not None else None
        return (text.strip() or None) if text else None

    def attribute(self, name: str) -> str | None:
        """An attribute's stripped value, None where missing or blank."""
        text = self._element.get(name) if self._element is not None else None
        return (text.strip() or None) if text else None


NOTHING: Final = Node(None)
