"""The facts of TEI P5: names, classes, content models, attributes and value lists of a release; no prose, no XPath.

    source = p5.find_release("tei:4.9.0")             # or an address of TEI's server; `source.version` says what was taken
    source = p5.distil(Path("p5subset.xml"))  # from a release's XML, or from a compiled ODD
    data = p5.pack(source)                    # `p5.unpack(data)` is the source again, without constraints

The facts shipped (`*.p5`) are taken from the TEI Guidelines, © TEI Consortium, under CC BY 3.0 or BSD-2-Clause: see NOTICE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.p5.packed import bare, is_packed, pack, unpack
from siglum.schema.p5.releases import (
    CURRENT,
    Release,
    add_release,
    find_release,
    list_releases,
    load_source,
    remove_release,
    requested_version,
    resolve_version,
)
from siglum.text.files import DISK, Files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from siglum.schema.tagdocs.specs import Source
    from siglum.text.diagnostic import Finding

__all__ = [
    "CURRENT",
    "Release",
    "add_release",
    "bare",
    "distil",
    "find_release",
    "is_packed",
    "list_releases",
    "load_source",
    "pack",
    "remove_release",
    "requested_version",
    "resolve_version",
    "unpack",
]


def distil(path: Path, report: Callable[[Finding], None] = lambda _: None, files: Files = DISK) -> Source:
    """The source in a p5subset.xml or a compiled ODD, or in a file that `siglum p5 distil` has made of one.

    `report` is told of faults in its specs. Raises FileError, DocumentError where it is not XML, and SchemaError where it holds
    no specs, or is an ODD that is not compiled.
    """
    file = files.read(path)
    if is_packed(file.data):
        return unpack(file.data, file.name)
    from siglum.schema.p5.from_xml import distil_root  # lxml, which the facts shipped do without

    return distil_root(file, report)
