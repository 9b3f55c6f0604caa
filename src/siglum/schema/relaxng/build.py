"""From the file of a schema to its compiled grammar: all the steps, in order."""

from __future__ import annotations

from pathlib import Path

from siglum.errors import SchemaError
from siglum.schema.relaxng.compile import compile_schema
from siglum.schema.relaxng.files import Files
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.idtypes import id_types
from siglum.schema.relaxng.restrict import restrict
from siglum.schema.relaxng.simplify import simplify
from siglum.text.source import Source


def build(main: Source, path: Path) -> tuple[Grammar, dict[Path, Source]]:
    """The grammar, and the files it was made of. Raises SchemaError and FileError."""
    files = Files(main, path)
    try:
        resolved = simplify(files.main(), files)
        compiled = compile_schema(resolved)
        restrict(compiled.grammar, compiled.origins)
        compiled.grammar.ids = id_types(compiled.grammar, compiled.origins)
    except RecursionError:
        message = "the schema nests its patterns or references too deeply"
        raise SchemaError(message, where=main.name, help="split it into elements, or write fewer defines in defines") from None
    return compiled.grammar, files.read
