"""The house stands: imports go down the stairs, and each kind of work is done in one place.

Every file of src/siglum is read with `ast`, so that an import inside a function counts like any other. A fault is named
with file and line. Where a rule has to be broken, the exception stands in a table here, with its reason; an exception that
nothing needs any more is a fault too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
PACKAGE = "siglum"

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "version"}),
    frozenset({"text"}),
    frozenset({"schema"}),
    frozenset({"check", "convert"}),
    frozenset({"project"}),
    frozenset({"serve"}),
    frozenset({""}),  # siglum/__init__.py, which hands out the public names
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""The rooms from the bottom up. A room may use the floors below it and itself; its neighbours have no door to it."""

WINDOWS = {
    ("siglum.errors", "siglum.text.diagnostic"): "DocumentError carries findings; the name is for the type checker only",
}
"""Imports that look up or sideways all the same, and why. Only an import under TYPE_CHECKING can be excused."""

KNOWN_CYCLES: dict[frozenset[str], str] = {}
"""Modules that name each other, under TYPE_CHECKING alone, and why. Delete a line when its cycle is gone."""

OPENS_FILES = {
    "siglum.text.files": "reads and finds files",
    "siglum.text.atomic": "writes files",
}
LOOKS_UP_FILES = {
    "siglum.text.digest": "asks when the modules of a checkout changed, which are never overlaid",
}
PRINTS_OR_EXITS = {"siglum.cli": "talks to the user"}
READS_CONFIGURATION = {"siglum.project.config": "the only reader of siglum.toml and pyproject.toml"}
"""Modules (with all that is below them) that may do what the rest may not, and why."""

FILE_MODULES = frozenset({"glob", "io.open", "shutil", "tempfile", "fileinput", "mmap", "importlib.resources"})
HARMLESS_IN_OS = tuple(
    f"os.{name}" for name in "path fspath fsencode fsdecode PathLike environ sep devnull cpu_count _exit".split()
)
NETWORK_MODULES = frozenset({"http", "urllib.request", "socket", "ssl", "ftplib", "requests", "httpx", "urllib3", "aiohttp"})
FILE_METHODS = frozenset(
    """open read_text read_bytes write_text write_bytes iterdir glob rglob mkdir rmdir touch unlink rename symlink_to
    hardlink_to chmod""".split()
)
FILE_QUESTIONS = frozenset("exists is_file is_dir is_symlink is_fifo is_socket is_block_device stat lstat samefile".split())
"""Methods of `Path`, which take no argument; those of `Files` take a path."""
OS_QUESTIONS = frozenset(f"os.path.{name}" for name in "exists lexists isfile isdir islink getsize getmtime samefile".split())
FILE_PARSERS = frozenset({"etree.parse", "etree.iterparse", "ElementTree.parse", "minidom.parse", "sax.parse"})
TALKING_MODULES = frozenset({"click", "argparse", "rich", "getpass", "readline", "logging", "pprint"})
TALKING_CALLS = frozenset({"print", "input", "exit", "quit", "breakpoint"})
TALKING_NAMES = frozenset({"sys.stdout", "sys.stderr", "sys.stdin", "sys.exit", "sys.argv", "os._exit", "warnings.warn"})
HEAVY = frozenset({"lxml", "elementpath"})


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package: its dotted name, its path and what is written in it."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The first step below the package; empty for the package itself."""
        return room_of(self.name)

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor can jump to."""
        return f"{self.path.relative_to(SOURCE.parent).as_posix()}:{getattr(node, 'lineno', 1)}"


@dataclass(frozen=True, slots=True)
class Import:
    """One edge: `module` uses `target` (a dotted name, of this package or another)."""

    module: Module
    target: str
    node: ast.AST
    for_types: bool
    at_top: bool

    @property
    def place(self) -> str:
        return self.module.at(self.node)


def room_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@cache
def modules() -> dict[str, Module]:
    """Every module of the package by its name."""
    found = {}
    for path in sorted((SOURCE / PACKAGE).rglob("*.py")):
        steps = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(steps[:-1] if steps[-1] == "__init__" else steps)
        found[name] = Module(name, path, ast.parse(path.read_bytes(), str(path)))
    return found


@cache
def imports() -> tuple[Import, ...]:
    """Every import in the package, wherever it stands."""
    return tuple(each for module in modules().values() for each in imports_of(module, set(modules())))


def imports_of(module: Module, known: Iterable[str]) -> Iterator[Import]:
    for node, for_types, at_top in statements(module.tree):
        for target in targets(module, node, known):
            yield Import(module, target, node, for_types, at_top)


def statements(tree: ast.AST, *, for_types: bool = False, at_top: bool = True) -> Iterator[tuple[ast.AST, bool, bool]]:
    """Every node with: does it stand under `if TYPE_CHECKING`, and is it executed when the module is imported."""
    for node in ast.iter_child_nodes(tree):
        yield node, for_types, at_top
        inside = at_top and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if isinstance(node, ast.If) and dotted(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            yield from statements(ast.Module(node.body, []), for_types=True, at_top=False)
            yield from statements(ast.Module(node.orelse, []), for_types=for_types, at_top=inside)
        else:
            yield from statements(node, for_types=for_types, at_top=inside)


def targets(module: Module, node: ast.AST, known: Iterable[str]) -> Iterator[str]:
    """The modules a node imports: by `import`, by `from`, or by a call with the name written out."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=stem, names=names, level=level):
            base = absolute(module, stem or "", level)
            for alias in names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in known or not base.startswith(PACKAGE) else base
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]) if dotted(func) in IMPORTING_CALLS:
            yield name
        case _:
            pass


