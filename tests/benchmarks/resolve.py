"""How long it takes to decide on quotations and notes: `python tests/benchmarks/resolve.py FILE…`, the best of nine runs.

A part of an edition's identifiers, quotations and notes each; the garbage of one run is collected before the next.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from siglum.text.document import open_document
from siglum.text.edition import resolve
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers
from siglum.text.quotation import Quotations


def best(work: Callable[[], object], runs: int = 9) -> float:
    """Milliseconds of processor time."""
    times = []
    for _ in range(runs):
        gc.collect()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return 1000 * min(times)


def measure(path: Path) -> str:
    """A line for one file."""
    document = open_document(path)
    index = document.index
    identifiers = Identifiers(index)
    parts = {
        "all": lambda: resolve(replace(document, _memo={})).notes,
        "identifiers": lambda: Identifiers(index),
        "quotations": lambda: Quotations(index, identifiers),
        "notes": lambda: Notes(index, identifiers),
    }
    return f"{path.name}: " + ", ".join(f"{name} {best(work):.1f} ms" for name, work in parts.items())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(measure(Path(name)))
