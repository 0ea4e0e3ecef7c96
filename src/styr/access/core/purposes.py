"""What a job may be for, and how little it then may do."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Purpose:
    """A reason for a job to see a municipality: whether it may write there, and how long its token lives."""

    name: str
    may_write: bool
    lifetime: timedelta


class UnknownPurposeError(LookupError):
    """A token was asked for with a purpose nobody has described."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Formålet »{name}« er ukendt; kendte formål: {', '.join(sorted(PURPOSES))}.")


PURPOSES = {
    purpose.name: purpose
    for purpose in (
        Purpose("erase", may_write=True, lifetime=timedelta(hours=1)),
        Purpose("import", may_write=True, lifetime=timedelta(hours=12)),
        Purpose("control", may_write=True, lifetime=timedelta(hours=6)),
        Purpose("demo", may_write=True, lifetime=timedelta(hours=6)),
        Purpose("job", may_write=True, lifetime=timedelta(hours=6)),
        Purpose("login", may_write=True, lifetime=timedelta(minutes=5)),
        Purpose("rotate", may_write=True, lifetime=timedelta(hours=1)),
        Purpose("seal", may_write=False, lifetime=timedelta(hours=1)),
        Purpose("setup", may_write=True, lifetime=timedelta(hours=1)),
        Purpose("report", may_write=False, lifetime=timedelta(hours=6)),
        Purpose("test", may_write=True, lifetime=timedelta(hours=1)),
    )
}


def purpose_named(name: str) -> Purpose:
    """The purpose of that name; raises `UnknownPurposeError`."""
    try:
        return PURPOSES[name]
    except KeyError:
        raise UnknownPurposeError(name) from None