IMPORTING_CALLS = frozenset({"import_module", "importlib.import_module", "__import__"})


def absolute(module: Module, stem: str, level: int) -> str:
    if level == 0:
        return stem
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    above = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*above, stem] if stem else above)


def dotted(node: ast.AST) -> str:
    """`a.b.c` as written; empty for anything that is not a plain name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            head = dotted(value)
            return f"{head}.{name}" if head else ""
        case _:
            return ""


def floor(name: str) -> int | None:
    return next((height for height, rooms in enumerate(FLOORS) if room_of(name) in rooms), None)


def own(edges: Iterable[Import]) -> Iterator[Import]:
    return (edge for edge in edges if edge.target.split(".")[0] == PACKAGE)


def upward(edges: Iterable[Import]) -> Iterator[Import]:
    """The edges that do not go down the stairs."""
    for edge in own(edges):
        here, there = floor(edge.module.name), floor(edge.target)
        assert here is not None, f"{edge.module.name}: this room is on no floor; FLOORS in this file lists them"
        same_room = edge.module.room == room_of(edge.target) and here > 0
        if there is None or not (there < here or same_room):
            yield edge


def below(name: str, those: Iterable[str]) -> bool:
    """Is this name one of those, or inside one?"""
    return any(name == each or name.startswith(f"{each}.") for each in those)


def cycles(edges: Iterable[Import]) -> list[list[Import]]:
    """Rings of modules that import each other, also under TYPE_CHECKING, each once, as the edges that close it."""
    out: dict[str, dict[str, Import]] = {}
    for edge in own(edges):
        if edge.target != edge.module.name:
            out.setdefault(edge.module.name, {}).setdefault(edge.target, edge)
    rings: dict[frozenset[str], list[Import]] = {}
    for start in sorted(out):
        ring = way_back(out, start)
        if ring:
            rings.setdefault(frozenset(edge.module.name for edge in ring), ring)
    return list(rings.values())


def way_back(out: dict[str, dict[str, Import]], start: str) -> list[Import]:
    """The shortest chain of imports from a module to itself, or nothing."""
    ways: list[list[Import]] = [[edge] for edge in out[start].values()]
    seen: set[str] = set()
    for way in ways:  # grows while it is read: breadth first
        at = way[-1].target
        if at == start:
            return way
        if at not in seen:
            seen.add(at)
            ways.extend([*way, edge] for edge in out.get(at, {}).values())
    return []


def nodes(permitted: Iterable[str]) -> Iterator[tuple[Module, ast.AST]]:
    """Every node of every module that is not among those permitted."""
    for module in modules().values():
        if not below(module.name, permitted):
            yield from ((module, node) for node in ast.walk(module.tree))


def foreign(listed: Iterable[str], permitted: Iterable[str]) -> Iterator[str]:
    """Where a listed module is imported by one that has no permission."""
    for edge in imports():
        if below(edge.target, listed) and not below(edge.module.name, permitted):
            yield f"{edge.place}: imports {edge.target}"


def faults(found: Iterable[str]) -> str:
    return "\n".join(sorted(set(found)))


def test_there_is_a_house() -> None:
    assert {"siglum", "siglum.errors", "siglum.text.files", "siglum.cli"} <= set(modules())


def test_imports_go_down_the_stairs() -> None:
    broken = [
        f"{edge.place}: {edge.module.name} imports {edge.target}, which is not below it"
        for edge in upward(imports())
        if not (edge.for_types and (edge.module.name, edge.target) in WINDOWS)
    ]
    assert not broken, faults(broken)


def test_every_window_is_still_needed() -> None:
    used = {(edge.module.name, edge.target) for edge in upward(imports())}
    assert not set(WINDOWS) - used


def test_the_ground_floor_imports_nothing_of_the_project_and_nothing_heavy() -> None:
    at_run_time = [edge for edge in imports() if edge.module.room in FLOORS[0] and not edge.for_types]
    assert not faults(f"{edge.place}: imports {edge.target}" for edge in at_run_time if edge.target.split(".")[0] == PACKAGE)


def test_no_modules_import_each_other_in_a_cycle() -> None:
    found = [
        " -> ".join(f"{edge.module.name} ({edge.place})" for edge in ring)
        for ring in cycles(imports())
        if not is_known_cycle(ring)
    ]
    assert not found, faults(found)


def is_known_cycle(ring: list[Import]) -> bool:
    """At run time no cycle is excused."""
    return frozenset(edge.module.name for edge in ring) in KNOWN_CYCLES and any(edge.for_types for edge in ring)


def test_every_known_cycle_is_still_there() -> None:
    assert not set(KNOWN_CYCLES) - {frozenset(edge.module.name for edge in ring) for ring in cycles(imports())}


def test_only_two_modules_open_files() -> None:
    names_from_os = {
        edge.target for edge in imports() if edge.target.startswith("os.") and not below(edge.target, HARMLESS_IN_OS)
    }
    found = [*foreign(FILE_MODULES | names_from_os, OPENS_FILES), *file_calls(nodes(OPENS_FILES))]
    assert not found, faults(found)


def test_only_files_looks_up_files() -> None:
    found = list(file_questions(nodes({**OPENS_FILES, **LOOKS_UP_FILES})))
    assert not found, faults(found)


def test_every_exception_for_files_is_still_needed() -> None:
    for name in LOOKS_UP_FILES:
        inside = [module for module in modules().values() if below(module.name, (name,))]
        assert list(file_questions((module, node) for module in inside for node in ast.walk(module.tree))), name


def file_questions(seen: Iterable[tuple[Module, ast.AST]]) -> Iterator[str]:
    for module, node in seen:
        match node:
            case ast.Call(func=ast.Attribute(attr=method), args=[]) if method in FILE_QUESTIONS:
                yield f"{module.at(node)}: calls {method}() of a path; ask the Files instead"
            case ast.Attribute() if dotted(node) in OS_QUESTIONS:
                yield f"{module.at(node)}: uses {dotted(node)}; ask the Files instead"
            case _:
                pass


def file_calls(seen: Iterable[tuple[Module, ast.AST]]) -> Iterator[str]:
    for module, node in seen:
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if (
                name == "open"
                or (name.startswith("os.") and not below(name, HARMLESS_IN_OS))
                or method in FILE_METHODS
                or any(name.endswith(parser) for parser in FILE_PARSERS)
            ):
                yield f"{module.at(node)}: calls {name or method}()"


def test_nothing_goes_to_the_network() -> None:
    found = list(foreign(NETWORK_MODULES, ("siglum.serve",)))
    assert not found, faults(found)


def test_only_the_command_line_prints_and_exits() -> None:
    found = [*foreign(TALKING_MODULES, PRINTS_OR_EXITS), *talk(nodes(PRINTS_OR_EXITS))]
    assert not found, faults(found)


def talk(seen: Iterable[tuple[Module, ast.AST]]) -> Iterator[str]:
    for module, node in seen:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in TALKING_CALLS:
                yield f"{module.at(node)}: calls {name}()"
            case ast.Attribute() if dotted(node) in TALKING_NAMES:
                yield f"{module.at(node)}: uses {dotted(node)}"
            case ast.Raise(exc=ast.Call(func=ast.Name(id="SystemExit")) | ast.Name(id="SystemExit")):
                yield f"{module.at(node)}: raises SystemExit"
            case _:
                pass


def test_only_one_module_reads_the_configuration() -> None:
    found = list(foreign({"tomllib"}, READS_CONFIGURATION))
    assert not found, faults(found)


def test_the_command_line_loads_nothing_heavy_by_itself() -> None:
    found = [
        f"{edge.place}: imports {edge.target}; let the floor below do it"
        for edge in imports()
        if edge.module.room == "cli" and below(edge.target, HEAVY)
    ]
    assert not found, faults(found)


# The rules themselves are tried on small modules, so that a fault would not pass unseen.


def module(name: str, text: str) -> Module:
    return Module(name, SOURCE / Path(*name.split(".")).with_suffix(".py"), ast.parse(text))


def edges(**texts: str) -> list[Import]:
    """The imports of some modules, given as room_name="source"."""
    made = [module(f"siglum.{name.replace('__', '.')}", text) for name, text in texts.items()]
    return [edge for each in made for edge in imports_of(each, {one.name for one in made})]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text__a", "from siglum.schema import b"),
        ("text__a", "def late():\n    from siglum.project.build import build"),
        ("text__a", "from ..schema import b"),
        ("text__a", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import siglum.check.rule"),
        ("text__a", "import siglum"),
        ("check__a", "from siglum.convert.writers import html"),
        ("convert__a", "import importlib\nimportlib.import_module('siglum.check.document')"),
        ("errors", "import siglum.version"),
        ("project__a", "from siglum import cli"),
    ],
)
def test_an_upward_or_sideways_import_is_seen(name: str, text: str) -> None:
    assert [edge.module.name for edge in upward(edges(**{name: text}, cli="", schema__b=""))] == [
        f"siglum.{name.replace('__', '.')}"
    ]


def test_a_downward_import_is_no_fault() -> None:
    assert not list(
        upward(
            edges(
                cli__validate="from siglum.check.document import check_paths",
                check__document="from . import rules",
                check__rules="",
            )
        )
    )


def test_a_cycle_is_seen_under_type_checking() -> None:
    (ring,) = cycles(
        edges(
            text__a="from siglum.text import b",
            text__b="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from siglum.text import a",
        )
    )
    assert [edge.module.name for edge in ring] == ["siglum.text.a", "siglum.text.b"]


def test_a_cycle_is_seen_even_through_a_function() -> None:
    (ring,) = cycles(
        edges(text__a="from siglum.text import b", text__b="import siglum.text.c", text__c="def f():\n    from . import a")
    )
    assert [edge.module.name for edge in ring] == ["siglum.text.a", "siglum.text.b", "siglum.text.c"]


@pytest.mark.parametrize(
    "text",
    [
        "open('x')",
        "path.read_text()",
        "Path('x').open()",
        "etree.parse('x')",
        "os.replace(a, b)",
        "self.folder.path.write_bytes(b'')",
    ],
)
def test_opening_a_file_is_seen(text: str) -> None:
    one = module("siglum.check.a", text)
    assert list(file_calls((one, node) for node in ast.walk(one.tree)))


@pytest.mark.parametrize("text", ["path.exists()", "Path('x').is_file()", "any(x.is_dir() for x in xs)", "os.path.isfile(x)"])
def test_a_look_at_the_disk_is_seen(text: str) -> None:
    one = module("siglum.check.a", text)
    assert list(file_questions((one, node) for node in ast.walk(one.tree)))


def test_a_question_to_files_is_no_fault() -> None:
    one = module("siglum.check.a", "files.exists(path) and files.is_file(path)")
    assert not list(file_questions((one, node) for node in ast.walk(one.tree)))


@pytest.mark.parametrize("text", ["print(1)", "sys.stdout.write('')", "sys.exit(1)", "raise SystemExit", "raise SystemExit(2)"])
def test_printing_is_seen(text: str) -> None:
    one = module("siglum.check.a", text)
    assert list(talk((one, node) for node in ast.walk(one.tree)))
