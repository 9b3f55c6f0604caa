"""An ODD as a schema to validate with: compiled when it is first wanted, and kept in the user's cache folder.

    schema = load(Path("letters.odd"))
    findings = schema.validate(source)

What it was made of (the ODD, all that it takes in, releases of TEI) is known to the cache, so that a change anywhere is seen.
An ODD with errors cannot be used; what is merely doubtful in it is told by `siglum odd compile`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema.odd.provenance import Provenance
from siglum.schema.relaxng import Schema
from siglum.schema.relaxng import cache as kept
from siglum.text.digest import digest_checkout
from siglum.text.files import DISK, Files

if TYPE_CHECKING:
    from siglum.text.diagnostic import Finding

_LIST = "releases.txt"
"""What lists them there, and may be missing."""
_PLACES = ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE")
_INCLUDED = re.compile(rb"""include\b[^>]*?\bhref\s*=\s*["']([^"'#:]+)["'#]""")
_FORMAT = 1
"""To be raised whenever the same ODD makes another schema, or is told of in another way."""


def load_schema(path: Path, *, cache: bool = True, name: str | None = None, files: Files = DISK) -> Schema:
    """The schema that the ODD at `path` makes. Raises SchemaError, at the line of the ODD that is at fault, and FileError."""
    main = files.read(path, name)
    entry = kept.Entry(main, path, f"odd {_FORMAT} {cache_context()}") if cache else None
    found = entry.get(files) if entry else None
    if found is None:
        found = _compile(path, files)
        if entry:
            entry.put(found.grammar, {each: kept.digest_file(each, files) for each in found.files}, found.beside)
    return Schema(path, found.files, found.grammar, entry, Provenance(found.beside), files)


def cache_context() -> str:
    """What a compiled ODD depends on besides files: where the user's releases are, and the compiler itself.

    The former is taken from what the system says of it, which costs less than to look there.
    """
    return "\0".join((*(os.environ.get(each, "") for each in _PLACES), digest_checkout(Path(__file__).resolve().parents[1])))


def _compile(path: Path, disk: Files) -> kept.CachedGrammar:
    """The compiled grammar, what it rests on, and what the ODD decided."""
    from siglum.schema.odd.assemble import assemble  # what compiles is not wanted when it is in the cache
    from siglum.schema.odd.choices import find_choices
    from siglum.schema.odd.relaxng import compile_generated, generate_grammar

    try:
        assembled = assemble(path, files=disk)
    except DocumentError as error:
        raise _make_error(error.findings, path) from None
    _raise_errors(assembled.findings, path)
    generated = generate_grammar(assembled.merged)
    _raise_errors(generated.findings, path)
    try:
        grammar = compile_generated(generated, path.as_posix())
    except SchemaError as error:  # RELAX NG forbids it (ISO/IEC 19757-2, clause 7)
        at = assembled.merged.place
        where = f"{at.path}:{at.line}:{at.column}" if error.where in {"", path.as_posix()} else error.where
        raise SchemaError(error.message, where=where, help=error.help) from None
    files = (path, *_list_parts(assembled.files, path, disk), *list_release_files())
    return kept.CachedGrammar(grammar, tuple(dict.fromkeys(files)), find_choices(assembled.merged, assembled.origins).pack())


def list_release_files() -> Iterator[Path]:
    """The files that say which releases of TEI there are, and what they hold."""
    from siglum.schema import p5  # as above
    from siglum.schema.p5.releases import releases_folder

    where = releases_folder()
    if where is not None:
        yield where / _LIST
    for each in p5.list_releases():
        yield each.path


def _list_parts(files: Iterable[Path], path: Path, disk: Files) -> Iterator[Path]:
    """The other files that were read, and those that may be missing today: an XInclude has a fallback for that."""
    from urllib.parse import unquote  # as above

    for each in files:
        if each != path:
            yield each
        with suppress(FileError):
            data = disk.read(each).data
            for href in _INCLUDED.findall(data) if b"XInclude" in data else ():
                yield each.parent / unquote(href.decode("utf-8", errors="replace"))


def _raise_errors(findings: Iterable[Finding], path: Path) -> None:
    errors = [each for each in findings if each.severity == "error"]
    if errors:
        raise _make_error(errors, path)


def _make_error(errors: Iterable[Finding], path: Path) -> SchemaError:
    """The first error, and how many more there are."""
    first, *others = errors
    where = f"{first.path}:{first.line}:{first.column}"
    more = f" (and {len(others)} more: siglum odd compile {path.as_posix()} tells them)" if others else ""
    return SchemaError(f"{first.code} {first.message}", where=where, help=first.help + more)
