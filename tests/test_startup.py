"""Starting up is cheap: `import siglum` and `siglum --help` load neither the floors nor what they stand on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from types import ModuleType

import pytest

import siglum as package
from siglum.cli.commands import COMMANDS
from tests.conftest import CommandLine

HEAVY = ("lxml", "elementpath", "siglum.schema", "siglum.check", "siglum.convert", "siglum.project", "siglum.serve")
LOADED = "import atexit, json, sys; atexit.register(lambda: sys.stderr.write(json.dumps(sorted(sys.modules)) + '\\n')); "


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after running some code."""
    done = subprocess.run([sys.executable, "-c", LOADED + code], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def heavy(modules: set[str]) -> list[str]:
    return sorted(name for name in modules if name.startswith(tuple(f"{each}." for each in HEAVY)) or name in HEAVY)


def command_line(argument: str) -> str:
    return f"sys.argv = ['siglum', {argument!r}]; from siglum.cli import main; main()"


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_command_line_starts_without_the_floors(argument: str) -> None:
    assert not heavy(loaded_by(command_line(argument)))


def test_importing_the_package_loads_no_floor() -> None:
    loaded = loaded_by("import siglum")
    assert not heavy(loaded)
    assert "click" not in loaded


def test_every_public_name_is_there_and_no_other() -> None:
    names = getattr(package, "__all__", [])
    assert names
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(package, name)] == []
    assert set(names) <= set(dir(package))
    public = {name for name, value in vars(package).items() if not name.startswith("_") and is_ours(value)}
    assert public - {"TYPE_CHECKING"} <= set(names)


def is_ours(value: object) -> bool:
    """Not a module, and not something that another package made."""
    return not isinstance(value, ModuleType) and getattr(value, "__module__", "siglum").partition(".")[0] == "siglum"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="validatee"):
        getattr(package, "validatee")  # noqa: B009 - mypy would see it


def test_the_help_names_every_command(siglum: CommandLine) -> None:
    done = siglum("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(siglum: CommandLine, name: str) -> None:
    done = siglum(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    _, found, examples = done.stdout.partition("Example")
    assert found, f"`siglum {name} --help` shows no example"
    assert re.search(rf"^\s+(\$ )?siglum {name}\b", examples, re.MULTILINE)


def test_both_ways_to_start_it_are_the_same(siglum: CommandLine) -> None:
    assert re.fullmatch(r"siglum \d+\.\d+\.\d+\S*\n", siglum("--version").stdout)
    assert siglum("-h").stdout == siglum("--help").stdout
