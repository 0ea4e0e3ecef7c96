"""The one list of controls. Registering a control is all it takes: the rest is the same for all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from styr.access.core.roles import Role
from styr.controls.core.check import LINKS, Registered, checked
from styr.controls.core.control import (
    EXCEPTION_CODES,
    Control,
    ControlError,
    OwnerRole,
    Reach,
    Severity,
    Stake,
    SubjectKind,
)

__all__ = [
    "EXCEPTION_CODES",
    "LINKS",
    "REGISTRY",
    "Control",
    "ControlError",
    "OwnerRole",
    "Reach",
    "Registered",
    "Registry",
    "Severity",
    "Stake",
    "SubjectKind",
    "checked",
    "register",
    "register_reach",
]


@dataclass(slots=True)
class Registry:
    """Controls by code, in the order they were registered, and the reaches of their domains."""

    _controls: dict[str, Control] = field(default_factory=dict)
    _checked: dict[str, Registered] = field(default_factory=dict)
    _reaches: dict[str, Reach] = field(default_factory=dict)

    def register(self, control: Control) -> None:
        """Add a control. Its expression (some 40 ms to build) is built and checked when it is first asked for.

        Raises:
            ControlError: the code is taken, the exception code unknown or the owner nobody.
        """
        if control.code in self._controls:
            raise ControlError(f"{control.code}: the code is taken")
        if control.owner_role is Role.ADMINISTRATOR:
            raise ControlError(f"{control.code}: an administrator settles no findings")
        if control.exception_code is not None and control.exception_code not in EXCEPTION_CODES:
            raise ControlError(f"{control.code}: {control.exception_code} is none of the twelve exception codes")
        self._controls[control.code] = control

    def register_reach(self, reach: Reach) -> None:
        """Check and add a reach.

        Raises:
            ControlError: the name is taken or the expression gives anything else than `id uuid`.
        """
        if reach.name in self._reaches:
            raise ControlError(f"{reach.name}: the reach is taken")
        schema = dict(reach.expression().schema().items())
        if list(schema) != ["id"] or not schema["id"].is_uuid():
            raise ControlError(f"{reach.name}: a reach gives one column, id uuid; it gives {schema}")
        self._reaches[reach.name] = reach

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """The reaches, in the order they are followed."""
        return tuple(self._reaches.values())

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls, in the order they were registered, unchecked."""
        return tuple(self._controls.values())

    def control(self, code: str) -> Control:
        """Return a control without building its expression. Raises KeyError."""
        return self._controls[code]

    def __getitem__(self, code: str) -> Registered:
        """Return a checked control.

        Raises:
            KeyError: nobody registered the code.
            ControlError: a column is missing or of another type, or the template cannot be filled.
        """
        if code not in self._checked:
            self._checked[code] = checked(self._controls[code])
        return self._checked[code]

    def __contains__(self, code: object) -> bool:
        return code in self._controls

    def __iter__(self) -> Iterator[Registered]:
        return (self[code] for code in self._controls)

    def __len__(self) -> int:
        return len(self._controls)


REGISTRY: Final = Registry()
"""The program's controls; each domain's `controls.py` fills it when Django starts."""

register = REGISTRY.register
register_reach = REGISTRY.register_reach
