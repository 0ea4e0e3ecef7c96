"""The example's contract files, handed in as by a negotiator, and a case for each supplier without a contract."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from rich.console import Console

from exampletown.contract_files import files_folder_of, write_contract_files
from exampletown.generate import key_folder_of, make_town
from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.agreements.collecting import open_cases
from styr.agreements.services import HandedIn, take_document
from styr.config.demo.place import Example
from styr.contracts.listing import ContractFilter, contract_rows
from styr.texts.services import index_documents

_NUMBER: Final = re.compile(r"K-\d{4}-\d{4,5}")
_NEGOTIATOR: Final = "Mads Overgaard"


def hand_in_contracts(  # noqa: PLR0913 - one use case, all by keyword
    *, folder: Path, example: Example, municipality_id: UUID, today: date, now: datetime, console: Console
) -> None:
    """Write the files if they are not there, and hand in those that are not; scans are read when the worker runs."""
    with console.status("Lægger kontraktfiler ind"):
        if not files_folder_of(folder).is_dir():
            town = make_town(example.seed, example.scale, example.written_for)
            write_contract_files(folder, town, seed=example.seed, key_folder=key_folder_of(folder))
        with service_scope(municipality_id, "demo"):
            able = colleagues_who(Permission.EDIT_CONTRACTS, unit_id=None, on=today)
            actor_id = next(one.id for one in able if one.name == _NEGOTIATOR)
            for file in sorted(files_folder_of(folder).iterdir()):
                take_document(
                    municipality_id=municipality_id,
                    file=HandedIn(file.name, file.read_bytes()),
                    contract_id=_contract_of(file.name, today),
                    actor_id=actor_id,
                    now=now,
                )
            open_cases(municipality_id=municipality_id, actor_id=actor_id, today=today, now=now)
            index_documents(municipality_id=municipality_id)


def _contract_of(name: str, today: date) -> UUID | None:
    """The contract that a file's name tells; scans and mails are left for people to place."""
    number = _NUMBER.search(name)
    if number is None or not name.startswith(("K-", "Aftale")):
        return None
    rows, _total = contract_rows(ContractFilter(text=number[0]), today=today, size=1)
    return rows[0].id if rows else None
