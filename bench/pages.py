"""How long the pages take with a large municipality in the database and fifty people at them.

    python bench/pages.py [--grants 50000] [--users 50] [--seconds 120] [--keep] [--pause 2 5]

Production's settings, gunicorn with two workers of four threads, and a PostgreSQL of its own in `.var/bench-pages`
(`--keep` uses the municipality of the last run). The registers are filled by the bulk services of the import and not
through files (`served/town.py`). Locust opens a mix of pages; the time is the program's own for the request, from the
first middleware to the answer, and the number of questions to the database is counted there too. Exits 1 when the p95
of all pages is above 150 ms or a page fails.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".var" / "bench-pages"
HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(ROOT / "src"), str(ROOT / "tests")]
BAR_MS, BAR_QUERIES, PATIENCE = 150, 12, 120
# Measured on OS2bos 7.1.9 with the list of 200 activities: docs of the design, section 6.
OS2BOS_LIST_SECONDS, OS2BOS_LIST_QUERIES = (2.9, 4.5), 2_003
LIST = "bevillinger, 200"
MIX = {
    "bevillinger": ("/bevillinger/?side={page}", 6),
    LIST: ("/bevillinger/?side={page}&antal=200", 1),
    "bevillinger, søgt": ("/bevillinger/?q=Dorte", 2),
    "bevilling": ("/bevillinger/{grant}/", 5),
    "borgere": ("/borgere/?side={page}", 3),
    "borgere, søgt": ("/borgere/?navn=Frida+Holm", 2),
    "borger": ("/borgere/{citizen}/", 5),
    "borgerens økonomi": ("/borgere/{citizen}/oekonomi/", 4),
    "fakturaer": ("/fakturaer/?visning=alle", 3),
    "faktura": ("/fakturaer/{invoice}/?visning=afvigelser", 6),
    "afvigelser": ("/afvigelser/?side={page}", 3),
    "afvigelse": ("/afvigelser/{finding}/", 3),
    "kontrakter": ("/kontrakter/?side={page}", 2),
    "kontrakt": ("/kontrakter/{contract}/", 2),
    "leverandører": ("/leverandoerer/", 2),
    "leverandør": ("/leverandoerer/{supplier}/", 2),
    "frister": ("/frister/", 1),
    "søg": ("/soeg/?q=Emil", 2),
    "start": ("/", 4),
}
"""Page → (address, how often in the mix)."""


def main() -> int:
    asked = _asked()
    _prepare()
    import django

    django.setup()
    from django.conf import settings

    plan = _plan(asked)
    (HOME / "plan.json").write_text(json.dumps(plan), "utf-8")
    with _served() as url:
        for name, path in plan["mix"]:
            _warm(url, name, path, plan)
        found = _crowd(asked, url)
    settings.INSTALLATION.cluster.stop()
    return _told(asked, found)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--grants", type=int, default=50_000)
    words.add_argument("--users", type=int, default=50)
    words.add_argument("--seconds", type=int, default=120)
    words.add_argument("--pause", type=float, nargs=2, default=(2, 5), help="seconds that somebody looks at a page")
    words.add_argument("--keep", action="store_true")
    return words.parse_args()


def _prepare() -> None:
    """Production reads everything from the environment."""
    os.environ |= {"STYR_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "served.settings", "STYR_HTTPS": "false"}
    os.environ |= {"STYR_ALLOWED_HOSTS": "127.0.0.1", "STYR_SECOND_FACTOR": "optional"}
    os.environ |= {"STYR_STATIC_ROOT": str(HOME / "static"), "STYR_SECRET_KEY": "only this bench uses it " * 3}
    keys = {name: base64.b64encode(sha256(name.encode()).digest()).decode() for name in ("cpr", "index", "token")}
    os.environ |= {"STYR_CPR_KEYS": f"1:{keys['cpr']}", "STYR_CPR_INDEX_KEY": keys["index"]}
    os.environ |= {"STYR_TOKEN_KEY": keys["token"]}
    os.environ["PYTHONPATH"] = f"{HERE}{os.pathsep}{ROOT / 'src'}"


def _plan(asked: argparse.Namespace) -> dict[str, Any]:
    """The municipality, fifty people in it with sessions, and what they open."""
    from django.conf import settings
    from django.db import connection

    from styr.access.scope import service_scope
    from styr.access.services import municipality_ids
    from styr.config.setup import set_up

    settings.INSTALLATION.start()
    if not asked.keep:
        settings.INSTALLATION.start_over()
    set_up()
    if not asked.keep:
        from served.town import build

        build(asked.grants)
    [municipality_id] = municipality_ids()
    names = {"grant": "grants_grant", "citizen": "people_citizen", "finding": "controls_finding",
             "contract": "contracts_contract", "supplier": "suppliers_supplier"}  # fmt: skip
    with service_scope(municipality_id, "test"), connection.cursor() as cursor:
        ids: dict[str, list[Any]] = {"page": list(range(1, 8))}
        for kind, table in names.items():
            cursor.execute(f"SELECT id::text FROM {table} ORDER BY random() LIMIT 400")  # noqa: S608 - our own names
            ids[kind] = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT id::text FROM invoices_invoice WHERE number LIKE 'F-%%' LIMIT 400")
        ids["invoice"] = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM grants_grant")
        [count] = cursor.fetchone()
    mix = [(name, path) for name, (path, often) in MIX.items() for _ in range(often)]
    sessions = [_session(municipality_id, number) for number in range(asked.users)]
    return {"mix": mix, "ids": ids, "sessions": sessions, "pause": asked.pause, "grants": count}


def _session(municipality_id: Any, number: int) -> str:
    from django.conf import settings

    from loggedin import logged_in_client
    from personas import Persona
    from styr.access.core.roles import Role
    from styr.access.scope import service_scope
    from styr.access.services import NewUser, create_user
    from styr.access.web.login import issue_session_token

    name = settings.SESSION_COOKIE_NAME
    with service_scope(municipality_id, "test"):
        person = NewUser(f"bruger-{time.time_ns()}", f"Bruger {number}", "en lang sætning som ingen gætter")
        role = (Role.ECONOMIST, Role.CASEWORKER, Role.NEGOTIATOR)[number % 3]
        since = date(2020, 1, 1)
        user = create_user(municipality_id=municipality_id, person=person, roles=[(role, None)], starts=since)
        token = issue_session_token(user_id=user.id, municipality_id=municipality_id)
        return f"{name}={logged_in_client(Persona(user, token)).cookies[name].value}"


@contextmanager
def _served() -> Iterator[str]:
    from django.core.management import call_command

    from styr.config.serving import free_port

    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port(8300)
    words = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    environment = os.environ | {"STYR_SETTINGS": "served.settings"}
    program = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "styr.config.wsgi:application", *words], env=environment
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)


def _warm(url: str, name: str, path: str, plan: dict[str, Any]) -> None:
    """Open the page once, so that no measured one pays for reading the program."""
    shown = path.format(**{kind: ids[0] for kind, ids in plan["ids"].items()})
    wanted = url + urllib.request.quote(shown, safe="/?=&+")
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            request = urllib.request.Request(wanted, headers={"Cookie": plan["sessions"][0]})  # noqa: S310 - our own
            urllib.request.urlopen(request).close()  # noqa: S310 - the same
        except urllib.error.HTTPError as refused:
            print(f"{name}: {refused.code} {wanted}")
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.3)
            continue
        return


def _crowd(asked: argparse.Namespace, url: str) -> dict[str, Any]:
    found = HOME / "found.json"
    environment = os.environ | {"PLAN": str(HOME / "plan.json"), "FOUND": str(found)}
    words = ["-f", str(HERE / "served" / "crowd.py"), "--headless", "--host", url, "-u", str(asked.users), "-r", "10",
             "-t", f"{asked.seconds}s", "--only-summary", "--loglevel", "ERROR"]  # fmt: skip
    subprocess.run([shutil.which("locust", path=str(Path(sys.executable).parent)) or "locust", *words], env=environment,
                   check=False, stdout=subprocess.DEVNULL)  # fmt: skip
    return json.loads(found.read_text("utf-8"))  # type: ignore[no-any-return]


def _told(asked: argparse.Namespace, found: dict[str, Any]) -> int:
    took: dict[str, list[tuple[float, int]]] = found["took"]
    everything = [ms for rows in took.values() for ms, _ in rows]
    print(f"\n{len(everything)} pages in {asked.seconds} s by {asked.users} people\n")
    print(f"{'page':28} {'opened':>6} {'p50 ms':>7} {'p95 ms':>7} {'asks':>5}")
    for name, rows in sorted(took.items(), key=lambda item: -_p95([ms for ms, _ in item[1]])):
        ms = [one for one, _ in rows]
        print(f"{name:28} {len(rows):6} {median(ms):7.0f} {_p95(ms):7.0f} {max(asks for _, asks in rows):5}")
    p95 = _p95(everything)
    print(f"{'all':28} {len(everything):6} {median(everything):7.0f} {p95:7.0f}   (bar: p95 {BAR_MS} ms)")
    if LIST in took:
        seconds, asks = median(ms for ms, _ in took[LIST]) / 1000, max(asks for _, asks in took[LIST])
        low, high = (bar / seconds for bar in OS2BOS_LIST_SECONDS)
        print(
            f"list of 200 grants: {seconds:.3f} s and {asks} questions; OS2bos' list of 200 takes 2.9-4.5 s "
            f"and 2,003: {low:.0f}-{high:.0f} times as fast, {OS2BOS_LIST_QUERIES / asks:.0f} times fewer questions"
        )
    for told, times in found["failed"].items():
        print(f"failed {times} times: {told}")
    many = [name for name, rows in took.items() if max(asks for _, asks in rows) > BAR_QUERIES]
    print(f"above {BAR_QUERIES} questions: {', '.join(many) or 'none'}")
    return 1 if p95 > BAR_MS or found["failed"] or many else 0


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    sys.exit(main())
