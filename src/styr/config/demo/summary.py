"""The summary that an economist reads in the terminal: the same picture as the start page."""

from rich.console import Console
from rich.table import Table

from styr.access.core.roles import Role
from styr.controls.queries import FindingView, KindCount
from styr.integrations.queries import open_problems
from styr.kernel.danish import danish_number, kroner
from styr.workspace.queries import Overview

SHOWN_PROBLEMS = 5


def print_summary(overview: Overview, *, console: Console) -> None:
    """Print figures, findings by kind with count and kroner, and the most expensive ones with their source."""
    _print_figures(overview, console)
    _print_kinds(overview.found.kinds, console)
    _print_expensive(overview.found.expensive, console)
    if overview.kept_out:
        console.print(f"[bold red]{_count(overview.kept_out)} filer kunne ikke læses ind:[/]")
        for problem in open_problems(limit=SHOWN_PROBLEMS):
            where = f", række {problem.row}, {problem.column}" if problem.row else ""
            console.print(f"     {problem.file}{where}: {problem.message}", highlight=False, markup=False)
    for failure in overview.found.run.failures if overview.found.run else ():
        console.print(f"[bold red]{failure}[/] – tallene er derfor ikke fuldstændige.")


def _print_figures(overview: Overview, console: Console) -> None:
    figures, registers = overview.invoices, overview.registers
    share = overview.touchless_share
    console.rule("[bold]Resumé", align="left")
    rows = [
        ("Borgere", f"{_count(registers.citizens)} med {_count(registers.grants)} bevillinger"),
        ("Leverandører", f"{_count(registers.suppliers)} med {_count(registers.contracts)} kontrakter"),
        ("Fakturaer læst", f"{_count(figures.read)} ({kroner(figures.amount_ore, whole=True)})"),
        ("Klar uden gennemsyn", "–" if share is None else f"{_percent(share)} ({_count(figures.touchless)})"),
        ("Stoppet", f"{_count(figures.stopped)} må ikke betales, før nogen har set på dem"),
        ("Åbne afvigelser", _count(overview.found.count)),
    ]
    grid = Table.grid(padding=(0, 2))
    for name, value in rows:
        grid.add_row(f"[dim]{name}[/]", value)
    console.print(grid)


def _print_kinds(kinds: tuple[KindCount, ...], console: Console) -> None:
    table = Table(title="Afvigelser efter type", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("Type", overflow="fold")
    table.add_column("Antal", justify="right")
    table.add_column("Beløb", justify="right", no_wrap=True)
    table.add_column("Ansvarlig rolle", no_wrap=True)
    for kind in kinds:
        amount = "–" if kind.unknown == kind.count else kroner(kind.amount_ore, whole=True)
        table.add_row(kind.title, _count(kind.count), amount, Role(kind.owner_role).danish)
    console.print()
    console.print(table)
    console.print("[dim]Flere afvigelser kan handle om de samme kroner; læg dem ikke sammen.[/]")


def _print_expensive(expensive: tuple[FindingView, ...], console: Console) -> None:
    console.print()
    console.print(f"[bold]De {len(expensive)} dyreste afvigelser[/]")
    for place, finding in enumerate(expensive, start=1):
        amount = kroner(finding.amount_ore, whole=True) if finding.amount_ore is not None else "–"
        console.print(f"{place:>3}. [bold]{amount:>16}[/]  {finding.title}")
        console.print(f"     {finding.sentence}", highlight=False, markup=False)
        console.print(f"     Kilde: {finding.source}", style="dim", highlight=False, markup=False)


def _count(number: int) -> str:
    return danish_number(number)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
