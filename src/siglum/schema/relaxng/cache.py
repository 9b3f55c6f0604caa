"""Compiled grammars, kept in the user's cache folder between runs. Nothing here may fail: without a cache all goes on, slower.

An entry is found by what is in the main file, where that lies and what was made of it, and is good as long as the other files
it rests on hold what they held then, or are still not there. It is a line of text, a checksum, and `marshal` data; a damaged
one is made anew.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from siglum.errors import FileError
from siglum.schema.relaxng.grammar import Grammar
from siglum.text.atomic import prune_folder, write_file
from siglum.text.digest import digest
from siglum.text.files import DISK, Files
from siglum.text.source import Source
from siglum.version import __version__

FORMAT = 3
"""To be raised whenever a grammar, or what patterns mean, changes."""
_HEAD = f"siglum schema {FORMAT} {__version__} {sys.implementation.cache_tag} {marshal.version}\n".encode()
_MOST = 64 * 1024 * 1024
"""Bytes that all entries may take together; tei_all takes a fifth of a megabyte."""


def folder() -> Path | None:
    """The user's cache folder for schemas, if there is such a place."""
    try:
        return _user_caches() / "siglum" / "schemas"
    except RuntimeError:  # no home
        return None


def _user_caches() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / "Library" / "Caches" if sys.platform == "darwin" else Path.home() / ".cache"


class Kept(NamedTuple):
    """What an entry holds. `files`: all that the grammar rests on, the main one first; `beside`: what else was put there."""

    grammar: Grammar
    files: tuple[Path, ...]
    beside: bytes = b""


class Entry:
    """What the cache holds, or is to hold, of the schema in a main file.

    `kind`: what is made of it, with all that this depends on besides files; of one file, several things can be made.
    """

    def __init__(self, main: Source, path: Path, kind: str = "") -> None:
        self.main = path
        self.folder = folder()
        self.digest = digest(main.data)
        key = digest(b"\0".join((_HEAD, os.fsencode(path.absolute()), os.fsencode(kind), self.digest.encode())))
        self.path = self.folder / f"{key}.siglum" if self.folder else None
        self.files: list[tuple[str, str]] = []
        self.beside = b""
        self.is_new = False

    def get(self, disk: Files = DISK) -> Kept | None:
        """What is kept; None if there is nothing, or it is damaged or out of date."""
        if self.path is None:
            return None
        try:
            files, values, beside = _unpacked(DISK.read(self.path).data)
            if any(digest_of(Path(each), disk) != seen for each, seen in files[1:]):
                return None
            self.files, self.beside = files, beside
            return Kept(Grammar.from_values(values), (self.main, *(Path(each) for each, _ in files[1:])), beside)
        except (FileError, ValueError, TypeError, EOFError):
            return None

    def put(self, grammar: Grammar, digests: Mapping[Path, str], beside: bytes = b"") -> None:
        """Keep a grammar, and let go of the oldest ones if there are too many.

        `digests`: of the files it rests on, the main one first; empty for one that has to stay absent.
        """
        self.files = [(str(each.absolute()), seen) for each, seen in digests.items()]
        self.beside = beside
        self.is_new = True
        self.keep(grammar)

    def keep(self, grammar: Grammar) -> None:
        """Keep it once more, with what has been learnt since it was got or put."""
        if self.folder is None or self.path is None or not self.files:
            return
        with contextlib.suppress(FileError, OSError, ValueError):
            write_file(self.path, _packed((self.files, grammar.values(), self.beside)))
            prune_folder(self.folder, ".siglum", _MOST, keep=self.path)


def digest_of(path: Path, files: Files = DISK) -> str:
    """The digest of a file; empty where there is none that can be read."""
    try:
        return digest(files.read(path).data)
    except FileError:
        return ""


def _packed(values: tuple[Any, ...]) -> bytes:
    data = marshal.dumps(values)
    return _HEAD + b"%08x\n" % zlib.crc32(data) + data


def _unpacked(entry: bytes) -> Any:
    """Raises ValueError where the entry is not what `_packed` made: `marshal` is not to be trusted with anything else."""
    data = entry[len(_HEAD) + 9 :]
    if not entry.startswith(_HEAD) or entry[len(_HEAD) : len(_HEAD) + 9] != b"%08x\n" % zlib.crc32(data):
        raise ValueError("damaged")
    return marshal.loads(data)
