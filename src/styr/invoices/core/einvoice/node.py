"""A UBL element with its children by name: the one way that the adapters look into a document."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_NO_NODES: Final[tuple["Node", ...]] = ()


@lru_cache(maxsize=1024)
def _name(tag: str) -> str | None:
    """The UBL name of a tag, None for an element of another vocabulary (such as extensions and signatures)."""
    if tag.startswith((_CBC, _CAC)):
        return tag.rpartition("}")[2]
    return None


class Node:
    """One element; its children are sorted by name the first time one is asked for.

    A node that is not there behaves as an empty one, so that `a.child("B").value("C")` needs no checks.
    """

    __slots__ = ("_children", "_element")

    def __init__(self, element: etree._Element | None) -> None:
        self._element = element
        self._children: dict[str, list[Node]] | None = None

    def __bool__(self) -> bool:
        return self._element is not None

    def all(self, name: str) -> Sequence["Node"]:
        """The children of that UBL name, in document order."""
        children = self._children
        if children is None:
            children = self._children = self._sorted()
        return children.get(name, _NO_NODES)

    def child(self, name: str) -> "Node":
        """The first child of that name, or the empty node."""
        found = self.all(name)
        return found[0] if found else NOTHING

    def value(self, name: str) -> str | None:
        """The stripped text of the first child of that name; None where it is missing or blank."""
        found = self.all(name)
        return found[0].text() if found else None

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

    def _sorted(self) -> dict[str, list["Node"]]:
        children: dict[str, list[Node]] = {}
        if self._element is None:
            return children
        for element in self._element:
            name = _name(element.tag)
            if name is None:
                continue
            known = children.get(name)
            if known is None:
                children[name] = [Node(element)]
            else:
                known.append(Node(element))
        return children


NOTHING: Final = Node(None)
