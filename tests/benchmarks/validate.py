"""How fast `siglum validate` is beside jing: a table of ratios, all measured in one run.

    .venv/bin/python tests/benchmarks/validate.py [--rounds 7] [--plays 200] [--large 100] [--rules]

Wanted: jing on the path, and ../shared beside the project (plays and tei_all). The two take turns, so that a busy machine is
busy for both; a ratio is that of the medians. jing knows schemas and identifiers, so siglum is asked for family S, unless
--rules says otherwise. The cache of verdicts is off but for one line; the cache of grammars is on but for one line.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"
_PLAY = 190_000
_SPEECH = '<sp who="#a"><speaker>A.</speaker><p>The words of a speech, number {}, that goes on for a line or so.</p></sp>\n'
_HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Long</title></titleStmt>
<publicationStmt><p>Not published</p></publicationStmt><sourceDesc><p>Made up</p></sourceDesc></fileDesc></teiHeader>
<text><body><div><head>All of it</head>
"""
_TAIL = "</div></body></text></TEI>\n"


@dataclass
class Measured:
    """Seconds of several runs, and the largest memory of one, in megabytes."""

    seconds: list[float] = field(default_factory=list)
    memory: float = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def run(command: list[str], into: Measured, folder: Path) -> None:
    """One run in a process of its own; memory is that of its largest process."""
    start = time.perf_counter()
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as where siglum is installed: its modules are compiled
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    into.seconds.append(time.perf_counter() - start)
    into.memory = max(into.memory, usage.ru_maxrss / 1024)
    if child.returncode not in {0, 1}:
        sys.exit(f"this could not be measured, it ended with {child.returncode}: {' '.join(command)[:200]}")


def compare(title: str, ours: list[str], theirs: list[str], rounds: int, folder: Path, before: Callable[[], None]) -> None:
    """Both in turns, and a line of the table."""
    siglum, jing = Measured(), Measured()
    for _ in range(rounds):
        before()
        run(ours, siglum, folder)
        run(theirs, jing, folder)
    times = f"{siglum.median * 1000:8.0f} {jing.median * 1000:8.0f} {jing.median / siglum.median:6.1f} x"
    print(f"{title:<44} {times} {siglum.memory:7.0f} {jing.memory:7.0f}", flush=True)


def plays(folder: Path, count: int) -> list[str]:
    """Copies of the plays there are, each a little different from the others."""
    sources = sorted((SHARED / "corpora" / "dracor").glob("*.xml"))
    (folder / "plays").mkdir()
    made = []
    for number in range(count):
        text = sources[number % len(sources)].read_text(encoding="utf-8")
        path = folder / "plays" / f"{number:04}.xml"
        path.write_text(text.replace("</TEI>", f"<!-- {number} --></TEI>"), encoding="utf-8")
        made.append(f"plays/{path.name}")
    return made


def play(folder: Path) -> str:
    """A play of 190 KB: one of those there are, with as many of its lines once more as are wanted."""
    sources = sorted((SHARED / "corpora" / "dracor").glob("*.xml"), key=lambda path: path.stat().st_size)
    text = next(path for path in sources if path.stat().st_size > 150_000).read_text(encoding="utf-8")
    at = text.rindex("<sp ")
    speech = text[at : text.index("</sp>", at) + len("</sp>")]
    missing = max(_PLAY - len(text.encode()), 0) // max(len(speech.encode()), 1)
    (folder / "play.xml").write_text(text[:at] + speech * missing + text[at:], encoding="utf-8")
    return "play.xml"


def large(folder: Path, megabytes: int) -> str:
    """A valid document of about that size."""
    with (folder / "large.xml").open("w", encoding="utf-8") as stream:
        stream.write(_HEAD)
        for number in range(megabytes * 1_000_000 // len(_SPEECH)):
            stream.write(_SPEECH.format(number))
        stream.write(_TAIL)
    return "large.xml"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7, help="runs of each side, for the single play; lists get fewer")
    options.add_argument("--plays", type=int, default=200)
    options.add_argument("--large", type=int, default=100, help="megabytes of the large document; 0: none")
    options.add_argument("--rules", action="store_true", help="siglum's own rules too")
    given = options.parse_args()
    if not shutil.which("jing") or not SHARED.is_dir():
        sys.exit(f"jing (Debian: apt-get install jing) and {SHARED} are wanted")
    with tempfile.TemporaryDirectory() as made:
        measure(given, Path(made))


def measure(given: argparse.Namespace, folder: Path) -> None:
    schema = folder / "tei_all.rng"
    schema.write_bytes(gzip.decompress((SHARED / "oracles" / "schemas" / "tei_all.rng.gz").read_bytes()))
    siglum = [
        sys.executable,
        "-m",
        "siglum",
        "validate",
        "--schema",
        "tei_all.rng",
        *([] if given.rules else ["--select", "S"]),
    ]
    jing = ["jing", "tei_all.rng"]
    few = max(given.rounds // 2, 1)

    def warm() -> None:
        pass

    def cold() -> None:
        shutil.rmtree(folder / "cache", ignore_errors=True)

    one, many = play(folder), plays(folder, given.plays)
    run([*siglum, "--no-cache", one], Measured(), folder)  # fills the cache of grammars
    print(f"{'':<44} {'siglum':>8} {'jing':>8} {'ratio':>8} {'siglum':>7} {'jing':>7}")
    print(f"{'':<44} {'ms':>8} {'ms':>8} {'':>8} {'MB':>7} {'MB':>7}")
    compare("one play of 190 KB", [*siglum, "--no-cache", one], [*jing, one], given.rounds, folder, warm)
    compare("one play, schema compiled anew", [*siglum, "--no-cache", one], [*jing, one], given.rounds, folder, cold)
    compare(f"{len(many)} plays, --jobs 2", [*siglum, "--no-cache", "--jobs", "2", *many], [*jing, *many], few, folder, warm)
    compare(f"{len(many)} plays, --jobs 1", [*siglum, "--no-cache", "--jobs", "1", *many], [*jing, *many], few, folder, warm)
    run([*siglum, *many], Measured(), folder)  # fills the cache of verdicts
    compare(f"{len(many)} plays, verdicts known", [*siglum, *many], [*jing, *many], few, folder, warm)
    if given.large:
        name = large(folder, given.large)
        compare(f"one document of {given.large} MB", [*siglum, "--no-cache", name], [*jing, name], 1, folder, warm)


if __name__ == "__main__":
    main()
