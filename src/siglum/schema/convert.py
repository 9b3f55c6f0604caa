"""RELAX NG schemas from one of their two syntaxes to the other, with the local files that they include."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from siglum.errors import SchemaError
from siglum.schema.relaxng import write_compact, write_xml
from siglum.schema.relaxng.compact import INHERIT
from siglum.schema.relaxng.files import pattern
from siglum.schema.relaxng.syntax import Pattern
from siglum.text.files import DISK

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
_WRITERS: dict[str, Callable[..., str]] = {".rng": write_xml.write, ".rnc": write_compact.write}


def convert(source: Path, target: Path) -> dict[Path, bytes]:
    """The schema at `source` in the syntax that the ending of `target` says, and each file it refers to, by their new paths.

    A file that is referred to keeps its place relative to the first; what is named by a whole address stays what it is.
    Nothing is written. Raises SchemaError and FileError.
    """
    for path in (source, target):
        if path.suffix.lower() not in _WRITERS:
            help_ = "a schema's name ends in .rng (XML syntax) or in .rnc (compact syntax)"
            raise SchemaError("the ending does not say which syntax this is", where=path.as_posix(), help=help_)
    made: dict[Path, bytes] = {}
    todo = [(source, target)]
    for path, new in todo:  # grows while it is read
        if new not in made:
            referred: list[str] = []
            made[new] = _written(path, new, referred).encode()
            todo += [(_beside(path, each), _beside(new, _swapped(each, path, new))) for each in referred]
    return made


def _written(path: Path, new: Path, referred: list[str]) -> str:
    """The file in the new syntax; the relative addresses of others in the same syntax are added to `referred`."""

    def href(address: str) -> str:
        if _ADDRESS.match(address) or PurePosixPath(unquote(address)).suffix.lower() != path.suffix.lower():
            return address
        referred.append(unquote(address))
        return quote(_swapped(unquote(address), path, new))

    whole: Pattern = pattern(DISK.read(path), ns=INHERIT, notes=True)
    return _WRITERS[new.suffix.lower()](whole, href=href)


def _swapped(address: str, old: Path, new: Path) -> str:
    return address[: -len(old.suffix)] + new.suffix


def _beside(path: Path, address: str) -> Path:
    return Path(os.path.normpath(path.parent / address))
