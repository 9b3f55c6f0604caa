"""TEI's own schemas by their public addresses, without a network: which one an address means, and the schema itself.

    wanted = named("https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng")
    carried = load(wanted)
    carried.schema.validate(source)

Each is compiled from the facts of TEI P5, as TEI's own tools would, and kept in the user's cache folder. Only such as are the
same as theirs are `CARRIED`; a test compares the languages.
"""

from __future__ import annotations

import marshal
from pathlib import Path

from siglum.schema.catalogue.addresses import CARRIED, CURRENT, Named, named
from siglum.schema.odd.load import surroundings
from siglum.schema.odd.provenance import Provenance
from siglum.schema.relaxng import Schema
from siglum.schema.relaxng import cache as kept
from siglum.text.frozen import frozen
from siglum.text.source import Source

__all__ = ["CARRIED", "CURRENT", "Carried", "Named", "load", "named"]

_FORMAT = 1
"""To be raised whenever a table changes."""


@frozen
class Carried:
    """A schema, and the release of TEI that it is of; `is_other`: which is not the one that was asked for."""

    schema: Schema
    version: str
    is_other: bool


def load(wanted: Named, *, cache: bool = True) -> Carried:
    """The schema of one that is carried: of the release that is named, if it is known, else of the newest.

    Raises SchemaError where the facts of a release that the user has added are damaged.
    """
    main = Path(__file__).with_name(wanted.name)
    entry = kept.Entry(Source(wanted.name, b""), main, f"{_FORMAT} {wanted.version} {surroundings()}") if cache else None
    found = entry.get() if entry else None
    if found is None:
        from siglum.schema.catalogue.make import made  # what compiles is not wanted when it is in the cache

        found = made(wanted, main)
        if entry:
            digests = {each: kept.digest_file(each) for each in found.files}
            entry.put(found.grammar, digests, found.beside)
    version, is_other, choices = marshal.loads(found.beside)
    schema = Schema(Path(f"{wanted.name} {version}"), found.files[1:], found.grammar, entry, Provenance(choices))
    return Carried(schema, version, is_other)
