"""How long bibliographies take: 10,000 records written and read, beside pandoc where that is installed; one edition cited.

.venv/bin/python tests/benchmarks/cite.py [--records 10000] [--pandoc PATH]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from siglum.convert.cite import FORMATS, Agent, Record, When
from siglum.convert.cite.readers import read
from siglum.text.source import Source

ROOT = Path(__file__).resolve().parents[2]
EDITION = ROOT / "tei" / "red-book" / "remove-stalin.xml"


def library(count: int) -> list[Record]:
    """Books as a bibliography has them, each with its own names and title."""
    return [
        Record(
            id=f"key{number}",
            type="book",
            title=f"Title {number}: a–b & c",
            author=(Agent(f"Name{number}", "Given"), Agent("Gogh", "Vincent", non_dropping_particle="van")),
            publisher="Publisher",
            publisher_place="Leipzig",
            issued=When((1900 + number % 100,)),
            language="de",
            url=f"https://example.org/{number}",
        )
        for number in range(count)
    ]


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The median of some runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def run(command: list[str]) -> None:
    """A process; what goes wrong in it is an error."""
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--pandoc", default=shutil.which("pandoc") or "")
    given = parser.parse_args()
    records = library(given.records)
    print(f"{given.records} records, seconds (median of three)")
    for form in ("biblatex", "bibtex", "ris", "csl-json", "mods", "text"):
        print(f"  write {form:<10} {seconds(partial(FORMATS[form].write, records)):7.2f}")
    for form, name in (("biblatex", "a.bib"), ("csl-json", "a.json")):
        data = FORMATS[form].write(records).encode()
        print(f"  read  {form:<10} {seconds(partial(read, Source(name, data))):7.2f}")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.json"
        source.write_text(FORMATS["csl-json"].write(records), encoding="utf-8")
        ours = [sys.executable, "-m", "siglum", "cite", str(source), "--to", "biblatex", "-o", str(Path(folder) / "a.bib")]
        own = seconds(partial(run, ours))
        print(f"  siglum cite a.json --to biblatex, as a process      {own:7.2f}")
        if given.pandoc:
            theirs = [given.pandoc, str(source), "-f", "csljson", "-t", "biblatex", "-o", str(Path(folder) / "b.bib")]
            peer = seconds(partial(run, theirs))
            print(f"  pandoc a.json -f csljson -t biblatex                {peer:7.2f}   ({peer / own:.1f} times as long)")
    one = [sys.executable, "-m", "siglum", "cite", str(EDITION), "--to", "biblatex"]
    alone = seconds(partial(run, one), 7)
    print(f"  siglum cite of one edition, as a process            {alone:7.2f}")


if __name__ == "__main__":
    main()
