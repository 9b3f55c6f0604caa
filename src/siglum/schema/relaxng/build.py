"""All steps from the file of a schema to its compiled grammar, in order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from siglum.errors import SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compile import compile_schema
from siglum.schema.relaxng.files import SchemaFiles
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.idtypes import find_id_types
from siglum.schema.relaxng.restrict import restrict
from siglum.schema.relaxng.simplify import simplify
from siglum.text.files import DISK, Files
from siglum.text.source import Source


def build(main: Source, path: Path, base: Files = DISK) -> tuple[Grammar, dict[Path, Source]]:
    """Return the grammar and its source files. Raises SchemaError and FileError."""
    files = SchemaFiles(main, path, base)
    with _pause_gc():
        grammar = _compile(files.main, files, main.name)
    return grammar, files.read


def build_pattern(pattern: s.Pattern, name: str) -> Grammar:
    """Compile a pattern built in memory that refers to no other file. Raises SchemaError."""
    files = SchemaFiles(Source(name, b""), Path(name))
    return _compile(lambda: pattern, files, name)


def _compile(main: Callable[[], s.Pattern], files: SchemaFiles, name: str) -> Grammar:
    try:
        resolved = simplify(main(), files)
        compiled = compile_schema(resolved)
        restrict(compiled.grammar, compiled.origins)
        compiled.grammar.ids = find_id_types(compiled.grammar, compiled.origins)
    except RecursionError:
        message = "the schema nests its patterns or references too deeply"
        raise SchemaError(message, where=name, help="split it into elements, or nest fewer defines") from None
    return compiled.grammar


@contextmanager
def _pause_gc() -> Iterator[None]:
    """Pause garbage collection: none of the 100,000 new objects is garbage, and scanning them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
