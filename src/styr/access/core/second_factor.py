"""Of whom a second factor (ekstra login-trin) is required, as the installation says in `STYR_SECOND_FACTOR`."""

from collections.abc import Collection
from dataclasses import dataclass

from styr.access.core.roles import Role


class UnknownDemandError(ValueError):
    """`STYR_SECOND_FACTOR` says something that is not understood."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Who must have a second factor: everybody, those with one of some roles, or nobody."""

    everybody: bool
    roles: frozenset[Role] = frozenset()

    def falls_on(self, roles: Collection[str]) -> bool:
        """Whether somebody with those roles must have one."""
        return self.everybody or bool(self.roles & set(roles))


def demand(text: str) -> Demand:
    """Read "required", "optional", or roles with commas ("administrator,auditor").

    Raises:
        UnknownDemandError: an unknown word; the program must not start with less than was meant.
    """
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if words == ["required"]:
        return Demand(everybody=True)
    if words == ["optional"]:
        return Demand(everybody=False)
    known = {role.value for role in Role}
    unknown = [word for word in words if word not in known]
    if unknown or not words:
        said = ", ".join(unknown) or text
        raise UnknownDemandError(
            f"STYR_SECOND_FACTOR kan være required, optional eller roller adskilt af komma, ikke »{said}«."
        )
    return Demand(everybody=False, roles=frozenset(Role(word) for word in words))
