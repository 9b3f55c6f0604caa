"""Where something stands in a bibliography, and the findings that say it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from siglum.text.diagnostic import Finding, Severity
from siglum.text.source import Source


class FilePositions:
    """The lines of a file, found by the number of a character in its text."""

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
        """Something that is left out, because it cannot be read."""
        return self._make_finding(at, "B001", Severity.ERROR, message, help)

    def remark(self, at: int, message: str, help: str = "") -> Finding:
        """Something that is not kept as it was meant."""
        return self._make_finding(at, "B002", Severity.WARNING, message, help)

    def _make_finding(self, at: int, code: str, severity: Severity, message: str, help: str) -> Finding:
        line = bisect_right(self._starts, at)
        return Finding(self.source.name, line, at - self._starts[line - 1] + 1, code, severity, message, help)


def find_duplicate_keys(places: FilePositions, keys: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """A finding for every key that was there before; each with its place."""
    seen: set[str] = set()
    for at, key in keys:
        if key in seen and key:
            yield places.remark(
                at, f"the key “{key}” occurs twice; the later entry gets another", "give each entry a key of its own"
            )
        seen.add(key)
