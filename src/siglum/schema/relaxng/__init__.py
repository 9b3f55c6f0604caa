"""RELAX NG (ISO/IEC 19757-2): schemas in, findings about documents out.

    schema = relaxng.load(Path("tei_all.rng"))
    findings = schema.validate(source)

The way of a schema: `files` and `read_xml` or `compact` (text to syntax) → `simplify` and `compile` (clause 4) → `restrict`
(clause 7) and `idtypes` → a `grammar`, kept by `cache`. The way of a document: a driver (expat or tree) → `automaton`
→ `run` and `recover` → faults → `place` → `explain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.relaxng.schema import Findings, Schema
from siglum.text.files import DISK, Files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Findings", "Schema", "load"]


def load(path: Path, *, cache: bool = True, name: str | None = None, files: Files = DISK) -> Schema:
    """The schema at `path`, in the XML (.rng) or the compact syntax (.rnc); raises SchemaError and FileError.

    With `cache`, the compiled schema is taken from, or put into, the user's cache folder.
    """
    from siglum.schema.relaxng import cache as kept

    main = files.read(path, name)
    entry = kept.Entry(main, path) if cache else None
    found = entry.get(files) if entry else None
    if found is not None:
        grammar, parts = found.grammar, found.files
    else:
        from siglum.schema.relaxng.build import build  # what compiles is not wanted when it is in the cache
        from siglum.text.digest import digest

        grammar, sources = build(main, path, files)
        parts = tuple(sources)
        if entry:
            entry.put(grammar, {each: digest(source.data) for each, source in sources.items()})
    return Schema(path, parts, grammar, entry, disk=files)
