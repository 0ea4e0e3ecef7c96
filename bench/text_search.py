"""Searching five thousand contracts' texts: words by the index and the policies, and the passages of a page.

    python bench/text_search.py [--contracts 5000]

Asked for: a search under 100 ms. The texts are the review's whole test contracts with words of their own mixed in, so
that hits are few, some and all. Every question is asked ten times, in the program's own role and a scope; the time is
this process's and the database's together. Prints the comparison of one clause too, and exits 1 above the bar.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styr.config.settings.test")
import django  # noqa: E402 - Django is set up first

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django is set up first

from databases import database_of_this_process  # noqa: E402 - Django is set up first
from styr.access.crypto import seal  # noqa: E402 - Django is set up first
from styr.access.models import Municipality  # noqa: E402 - Django is set up first
from styr.access.scope import service_scope  # noqa: E402 - Django is set up first
from styr.access.services import NewUser, create_municipality, create_user, install_token_key  # noqa: E402 - as above
from styr.agreements.core.reading.document import ContractText, Kind, Page  # noqa: E402 - Django is set up first
from styr.agreements.models import AgreementDocument  # noqa: E402 - Django is set up first
from styr.agreements.sealed import place_of  # noqa: E402 - Django is set up first
from styr.kernel.ids import uuid7  # noqa: E402 - Django is set up first
from styr.texts import comparing, queries  # noqa: E402 - Django is set up first
from styr.texts.core.asking import asked  # noqa: E402 - Django is set up first
from styr.texts.services import index_documents  # noqa: E402 - Django is set up first

BAR_MS, TIMES = 100, 10
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
QUESTIONS = ("varsel", "opsigelse varsel måned", '"løbende måned"', "takst -regulering", "sjælden7", "hovedpine")
WHOLE = sorted((ROOT / "tests" / "unit" / "agreements" / "contracts").glob("*.txt"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=5_000)
    count = parser.parse_args().contracts
    with database_of_this_process():
        install_token_key()
        municipality = create_municipality(code="898", name="Bænkby", using="owner")
        with service_scope(municipality.id, "test"):
            began = perf_counter()
            _documents(municipality, count)
            written = perf_counter()
            while index_documents(municipality_id=municipality.id):
                pass
            told = f"{count} documents made in {written - began:.0f} s, their words in {perf_counter() - written:.0f} s"
            print(told, flush=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('texts_documentwords'))")
            print("words and index:", *cursor.fetchone() or ())
        return _asked(municipality)


def _documents(municipality: Municipality, count: int) -> None:
    """Rows as handing in leaves them, without a reader's process for each."""
    chance = Random(8)
    person = NewUser(username="baenk", name="Bænk", password="et kodeord som ingen gætter")  # noqa: S106 - a bench's
    actor = create_user(municipality_id=municipality.id, person=person, roles=[], starts=date(2020, 1, 1))
    bodies = [path.read_text(encoding="utf-8") for path in WHOLE]
    for number in range(count):
        own = f"\nAftale nr. {number} med Sted{number % 300}, særkende sjælden{chance.randrange(1000)}.\n"
        text = bodies[number % len(bodies)] + own
        row = AgreementDocument(
            id=uuid7(), municipality_id=municipality.id, name=f"{number}.txt", sha256=f"{number:064x}", size=len(text),
            kind="text", pages=1, state="read", playbook="b", content=b"x", received_at=NOW, received_by_id=actor.id,
        )  # fmt: skip
        written = json.dumps(asdict(ContractText(Kind.TEXT, (Page(1, text),), (), macros=False))).encode()
        row.text = seal(written, place=place_of(row.id, "text"))
        row.save(force_insert=True)


def _asked(municipality: Municipality) -> int:
    slowest = 0.0
    for words in QUESTIONS:
        times = []
        for _ in range(TIMES):
            with service_scope(municipality.id, "test"), transaction.atomic():
                began = perf_counter()
                _hits, total = queries.found_documents(asked(words), page=1)
                times.append((perf_counter() - began) * 1_000)
        slowest = max(slowest, median(times))
        print(f"{words:<28} {total:>6} found   median {median(times):6.1f} ms   worst {max(times):6.1f} ms")
    with service_scope(municipality.id, "test"):
        began = perf_counter()
        wanted = comparing.ComparisonFilter(clause="notice")
        comparing.compared_contracts(wanted, sort="nummer", falling=False, page=1, size=50)
        print(f"one clause compared: {(perf_counter() - began) * 1_000:.1f} ms")
    print(f"slowest median {slowest:.1f} ms, {slowest / BAR_MS:.2f} of the bar")
    return int(slowest > BAR_MS)


if __name__ == "__main__":
    sys.exit(main())
