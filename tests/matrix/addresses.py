"""Every address of the program with its rule and an example, read from the URLconf as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from matrix.examples import ADDRESSES, PARAMETERS, Word
from matrix.world import THINGS
from styr.access.web.rules import Rule, rule_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its pattern, name and rule, and what stands for each of its parameters."""

    route: str
    name: str
    rule: Rule | None
    parameters: tuple[str, ...]

    @property
    def stand_ins(self) -> dict[str, str | Word]:
        """Parameter → thing or word, as far as there is one."""
        own = ADDRESSES.get(self.name, {})
        known = {name: own.get(name, PARAMETERS.get(name)) for name in self.parameters}
        return {name: found for name, found in known.items() if found is not None}

    @property
    def things(self) -> tuple[str, ...]:
        """The things that stand in it."""
        return tuple(found for found in self.stand_ins.values() if isinstance(found, str))

    @property
    def sure(self) -> bool:
        """Whether what stands in it is there for sure, to whoever may see it."""
        return all(found.sure for found in self.stand_ins.values() if isinstance(found, Word))

    def path(self, ids: Mapping[str, Any]) -> str:
        """The address with its example in it."""
        text = self.route
        for name, found in self.stand_ins.items():
            before, _, rest = text.partition(f":{name}>")
            shown = found.text if isinstance(found, Word) else str(ids[found])
            text = before[: before.rindex("<")] + shown + rest
        return f"/{text}"

    def faults(self) -> Iterator[str]:
        """What must be mended before the address can be in the matrix, and how."""
        if self.rule is None:
            yield (
                f"/{self.route} ({self.name}) has no rule, so nobody can open it: decorate its view with requires, "
                "anyone_logged_in, public or by_key of styr.access.web.rules"
            )
        bare = [name for name in self.parameters if name not in self.stand_ins]
        if bare:
            line = ", ".join(f'"{name}": "…"' for name in bare)
            yield (
                f'/{self.route} ({self.name}) has no example: add `"{self.name}": {{{line}}},` to ADDRESSES in '
                f"tests/matrix/examples.py; things: {', '.join(sorted(THINGS))}, or Word(…)"
            )


def addresses() -> list[Address]:
    """Every address, in the order of the URLconf."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Address]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, route, inside)
        else:
            names = tuple(one.pattern.converters)
            yield Address(route, f"{space}{one.name or route}", rule_of(one.callback), names)
