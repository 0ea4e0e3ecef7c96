"""Reads a `postgresql://` address, and leaves nothing of it out in silence."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from styr.config.postgres.errors import DatabaseUnavailableError

# libpq's parameters that an address may carry along (PostgreSQL's manual, "Parameter Key Words").
KNOWN = frozenset(
    (
        *("sslmode", "sslnegotiation", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslcertmode", "sslcrl"),
        *("sslcrldir", "sslsni", "ssl_min_protocol_version", "ssl_max_protocol_version", "channel_binding"),
        *("require_auth", "gssencmode", "gsslib", "krbsrvname", "connect_timeout", "tcp_user_timeout", "keepalives"),
        *("keepalives_idle", "keepalives_interval", "keepalives_count", "target_session_attrs", "application_name"),
        *("hostaddr", "options"),
    )
)


@dataclass(frozen=True, slots=True)
class Url:
    """The parts of the address; `host` may be a socket's folder, `options` are libpq's parameters."""

    user: str
    password: str = field(repr=False)
    host: str
    port: int | None
    database: str
    options: dict[str, str]


def parsed(name: str, url: str) -> Url:
    """The parts of the address that the variable `name` holds.

    Raises `DatabaseUnavailableError`, which names the variable and the part at fault, and never shows a value.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.username:
        raise DatabaseUnavailableError(f"{name} skal ligne postgresql://bruger:kode@vært:port/database.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    sockets = options.pop("host", "")
    unknown = sorted(options.keys() - KNOWN)
    if unknown:
        known = ", ".join(sorted(KNOWN))
        raise DatabaseUnavailableError(
            f"{name}: kender ikke »{', '.join(unknown)}«. Ret det, eller fjern det; kendte er {known}."
        )
    return Url(
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        host=unquote(parts.hostname or sockets),
        port=_port(name, parts),
        database=unquote(parts.path.strip("/")),
        options=options,
    )


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise DatabaseUnavailableError(f"{name}: porten skal være et tal mellem 1 og 65535.") from None
