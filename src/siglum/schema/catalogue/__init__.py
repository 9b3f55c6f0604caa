"""TEI's own schemas by their public addresses, without a network.

    wanted = find_customisation("https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng")
    carried = load(wanted)
    carried.schema.validate(source)

siglum compiles each schema from the facts of TEI P5 and keeps it in the user's cache folder. `CARRIED` lists the customisations
whose schema allows the same documents as the one that TEI publishes; a test compares them.
"""

from __future__ import annotations

import marshal
from pathlib import Path

from siglum.schema.catalogue.addresses import CARRIED, CURRENT, CustomisationAddress, find_customisation
from siglum.schema.odd.load import cache_context
from siglum.schema.odd.provenance import Provenance
from siglum.schema.relaxng import Schema
from siglum.schema.relaxng import cache as kept
from siglum.text.frozen import frozen
from siglum.text.source import Source

__all__ = ["CARRIED", "CURRENT", "CarriedSchema", "CustomisationAddress", "find_customisation", "load"]

_FORMAT = 1
"""Increase this when a table changes."""


@frozen
class CarriedSchema:
    """A schema with its TEI release. `is_other`: the address names a different release."""

    schema: Schema
    version: str
    is_other: bool


def load(wanted: CustomisationAddress, *, cache: bool = True) -> CarriedSchema:
    """Load a carried schema: of the release in the address if siglum has it, else of the newest.

    Raises SchemaError if the facts of a release that the user added are damaged.
    """
    main = Path(__file__).with_name(wanted.name)
    entry = kept.Entry(Source(wanted.name, b""), main, f"{_FORMAT} {wanted.version} {cache_context()}") if cache else None
    found = entry.get() if entry else None
    if found is None:
        from siglum.schema.catalogue.make import compile_grammar  # the compiler is not needed for a cached schema

        found = compile_grammar(wanted, main)
        if entry:
            digests = {path: kept.digest_file(path) for path in found.files}
            entry.put(found.grammar, digests, found.beside)
    version, is_other, choices = marshal.loads(found.beside)
    schema = Schema(Path(f"{wanted.name} {version}"), found.files[1:], found.grammar, entry, Provenance(choices))
    return CarriedSchema(schema, version, is_other)
