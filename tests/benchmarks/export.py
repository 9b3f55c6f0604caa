"""How fast `siglum export` is: one document in each format, growth with size, and (if asked) many documents at once.

    .venv/bin/python tests/benchmarks/export.py [--rounds 3] [--elements 15 30 60] [--corpora] [--novels 99]

Two minutes without the last two, which take one more each.

Wanted: ../shared beside the project (plays, novels, letters). A time is that of the whole process with its start-up: the median
of some rounds, user and system time, so that a busy machine counts little. The floor is lxml reading the same file and nothing
else, in a process of its own, taken in turns with siglum. The ratio is to 6.7 s, which the TEI Stylesheets with Saxon are said
to take for a play: that figure is a given one, they are not run here.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

FORMATS = ("html", "text", "markdown", "json", "standoff")
SHARED = Path(__file__).resolve().parents[3] / "shared"
_STYLESHEETS = 6.7
_NOVEL = 700_000
_SINGLE = (
    "schnitzler/entry__1909-07-14.xml",
    "dracor/babo-das-fraeulein-wohlerzogen.xml",
    "dracor/seume-miltiades.xml",
    "eltec/ENG18740_Ouida.xml",
    "latin/phi1017.phi015.perseus-lat2.xml",
    "dracor/holz-ignorabimus.xml",
)
_HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
_UNIT = """<div><head>Chapter {0}</head><p xml:id="p{0}">He said <q>come <hi rend="italic">now</hi></q>, and
<persName>Ada</persName> came<note>A note, number {0}.</note> with more words in a line.<lb/></p></div>
"""
_ELEMENTS = 8
"""In one unit."""
_LXML = "import sys; from lxml import etree; etree.fromstring(open(sys.argv[1], 'rb').read())"


class Spent(NamedTuple):
    """Seconds of processor and of the clock, and the memory of the largest process in megabytes."""

    processor: float
    clock: float
    memory: float


def run(folder: Path, *command: str | Path) -> Spent:
    """One run in a process of its own, with the processes that it starts."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as where siglum is installed: its modules are compiled
    start = time.perf_counter()
    out = os.open(folder / "out.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    silent = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
    child = os.posix_spawn(sys.executable, [sys.executable, *map(str, command)], environment, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    os.close(out)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"this could not be measured: {' '.join(map(str, command))[:200]}\n{(folder / 'out.txt').read_text()[-500:]}")
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def export(folder: Path, path: Path, form: str) -> Spent:
    """One document in one format."""
    return run(folder, "-m", "siglum", "export", path, "--to", form)


def single(folder: Path, rounds: int) -> None:
    """A line a document: its size, the floor, each format, and the ratio of the slowest of html and text."""
    print(
        f"{'milliseconds':<42}{'KB':>6}{'elements':>9}{'lxml':>6}" + "".join(f"{each:>9}" for each in FORMATS) + f"{'ratio':>8}"
    )
    for name in _SINGLE:
        path = SHARED / "corpora" / name
        data = path.read_bytes()
        taken: dict[str, list[float]] = {each: [] for each in ("lxml", *FORMATS)}
        for _ in range(rounds):
            taken["lxml"].append(run(folder, "-c", _LXML, path).processor)
            for form in FORMATS:
                taken[form].append(export(folder, path, form).processor)
        median = {each: statistics.median(times) for each, times in taken.items()}
        ratio = _STYLESHEETS / max(median["html"], median["text"])
        elements = len(re.findall(rb"<\w", data))
        times = "".join(f"{median[each] * 1000:>9.0f}" for each in FORMATS)
        shown = f"{path.name[:40]:<42}{len(data) / 1000:>6.0f}{elements:>9}{median['lxml'] * 1000:>6.0f}{times}{ratio:>6.0f} x"
        print(shown, flush=True)


def growth(folder: Path, thousands: list[int]) -> None:
    """Time and memory by the number of elements: each line should be the one before, times the growth."""
    print(f"\n{'elements':<12}" + "".join(f"{each:>11}" for each in FORMATS) + "   (s, and MB)")
    for count in thousands:
        path = folder / "made.xml"
        units = "".join(_UNIT.format(number) for number in range(count * 1000 // _ELEMENTS))
        path.write_text(f"{_HEAD}{units}</body></text></TEI>", encoding="utf-8")
        spent = [export(folder, path, form) for form in FORMATS]
        print(f"{count * 1000:<12}" + "".join(f"{each.processor:>6.2f}{each.memory:>5.0f}" for each in spent), flush=True)


def many(folder: Path, count: int) -> None:
    """Novels of 700 KB, copies of those there are, on two processes."""
    size = novels(folder / "novels", count)
    print(f"\n{count} novels, {size / 1e6:.0f} MB, --jobs 2")
    together(folder, folder / "novels", size, ("html", "text"))


def corpora(folder: Path) -> None:
    """All that lies in the corpora, in every format at once and in each."""
    files = [*(SHARED / "corpora").rglob("*.xml")]
    size = sum(each.stat().st_size for each in files)
    print(f"\nthe corpora: {len(files)} files, {size / 1e6:.1f} MB, --jobs 2")
    together(folder, SHARED / "corpora", size, (*FORMATS, ",".join(FORMATS)))


def together(folder: Path, documents: Path, size: int, forms: tuple[str, ...]) -> None:
    """A line a format: seconds of the clock and of all processors. On a busy machine only the second can be compared."""
    for form in forms:
        spent = run(folder, "-m", "siglum", "export", documents, "--to", form, "-o", folder / "made", "--jobs", "2")
        wall, core = size / 1e6 / spent.clock, size / 1e6 / spent.processor
        told = f"{spent.clock:7.1f} s, {wall:.1f} MB/s; {spent.processor:.1f} s of processor, {core:.1f} MB/s a core"
        print(f"{form[:12]:<12}{told}", flush=True)


def novels(folder: Path, count: int) -> int:
    """Make them; the sum of their bytes."""
    folder.mkdir()
    sources = sorted((SHARED / "corpora" / "eltec").glob("*.xml"))
    size = 0
    for number in range(count):
        text = sources[number % len(sources)].read_text(encoding="utf-8")
        start, end = text.index("<body>") + len("<body>"), text.rindex("</body>")
        body = re.sub(r'\s(?:xml:id|n)="[^"]*"', "", text[start:end])
        times = max(round(_NOVEL / len(text.encode())), 1)
        data = f"{text[:end]}{body * (times - 1)}<!-- {number} -->{text[end:]}".encode()
        (folder / f"novel{number:02}.xml").write_bytes(data)
        size += len(data)
    return size


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--novels", type=int, default=0, help="how many to make and export")
    options.add_argument("--corpora", action="store_true", help="export all that is there")
    options.add_argument("--elements", type=int, nargs="*", default=[15, 30, 60], help="thousands")
    given = options.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is wanted")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        export(folder, SHARED / "corpora" / _SINGLE[0], "html")  # compiles the modules
        single(folder, given.rounds)
        growth(folder, given.elements)
        if given.corpora:
            corpora(folder)
        if given.novels:
            many(folder, given.novels)


if __name__ == "__main__":
    main()
