"""An ODD of what a corpus really uses (Guidelines, 23.3): files go in, a customisation to go on from comes out.

    example = make_by_example([Path("tei")], ident="letters")
    example.text         # the ODD; empty where no file could be used
    example.findings     # files that could not be read, and why

The way: `count` (files to numbers) → `choose` (numbers and the facts of TEI to decisions) → `write` (decisions to an ODD).
What is valid under all of TEI stays valid: nothing is taken away but what does not occur.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from siglum.schema import p5
from siglum.schema.odd.by_example.choose import can_be_listed, plan_schema
from siglum.schema.odd.by_example.count import count_documents
from siglum.schema.odd.by_example.write import write_odd
from siglum.schema.p5.lookup import Lookup
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen

__all__ = ["VALUES", "Example", "make_by_example"]

VALUES = 20
"""How many values an attribute may have for its list to be closed, unless told."""


@frozen
class Example:
    """What came of it: `files` were counted, `passed_over` are XML files in folders that are not TEI."""

    text: str
    findings: tuple[Finding, ...]
    files: int
    passed_over: int


def make_by_example(paths: Iterable[Path], *, ident: str, values: int = VALUES) -> Example:
    """The ODD of the files, and of all TEI files below the folders. `values`: the most that a closed list holds, 0 for none."""
    lookup = Lookup(p5.find_release(p5.CURRENT))
    counted = count_documents(paths, can_be_listed(lookup))
    text = write_odd(plan_schema(counted.numbers, lookup, values), ident, values) if counted.files else ""
    return Example(text, tuple(counted.findings), counted.files, counted.passed_over)
