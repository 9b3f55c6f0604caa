"""Finding the files to check: paths in, one `Target` a file out, and a look at the start of each to see if it is TEI."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from siglum.errors import FileError
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK
from siglum.text.frozen import frozen
from siglum.text.source import Source
from siglum.text.xml_model import Prolog, prolog

HEAD = 1 << 16
"""Bytes that nearly always hold everything before the root element."""
_BEGINNING = 1 << 12


@frozen
class Target:
    """A file to check. `walked`: siglum met it in a folder, the caller did not name it; `trouble`: why there is no file."""

    path: Path
    walked: bool = False
    trouble: Finding | None = None

    @property
    def name(self) -> str:
        """The name in reports. Bytes that are not UTF-8 are replaced, so that a report is always text."""
        return os.fsencode(self.path.as_posix()).decode("utf-8", errors="replace")


def find_targets(paths: Iterable[Path]) -> Iterator[Target]:
    """The files to check, each once, and a target with a finding (X007) for a folder without TEI files."""
    seen: set[int] = set()
    for path in paths:
        for target in _walk(path) if DISK.is_folder(path) else (Target(path),):
            real = hash(os.path.realpath(target.path))
            if target.trouble is None and real in seen:
                continue
            seen.add(real)
            yield target


def _walk(folder: Path) -> Iterator[Target]:
    has_xml = has_tei = False
    for path in DISK.walk(folder):
        has_xml = True
        has_tei = has_tei or is_candidate(path)
        yield Target(path, walked=True)
    if not has_tei:
        message = "this folder has no TEI file: its XML files are something else" if has_xml else "this folder has no XML file"
        help_ = "name a folder with TEI files (.xml or .tei)"
        trouble = Finding(Target(folder).name, 1, 1, "X007", Severity.ERROR, message, help_)
        yield Target(folder, trouble=trouble)


def is_candidate(path: Path) -> bool:
    """Whether to check a file met in a folder: TEI of any version, and files that cannot be read or recognized."""
    try:
        return prolog(read_head(path, "")).may_be_tei
    except FileError:
        return True


def read_head(path: Path, name: str) -> Source:
    """The start of a file, with everything before its root. Raises FileError."""
    head = Source(name, next(DISK.pieces(path, HEAD, name), b""))
    return head if len(head.data) < HEAD or prolog(head).root else DISK.read(path, name)


@lru_cache(maxsize=1)
def read_prolog(source: Source) -> Prolog:
    """The part before the root. Usually the first bytes are enough, and siglum need not decode the rest for it."""
    for most in (_BEGINNING, HEAD):
        start = prolog(Source(source.name, source.data[:most]))
        if start.root or len(source.data) <= most:
            return start
    return prolog(source)
