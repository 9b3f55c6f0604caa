"""Passes over findings that leave one finding for one fault.

Several engines can find one fault, and one fault can cause several findings. Each pass takes a list and returns a list.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Finding

if TYPE_CHECKING:
    from siglum.text.document import Document

_SAME_FAULT = {
    "I001": frozenset({"S005", "S007"}),
    "I002": frozenset({"S005"}),
    "I003": frozenset({"S005", "S008"}),
    "I004": frozenset({"S005"}),
}
"""For each code, the codes that another engine gives to the same fault at the same place. The rule knows more, so it wins."""
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_REMEMBERED = 10_000


def merge_engines(findings: Collection[Finding]) -> list[Finding]:
    """Drop findings that `_SAME_FAULT` declares to be covered by another at the same place."""
    covered = {
        (finding.path, finding.line, finding.column, code) for finding in findings for code in _SAME_FAULT.get(finding.code, ())
    }
    return [finding for finding in findings if (finding.path, finding.line, finding.column, finding.code) not in covered]


def merge_schemas(findings: list[Finding]) -> list[Finding]:
    """Drop repeated findings of several schemas, such as an ODD and its RELAX NG: the one with the longest help stays."""
    kept: dict[tuple[str, int, int, str, str], Finding] = {}
    for finding in findings:
        key = (finding.path, finding.line, finding.column, finding.code, finding.message)
        if key not in kept or len(finding.help) > len(kept[key].help):
            kept[key] = finding
    return list(kept.values())


def drop_include_gaps(findings: list[Finding], document: Document) -> list[Finding]:
    """Drop what a schema says about an include that failed (X006), and about the gap that it leaves in its parent."""
    if not document.findings:
        return findings
    places = set()
    for include in document.index.tagged(_INCLUDE):
        parent = include.getparent()
        for element in (include, parent if parent is not None else include):
            at = document.locate(element)
            places.add((at.path, at.line, at.column))
    return [finding for finding in findings if (finding.path, finding.line, finding.column) not in places]


def merge_included(verdicts: Generator[Verdict, None, None]) -> Generator[Verdict, None, None]:
    """Report findings in a file that several documents include with the first of these only."""
    seen: set[Finding] = set()
    with closing(verdicts):
        for verdict in verdicts:
            new = tuple(finding for finding in verdict.findings if finding not in seen)
            if len(seen) < _REMEMBERED:
                seen.update(finding for finding in new if finding.path != verdict.name)
            yield verdict if len(new) == len(verdict.findings) else replace(verdict, findings=new)
