"""What it costs to validate with an ODD, or with a schema of TEI's by its address, beside the RELAX NG made of it.

    .venv/bin/python tests/benchmarks/odd_as_schema.py [--rounds 15]

Whole processes, in turns, medians. The cache of grammars is on, that of verdicts is off; the goal is 50 ms more at most.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from siglum.schema.catalogue import CustomisationAddress, load
from siglum.schema.odd.compile import compile_odd
from siglum.schema.p5 import find_release

ROOT = Path(__file__).resolve().parents[2]
GOAL = 50
_ODD = ROOT / "schemas" / "red-book.odd"
_EDITION = ROOT / "tei" / "red-book" / "remove-stalin.xml"
_ADDRESS = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
_LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>One</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p/></body></text></TEI>
"""


def milliseconds(folder: Path, *arguments: str | Path) -> float:
    """One run in a process of its own, its modules compiled as where siglum is installed."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "siglum", "validate", "--select", "S", "--no-cache", *map(str, arguments)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode == 2:
        sys.exit(f"this could not be measured:\n{done.stderr}")
    return taken * 1000


def compared(title: str, folder: Path, rounds: int, ours: list[str | Path], plain: list[str | Path]) -> bool:
    """A line of the table: the first run, the median of the others, and by how much it is more than with RELAX NG."""
    first = milliseconds(folder, *ours)
    for _ in range(2):  # what the automaton learns is kept once
        milliseconds(folder, *ours)
        milliseconds(folder, *plain)
    pairs = [(milliseconds(folder, *ours), milliseconds(folder, *plain)) for _ in range(rounds)]
    one, other = statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
    print(f"{title:28}{first:9.0f}{one:9.1f}{other:9.1f}{one - other:9.1f}")
    return one - other <= GOAL


def main() -> None:
    """Print the table; fail where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print(f"{'':28}{'first':>9}{'cached':>9}{'rng':>9}{'more':>9}   (ms)")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "red-book.rng").write_text(compile_odd(_ODD, forms=["rng"]).texts["rng"], encoding="utf-8")
        (folder / "all.odd").write_text(everything(), encoding="utf-8")
        (folder / "all.rng").write_text(compile_odd(folder / "all.odd", forms=["rng"]).texts["rng"], encoding="utf-8")
        (folder / "letter.xml").write_text(f'<?xml-model href="{_ADDRESS}"?>\n{_LETTER}', encoding="utf-8")
        good = [
            compared("red-book.odd", folder, rounds, [_EDITION, "--schema", _ODD], [_EDITION, "--schema", "red-book.rng"]),
            compared("tei_all by its address", folder, rounds, ["letter.xml"], ["letter.xml", "--schema", "all.rng"]),
        ]
    sys.exit(0 if all(good) else 1)


def everything() -> str:
    """An ODD that takes in all modules of the release that tei_all is of."""
    version = load(CustomisationAddress("tei_all")).version
    modules = "".join(f'<moduleRef key="{each}"/>' for each in find_release(version).modules)
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="all" start="TEI teiCorpus">{modules}</schemaSpec></TEI>'
    )


if __name__ == "__main__":
    main()
