r"""Every command in the README works, and every link in it leads somewhere.

How to write the README so that this holds:

- ```sh: every line is a command. ```console: lines that begin with `$ ` are commands; the lines below one are what it prints
  (standard output and standard error as they come), where `…` stands for anything, on one line or on several. A command
  without such lines may print what it likes. `\` at a line's end continues it.
- ```python: run as a script. In ```yaml every `run:` is a command (one line; `run: |` is not understood and fails).
- All of it runs from top to bottom in one copy of the project, so a file that one command writes is there for the next.
- A command has to exit 0, unless its line ends in `# exits 1` (or another number).
- Commands too slow to run here, or that would change the machine, are run as INSTEAD says.
- A block that cannot be run is marked ```text.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

INSTEAD = {
    r"make edition": "make -n edition && siglum build",
    r"make (\w+)": r"make -n \1",
    r"pip install (siglum|\.)": "siglum --version",
    r"git clone \S+": "true",
    r"cd \S+": "true",
}
"""What is run in place of a command, by pattern, first come first served; a command is what stands between `&&`."""

NOT_COPIED = (
    ".venv",
    ".git",
    "build",
    "dist",
    ".conformance",
    "node_modules",
    "__pycache__",
    ".*_cache",
    ".*.part",
    ".hypothesis",
)
WHOLE_LINE = r"(?:[^\\\n]|\\\n|\\.)*"
"""A line with those that continue it."""
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"""!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)|(?:src|href|srcset)="([^"\s]+)|^\[[^\]]+\]:\s+(\S+)""", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command with the line it stands on, the exit code it is to have, and what it is to print (None: anything)."""

    line: int
    command: str
    exits: int = 0
    prints: str | None = None
    argv: tuple[str, ...] = field(default=())


def steps(readme: str) -> Iterator[Step]:
    """The commands of a README, in order."""
    for block in BLOCK.finditer(readme):
        language, body = block.groups()
        line = readme.count("\n", 0, block.start()) + 2
        match language:
            case "sh" | "bash" | "shell":
                yield from commands(body, line)
            case "console":
                yield from transcript(body, line)
            case "yaml":
                found = (re.match(r"[\s-]*run: (.+)", text) for text in body.splitlines())
                yield from (step(line + at, each.group(1)) for at, each in enumerate(found) if each)
            case "python":
                yield Step(line, body, argv=(sys.executable, "-W", "error", "-c", body))
            case _:
                pass


def commands(body: str, line: int) -> Iterator[Step]:
    for at, text in lines(body):
        if text.strip() and not text.lstrip().startswith("#"):
            yield step(line + at, text)


def transcript(body: str, line: int) -> Iterator[Step]:
    for part in re.finditer(rf"^\$ ({WHOLE_LINE})\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        command, printed = part.groups()
        yield step(line + body.count("\n", 0, part.start()), joined(command), printed if printed.strip() else None)


def lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines of a block with their numbers, continued ones joined."""
    for each in re.finditer(rf"^({WHOLE_LINE})\n", body, re.MULTILINE):
        yield body.count("\n", 0, each.start()), joined(each.group(1))


def joined(line: str) -> str:
    return re.sub(r"\s*\\\n\s*", " ", line)


def step(line: int, text: str, prints: str | None = None) -> Step:
    exits = re.search(r"\s+# exits (\d+)\s*$", text)
    command = (text[: exits.start()] if exits else re.sub(r"\s{2,}#.*$", "", text)).strip()
    return Step(line, command, int(exits.group(1)) if exits else 0, prints)


def in_place_of(command: str) -> str:
    """What to run for a command."""
    return " && ".join(map(cheaply, re.split(r"\s+&&\s+", command)))


def cheaply(command: str) -> str:
    for pattern, instead in INSTEAD.items():
        found = re.fullmatch(pattern, command)
        if found:
            return found.expand(instead)
    return command


def as_printed(expected: str) -> re.Pattern[str]:
    """What a block shows, as a pattern: `…` is anything, space at the ends does not count."""
    return re.compile(".*?".join(re.escape(part) for part in expected.strip().split("…")), re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a reader finds it, to try things in."""
    folder = tmp_path_factory.mktemp("readme") / "siglum"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return folder


def test_every_command_works(copy: Path) -> None:
    wanted = list(steps(README))
    assert wanted, "the README shows no command"
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": str(copy / "src"),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    for each in wanted:
        done = subprocess.run(
            each.argv or ("sh", "-c", in_place_of(each.command)),
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        where = f"README.md:{each.line}: {each.command}"
        assert done.returncode == each.exits, f"{where}\nexits {done.returncode}:\n{done.stdout}"
        if each.prints is not None:
            assert as_printed(each.prints).fullmatch(done.stdout.strip()), f"{where}\nprints:\n{done.stdout}"


def test_every_link_leads_somewhere() -> None:
    text = BLOCK.sub("", README)
    targets = {next(filter(None, found)) for found in LINK.findall(text)}
    assert targets, "the README links to nothing"
    here = {f"#{anchor(heading)}" for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    elsewhere = {target for target in targets if re.match(r"[a-z]+:", target)}
    assert not sorted(
        target
        for target in targets - here - elsewhere
        if target.startswith("#") or not (ROOT / target.partition("#")[0]).exists()
    )


def test_every_page_can_be_reached() -> None:
    """From the README, by the links in the pages; and no link in them leads nowhere."""
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    dead = []
    while waiting:
        page = waiting.pop()
        seen.add(page)
        text = re.sub(r"^    .*$", "", BLOCK.sub("", page.read_text(encoding="utf-8")), flags=re.MULTILINE)  # no code
        for found in LINK.findall(text):
            target = next(filter(None, found)).partition("#")[0]
            there = (page.parent / target).resolve()
            if not target or re.match(r"[a-z]+:", target) or "{{" in target:
                continue
            if not there.exists():
                dead.append(f"{page.name}: {target}")
            elif there.suffix == ".md" and there not in seen:
                waiting.append(there)
    assert not dead
    assert not sorted(each.name for each in (ROOT / "docs").glob("*.md") if each not in seen)


def anchor(heading: str) -> str:
    """The address that a heading gets on the usual code hosts."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_a_readme_is_read_as_it_is_meant() -> None:
    readme = """Text.

```sh
make edition   # the pages
siglum validate \\
  tei/ # exits 1
# a remark
```

```console
$ siglum --version
siglum …
$ siglum x
```

```yaml
steps:
  - uses: somebody/something
  - run: pip install siglum
```

```python
import siglum
```
"""
    assert [(each.line, each.command, each.exits, each.prints) for each in steps(readme)] == [
        (4, "make edition", 0, None),
        (5, "siglum validate tei/", 1, None),
        (11, "siglum --version", 0, "siglum …\n"),
        (13, "siglum x", 0, None),
        (19, "pip install siglum", 0, None),
        (23, "import siglum\n", 0, None),
    ]
    assert in_place_of("cd siglum && make edition && siglum x") == "true && make -n edition && siglum build && siglum x"
    assert as_printed("siglum …\n").fullmatch("siglum 0.1.0")
    assert not as_printed("siglum …\n").fullmatch("sigla")
