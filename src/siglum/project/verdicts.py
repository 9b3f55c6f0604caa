"""The cache of verdicts, in the user's cache folder: siglum does not check unchanged files again.

The key of an entry is made of the content and path of the document and the options of the run. An entry is valid as long as its
dependencies (schemas and included files) are unchanged. It consists of a checksum and JSON; a damaged entry is ignored. No
function here fails: without a cache, runs are only slower.
"""

from __future__ import annotations

import contextlib
import json
import sys
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from siglum.check.discovery import Target
from siglum.check.document import digest_of
from siglum.check.options import Options
from siglum.check.verdict import Verdict
from siglum.errors import FileError
from siglum.text.atomic import find_cache_folder, prune_folder, write_file
from siglum.text.diagnostic import Excerpt, Finding, Severity
from siglum.text.digest import digest, digest_checkout
from siglum.text.files import DISK
from siglum.version import __version__

if TYPE_CHECKING:
    from siglum.text.policy import Policy

FORMAT = 2
"""Raise this number whenever the content of an entry changes."""
_ENDING = ".json"
_MOST = 64 * 1024 * 1024
"""The most bytes of all entries together; a valid document takes about 200."""
_REMEMBERED = 10_000


class Verdicts:
    """The cache for a run with these options."""

    def __init__(self, options: Options) -> None:
        self.folder = find_cache_folder("verdicts")
        self._options = options
        self._digests: dict[str, str] = {}
        self._last: Path | None = None

    def get(self, target: Target) -> Verdict | None:
        """Return the verdict on a file, if the cache has one that is still valid."""
        content = digest_of(target.path) if self.folder is not None and target.trouble is None else ""
        place = self._place(target, content)
        if place is None:
            return None
        try:
            dependencies, found = _unpacked(DISK.read(place).data)
            return _verdict(target.name, found) if all(self._digest(path) == seen for path, seen in dependencies) else None
        except (FileError, ValueError, TypeError, KeyError):
            return None

    def put(self, target: Target, verdict: Verdict) -> None:
        """Save a verdict, if it depends only on files."""
        place = self._place(target, verdict.content)
        if place is not None:
            with contextlib.suppress(FileError, OSError, ValueError):
                write_file(place, _packed([verdict.dependencies, _values(verdict)]))
                self._last = place

    def close(self) -> None:
        """Remove the oldest entries if there are too many."""
        if self.folder is not None and self._last is not None:
            prune_folder(self.folder, _ENDING, _MOST, self._last)

    def _place(self, target: Target, content: str) -> Path | None:
        """The path of the entry; None where there is no cache, or the content is unknown."""
        if self.folder is None or not content:
            return None
        within = self._options.within or DISK.project_root(target.path)
        facts = (self._head, target.name, str(target.path.absolute()), str(target.walked), str(within), content)
        return self.folder / (digest("\0".join(facts).encode("utf-8", errors="surrogateescape")) + _ENDING)

    @cached_property
    def _head(self) -> str:
        """The part of the key that all entries of this run share."""
        options = self._options
        paths = [[str(each.absolute()) for each in some] for some in (options.schemas, options.default_schemas)]
        chosen = [sorted(options.select), options.strict, str(options.project), *paths, _told(options.policy)]
        program = [__version__, sys.version_info[:2], digest_checkout(Path(__file__).resolve().parents[1])]
        return json.dumps(["siglum verdict", FORMAT, *program, chosen], default=sorted)

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            if len(self._digests) >= _REMEMBERED:
                self._digests.clear()
            self._digests[path] = digest_of(Path(path))
        return self._digests[path]


def _told(policy: Policy | None) -> dict[str, object] | None:
    """A policy as values; its sets have an order only as JSON."""
    if policy is None:
        return None
    from dataclasses import asdict  # most runs have no policy, and it would be the only use of it

    return asdict(policy)


def _packed(values: list[object]) -> bytes:
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x\n" % zlib.crc32(data) + data


def _unpacked(entry: bytes) -> Any:
    """Raises ValueError where the entry is not what `_packed` made."""
    data = entry[9:]
    if entry[:9] != b"%08x\n" % zlib.crc32(data):
        raise ValueError("damaged")
    return json.loads(data)


def _values(verdict: Verdict) -> list[object]:
    findings = []
    for each in verdict.findings:
        place = [each.path, each.line, each.column, each.end_line, each.end_column]
        shown = verdict.excerpts.get(each)
        line = [shown.text, shown.caret, shown.length] if shown else None
        findings.append([*place, each.code, each.severity, each.message, each.help, line])
    return [verdict.further, verdict.fallback, findings]


def _verdict(name: str, values: Any) -> Verdict:
    further, fallback, listed = values
    findings: list[Finding] = []
    excerpts: dict[Finding, Excerpt] = {}
    for path, line, column, end_line, end_column, code, severity, message, help_, shown in listed:
        finding = Finding(path, line, column, code, Severity(severity), message, help_, end_line, end_column)
        findings.append(finding)
        if shown:
            excerpts[finding] = Excerpt(*shown)
    return Verdict(name, tuple(findings), excerpts, further, fallback=fallback)
