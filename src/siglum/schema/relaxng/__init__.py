"""RELAX NG (ISO/IEC 19757-2): compile schemas and validate documents.

    schema = relaxng.load(Path("tei_all.rng"))
    findings = schema.validate(source)

A schema passes through `files` and `read_xml` or `compact` (text to syntax), `simplify` and `compile` (clause 4), `restrict`
(clause 7) and `idtypes` into a `grammar`, which `cache` stores. A document passes through a driver (expat or tree), which runs
the `automaton`; `run` and `recover` report faults, `place` locates them and `explain` writes the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.relaxng.schema import Findings, Schema
from siglum.text.files import DISK, Files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Findings", "Schema", "load"]


def load(path: Path, *, cache: bool = True, name: str | None = None, files: Files = DISK) -> Schema:
    """Load the schema at `path`, in XML (.rng) or compact syntax (.rnc). Raises SchemaError and FileError.

    With `cache`, read the compiled schema from the user's cache folder, or store it there.
    """
    from siglum.schema.relaxng import cache as cache_files

    main = files.read(path, name)
    entry = cache_files.Entry(main, path) if cache else None
    found = entry.get(files) if entry else None
    if found is not None:
        grammar, parts = found.grammar, found.files
    else:
        from siglum.schema.relaxng.build import build  # a cached schema needs no compiler
        from siglum.text.digest import digest

        grammar, sources = build(main, path, files)
        parts = tuple(sources)
        if entry:
            entry.put(grammar, {file: digest(source.data) for file, source in sources.items()})
    return Schema(path, parts, grammar, entry, disk=files)
