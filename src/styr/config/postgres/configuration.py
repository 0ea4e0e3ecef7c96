"""The server's settings: one machine, no network, safe before fast (the tests may turn the disk's safety off)."""

import os
from pathlib import Path

_MIB = 1024 * 1024


def lines(*, sockets: Path, safe: bool, memory_mib: int | None = None) -> str:
    """The contents of `styr.conf`; `safe=False` gives up durability, for tests alone."""
    memory = memory_mib or _memory_mib()
    shared = max(128, min(memory // 8, 4096))
    settings: dict[str, str | int] = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{sockets}'",
        "unix_socket_permissions": "0700",
        "port": 5432,
        "password_encryption": "'scram-sha-256'",
        "max_connections": 100,
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": f"{max(16, min(memory // 128, 256))}MB",
        "maintenance_work_mem": f"{max(64, min(memory // 16, 1024))}MB",
        "max_wal_size": "'4GB'",
        "checkpoint_completion_target": "0.9",
        "random_page_cost": "1.1",
        "jit": "off",  # compiling costs more than our short queries take
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "datestyle": "'iso, ymd'",
        "logging_collector": "off",
        # A statement's parameters may be names and numbers of citizens: they stay out of the log.
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "idle_in_transaction_session_timeout": "'10min'",
    }
    if not safe:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def _memory_mib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MIB
