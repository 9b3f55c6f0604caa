"""Cache compiled grammars in the user's cache folder. Nothing here may fail: without a cache, siglum is only slower.

The key of an entry covers the content and path of the main file and the kind of result. An entry is valid while all files it
depends on are unchanged (or still absent). It consists of a line of text, a checksum and `marshal` data; a damaged entry is
rebuilt.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from siglum.errors import FileError
from siglum.schema.relaxng.grammar import Grammar
from siglum.text.atomic import find_cache_folder, prune_folder, write_file
from siglum.text.digest import digest
from siglum.text.files import DISK, Files
from siglum.text.frozen import frozen
from siglum.text.source import Source
from siglum.version import __version__

FORMAT = 3
"""Raise this number whenever a grammar or the meaning of patterns changes."""
_HEAD = f"siglum schema {FORMAT} {__version__} {sys.implementation.cache_tag} {marshal.version}\n".encode()
_MOST = 64 * 1024 * 1024
"""Most bytes of all entries together; tei_all takes a fifth of a megabyte."""


@frozen
class CachedGrammar:
    """The content of an entry. `files`: all files that the grammar depends on, main file first; `beside`: additional data."""

    grammar: Grammar
    files: tuple[Path, ...]
    beside: bytes = b""


class Entry:
    """The cache entry for a schema file.

    `kind`: names the result and everything it depends on besides files; one file may have several results.
    """

    def __init__(self, main: Source, path: Path, kind: str = "") -> None:
        self.main = path
        self.folder = find_cache_folder("schemas")
        self.digest = digest(main.data)
        key = digest(b"\0".join((_HEAD, os.fsencode(path.absolute()), os.fsencode(kind), self.digest.encode())))
        self.path = self.folder / f"{key}.siglum" if self.folder else None
        self.files: list[tuple[str, str]] = []
        self.beside = b""
        self.is_new = False

    def get(self, disk: Files = DISK) -> CachedGrammar | None:
        """Return the content; None if the entry is absent, damaged or out of date."""
        if self.path is None:
            return None
        try:
            files, values, beside = _unpack(DISK.read(self.path).data)
            if any(digest_file(Path(file), disk) != seen for file, seen in files[1:]):
                return None
            self.files, self.beside = files, beside
            return CachedGrammar(Grammar.from_values(values), (self.main, *(Path(file) for file, _ in files[1:])), beside)
        except (FileError, ValueError, TypeError, EOFError):
            return None

    def put(self, grammar: Grammar, digests: Mapping[Path, str], beside: bytes = b"") -> None:
        """Store a grammar, and delete the oldest entries if the cache is too large.

        `digests`: of the files that the grammar depends on, main file first; "" for a file that must stay absent.
        """
        self.files = [(str(file.absolute()), seen) for file, seen in digests.items()]
        self.beside = beside
        self.is_new = True
        self.keep(grammar)

    def keep(self, grammar: Grammar) -> None:
        """Store the grammar again with its learnt tables."""
        if self.folder is None or self.path is None or not self.files:
            return
        with contextlib.suppress(FileError, OSError, ValueError):
            write_file(self.path, _pack((self.files, grammar.values(), self.beside)))
            prune_folder(self.folder, ".siglum", _MOST, keep=self.path)


def digest_file(path: Path, files: Files = DISK) -> str:
    """Return the digest of a file; "" if it cannot be read."""
    try:
        return digest(files.read(path).data)
    except FileError:
        return ""


def _pack(values: tuple[Any, ...]) -> bytes:
    data = marshal.dumps(values)
    return _HEAD + b"%08x\n" % zlib.crc32(data) + data


def _unpack(entry: bytes) -> Any:
    """Raises ValueError unless `_pack` wrote the entry, because `marshal` is unsafe for any other input."""
    data = entry[len(_HEAD) + 9 :]
    if not entry.startswith(_HEAD) or entry[len(_HEAD) : len(_HEAD) + 9] != b"%08x\n" % zlib.crc32(data):
        raise ValueError("damaged")
    return marshal.loads(data)
