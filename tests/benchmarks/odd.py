"""How long `siglum odd compile` takes, as a whole process: a table of medians and goals, measured in one run.

    .venv/bin/python tests/benchmarks/odd.py [--rounds 7] [--reference SECONDS]

All of TEI is compiled by an ODD that takes in every module; tei_lite by the ODD in ../shared, where that lies beside the
project. RELAX NG and Schematron are made. `--reference` is what another compiler took for all of TEI: its ratio is shown.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from siglum.schema import p5

SHARED = Path(__file__).resolve().parents[3] / "shared"
_LITE = SHARED / "oracles" / "odd" / "tei_lite" / "tei_lite.odd"


def everything() -> str:
    """An ODD with all modules of the newest release."""
    modules = "".join(f'<moduleRef key="{each}"/>' for each in p5.find_release("tei:current").modules)
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="tei_all" start="TEI teiCorpus">'
        f"{modules}</schemaSpec></body></text></TEI>"
    )


def seconds(odd: Path, folder: Path) -> float:
    """One run in a process of its own, the modules compiled as where siglum is installed."""
    command = [sys.executable, "-m", "siglum", "odd", "compile", str(odd), "-o", str(folder / "out"), "--to", "rng,sch"]
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"this could not be measured:\n{done.stdout}{done.stderr}")
    return taken


def rows(folder: Path, rounds: int) -> Iterator[tuple[str, float, float]]:
    """What was compiled, the median of the seconds, and the goal."""
    whole = folder / "tei_all.odd"
    whole.write_text(everything(), encoding="utf-8")
    wanted = [("all of TEI P5", whole, 0.6), ("tei_lite", _LITE, 0.35)]
    for name, odd, goal in wanted:
        if odd.is_file():
            seconds(odd, folder)  # the first run compiles Python's modules
            yield name, statistics.median(seconds(odd, folder) for _ in range(rounds)), goal


def main() -> None:
    """Print the table; fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--reference", type=float, metavar="SECONDS", help="what another compiler takes for all of TEI")
    options = parser.parse_args()
    missed = False
    print(f"{'':16}{'seconds':>9}{'goal':>7}{'ratio':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, median, goal) in enumerate(rows(Path(folder), options.rounds)):
            ratio = f"{options.reference / median:8.0f}x" if options.reference and number == 0 else ""
            print(f"{name:16}{median:9.2f}{goal:7.2f}{ratio:>9}")
            missed = missed or median > goal
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
