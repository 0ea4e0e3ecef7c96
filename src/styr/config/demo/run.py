"""The demonstration from nothing to findings: files, import, controls, summary. A second run reuses what is there."""

from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from uuid import UUID

from rich.console import Console

from exampletown.generate import generate, key_folder_of, make_town
from exampletown.mark import mark_of_maker
from exampletown.transport_files import FOLDER, write_transport
from styr.access.scope import service_scope
from styr.access.services import create_municipality
from styr.config.demo.contracts import hand_in_contracts
from styr.config.demo.drafts import prepare_drafts
from styr.config.demo.forecasts import make_forecasts
from styr.config.demo.initiatives import carry_initiatives
from styr.config.demo.ledger import bring_payments_home
from styr.config.demo.limits import meet_limits
from styr.config.demo.people import let_in, password_of
from styr.config.demo.place import Example, remember, remembered, remove_files
from styr.config.demo.planning import make_plans
from styr.config.demo.progress import GenerationBars, ImportBar, bars
from styr.config.demo.refunds import prepare_refunds
from styr.config.demo.results import negotiate
from styr.config.demo.rides import work_with_rides
from styr.config.demo.rounds import hold_rounds
from styr.config.demo.routes import plan_routes
from styr.config.demo.summary import print_summary
from styr.config.demo.tenders import put_out_to_tender
from styr.config.installation import Installation
from styr.config.setup import set_up
from styr.controls.queries import latest_run
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything
from styr.reports.services import prepare_now
from styr.workspace.queries import overview

CODE, NAME = "899", "Vesterhav Kommune"


def run_demo(  # noqa: PLR0913 - one use case, all by keyword
    *, installation: Installation, seed: int, scale: float, today: date, now: datetime, console: Console
) -> None:
    """Bring the example municipality of that seed and scale into the database, control it and print the summary.

    Another seed or scale than last time, or a program that makes the town otherwise, starts over with nothing.
    """
    started = perf_counter()
    example = the_example(installation, Example(seed, scale, today, mark_of_maker()), console)
    set_up()
    municipality_id = create_municipality(code=CODE, name=NAME).id
    with service_scope(municipality_id, "demo"):
        let_in(municipality_id, password=password_of(installation.home))
    folder = example.folder(installation.home)
    _write_files(folder, example, console)
    changed = _import(folder, municipality_id, now, console)
    with service_scope(municipality_id, "demo"):
        run = latest_run()
        if changed or run is None or run.asked_about != today:
            with console.status("Kører alle kontroller"):
                control_everything(municipality_id=municipality_id, today=today, now=now)
    if changed:
        bring_payments_home(municipality_id=municipality_id, now=now, console=console)
    make_forecasts(municipality_id=municipality_id, today=today, now=now, changed=changed, console=console)
    meet_limits(municipality_id=municipality_id, today=today, now=now, console=console)
    hold_rounds(municipality_id=municipality_id, today=today, now=now, console=console)
    make_plans(municipality_id=municipality_id, today=today, now=now, console=console)
    prepare_refunds(municipality_id=municipality_id, today=today, now=now, console=console)
    prepare_drafts(municipality_id=municipality_id, today=today, now=now, console=console)
    negotiate(municipality_id=municipality_id, today=today, now=now, console=console)
    work_with_rides(municipality_id=municipality_id, today=today, now=now, console=console)
    plan_routes(municipality_id=municipality_id, today=today, now=now, console=console)
    put_out_to_tender(municipality_id=municipality_id, today=today, now=now, console=console)
    hand_in_contracts(
        folder=folder, example=example, municipality_id=municipality_id, today=today, now=now, console=console
    )
    carry_initiatives(municipality_id=municipality_id, today=today, now=now, console=console)
    with console.status("Gør ledelsens tal klar"):
        prepare_now(municipality_id=municipality_id, today=today, now=now)
    with service_scope(municipality_id, "report"):
        print_summary(overview(today=today), console=console)
    console.print(
        f"\n[dim]Filerne ligger i {folder}. Det tog {perf_counter() - started:.0f} sekunder.[/]", soft_wrap=True
    )


def the_example(installation: Installation, wanted: Example, console: Console) -> Example:
    """The example that stands in the database if it is the wanted one; else start over with the wanted one."""
    held = remembered(installation.home)
    if held is not None and wanted.is_same_as(held):
        return held
    if held is not None:
        why = "" if wanted.is_made_as(held) else ", for programmet laver det anderledes nu"
        console.print(f"Eksemplet med seed {held.seed} og skala {held.scale:g} fjernes{why}; et nyt laves.")
        installation.start_over()
        remove_files(installation.home)
    remember(installation.home, wanted)
    return wanted


def _write_files(folder: Path, example: Example, console: Console) -> None:
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with bars(console) as shown:
            progress = GenerationBars(shown)
            generate(folder, seed=example.seed, scale=example.scale, today=example.written_for, progress=progress)
    if not (folder / FOLDER).is_dir():
        with console.status("Kører et års ture"):
            town = make_town(example.seed, example.scale, example.written_for)
            write_transport(folder, key_folder_of(folder), town=town, seed=example.seed, scale=example.scale)


def _import(folder: Path, municipality_id: UUID, now: datetime, console: Console) -> bool:
    """Import what is not there yet; True when matching and controls must follow."""
    with bars(console) as shown:
        report = import_paths(
            paths=[folder], municipality_id=municipality_id, actor="demo", now=now, progress=ImportBar(shown)
        )
    return report.needs_control
