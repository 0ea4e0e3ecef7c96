"""The shape of the code base, held by tests so that it stays: small files, short functions, telling names."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(
    path
    for folder in ("src", "tests", "bench", "scripts", "frontend")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts and "migrations" not in path.parts
)
DOMAINS = sorted(path.parent for path in (ROOT / "src" / "styr").glob("*/__init__.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def tracked_text() -> list[tuple[Path, str]]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    found = []
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        try:
            found.append((path, path.read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCE
        if (lines := path.read_text("utf-8").count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_package_markers_are_empty_so_that_importing_a_package_runs_nothing() -> None:
    assert [
        path
        for path in SOURCE
        if path.name == "__init__.py" and path.read_text("utf-8").strip() and "exampletown" not in path.parts
    ] == []


@pytest.mark.parametrize("vague", ["utils", "util", "common", "helpers", "helper", "misc"])
def test_no_file_has_a_name_that_says_nothing(vague: str) -> None:
    assert [path for path in SOURCE if path.stem == vague] == []


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_every_domain_explains_itself(domain: Path) -> None:
    assert (domain / "README.md").is_file(), (
        f"{domain.name}/README.md: what comes in, what goes out, the rules behind it"
    )


def test_the_project_names_no_machine_and_no_registry() -> None:
    here = str(ROOT.parent) + "/"
    hosts = re.compile(r"(files\.pythonhosted|pypi|registry\.npmjs|registry\.yarnpkg)\.(org|com)|/root/|/home/[a-z]+/")
    found = {
        str(path.relative_to(ROOT))
        for path, text in tracked_text()
        if path != Path(__file__) and (here in text or hosts.search(text))
    }
    assert found == set()


def test_no_check_is_silenced_without_a_code() -> None:
    bare = re.compile(
        r"# noqa(?!: [A-Z])|# type: ignore(?!\[)|except Exception:\s*pass|pytest\.mark\.skip|pytest\.skip\("
    )
    assert [
        str(path.relative_to(ROOT))
        for path in SOURCE
        if path != Path(__file__) and bare.search(path.read_text("utf-8"))
    ] == []
