"""Convert a RELAX NG schema between its two syntaxes, together with the local files it includes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from siglum.errors import SchemaError
from siglum.schema.relaxng import write_compact, write_xml
from siglum.schema.relaxng.compact import INHERIT
from siglum.schema.relaxng.files import read_pattern
from siglum.schema.relaxng.syntax import Pattern
from siglum.text.files import DISK

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
_WRITERS: dict[str, Callable[..., str]] = {".rng": write_xml.write_schema, ".rnc": write_compact.write_schema}


def convert(source: Path, target: Path) -> dict[Path, bytes]:
    """Convert the schema `source` to the syntax that the suffix of `target` names; return each new file by its path.

    Each file that the schema refers to by a relative address is converted too and keeps its place relative to the first.
    Absolute addresses stay unchanged. This function writes nothing. It raises SchemaError and FileError.
    """
    for path in (source, target):
        if path.suffix.lower() not in _WRITERS:
            help_ = "use a file name that ends in .rng (XML syntax) or .rnc (compact syntax)"
            raise SchemaError("the suffix of the file name names neither syntax", where=path.as_posix(), help=help_)
    converted: dict[Path, bytes] = {}
    todo = [(source, target)]
    for path, new in todo:  # the loop appends to this list
        if new not in converted:
            referred: list[str] = []
            converted[new] = _convert_file(path, new, referred).encode()
            todo += [(_resolve(path, address), _resolve(new, _swap_suffix(address, path, new))) for address in referred]
    return converted


def _convert_file(path: Path, new: Path, referred: list[str]) -> str:
    """Write the file in the new syntax; append the relative addresses of files in the old syntax to `referred`."""

    def href(address: str) -> str:
        if _ADDRESS.match(address) or PurePosixPath(unquote(address)).suffix.lower() != path.suffix.lower():
            return address
        referred.append(unquote(address))
        return quote(_swap_suffix(unquote(address), path, new))

    whole: Pattern = read_pattern(DISK.read(path), ns=INHERIT, notes=True)
    return _WRITERS[new.suffix.lower()](whole, href=href)


def _swap_suffix(address: str, old: Path, new: Path) -> str:
    return address[: -len(old.suffix)] + new.suffix


def _resolve(path: Path, address: str) -> Path:
    return Path(os.path.normpath(path.parent / address))
