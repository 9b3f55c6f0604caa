"""Findings about a bibliography, with lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from siglum.text.diagnostic import Finding, Severity
from siglum.text.source import Source


class FilePositions:
    """Converts offsets in a text to lines and columns, and makes findings there."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        text = self.source.text
        while (at := text.find("\n", starts[-1])) >= 0:
            starts.append(at + 1)
        return starts

    def make_error(self, at: int, message: str, help: str = "") -> Finding:
        """Make a finding about text that cannot be read and is left out."""
        return self._make_finding(at, "B001", Severity.ERROR, message, help)

    def remark(self, at: int, message: str, help: str = "") -> Finding:
        """Make a finding about a value that is not kept as it was meant."""
        return self._make_finding(at, "B002", Severity.WARNING, message, help)

    def _make_finding(self, at: int, code: str, severity: Severity, message: str, help: str) -> Finding:
        line = bisect_right(self._starts, at)
        return Finding(self.source.name, line, at - self._starts[line - 1] + 1, code, severity, message, help)


def find_duplicate_keys(places: FilePositions, keys: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Make a finding for every key that repeats an earlier one."""
    seen: set[str] = set()
    for at, key in keys:
        if key in seen and key:
            yield places.remark(
                at, f"the key “{key}” occurs twice; siglum gives the later entry another key", "give every entry its own key"
            )
        seen.add(key)
