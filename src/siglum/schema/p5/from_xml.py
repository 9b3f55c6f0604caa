"""The facts in a p5subset.xml (TEI P5 2.0 and later) or in a compiled ODD: every spec that stands in it, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from siglum.errors import SchemaError
from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read import Report, local_name, read_specs
from siglum.text import wellformed
from siglum.text.source import Source as File
from siglum.text.tei import TEI, Element, attribute, child, squeeze

NAME = "TEI P5"
_NUMBER = re.compile(r"\b\d+\.\d+(?:\.\d+)?[a-z]*(?:-?(?:alpha|beta|rc)\d*)?\b")
_ASKING = tuple(TEI + each for each in ("moduleRef", "specGrpRef", "elementRef", "classRef", "macroRef", "dataRef"))
"""What in a schemaSpec asks for specs that stand elsewhere: the ODD is still to be compiled."""
_SHOW = "https://www.tei-c.org/release/xml/tei/odd/p5subset.xml, or one of https://www.tei-c.org/Vault/P5/"


def distil_root(file: File, report: Report) -> s.Source:
    """The source in a file; `report` is told of faults in its specs.

    Raises DocumentError where it is not XML, and SchemaError where it holds no specs, or only a part of them.
    """
    root = wellformed.parse(file)
    _refuse_uncompiled(file, root)
    specs = tuple(replace(each, mode=None) for each in read_specs(root, file.name, report) if each.mode != "delete")
    if not any(isinstance(each, s.ElementSpec) and each.module for each in specs):
        raise _raise_empty(file, root, specs)
    schema = next(root.iter(f"{TEI}schemaSpec"), None)
    name, version = (NAME, _find_version(root)) if schema is None else (attribute(schema, "ident"), "")
    return s.Source(name, version, tuple(_list_modules(root, specs)), specs)


def _refuse_uncompiled(file: File, root: Element) -> None:
    for schema in root.iter(f"{TEI}schemaSpec"):
        asking = next((each for each in schema.iter(*_ASKING) if _needs_compiling(each)), None)
        if asking is not None:
            what = next((f' {key}="{asking.get(key)}"' for key in ("key", "target") if asking.get(key)), "")
            raise SchemaError(
                f"this ODD is not compiled: <{local_name(asking)}{what}> asks for specifications that stand elsewhere",
                where=f"{file.name}:{asking.sourceline}",
                help=f"name a compiled ODD or a p5subset.xml of TEI ({_SHOW})",
            )


def _needs_compiling(at: Element) -> bool:
    """A moduleRef with @url asks for a grammar, not for specs; a classRef in a content model is no matter either."""
    parent = at.getparent()
    if parent is None or parent.tag not in {f"{TEI}schemaSpec", f"{TEI}specGrp"}:
        return False
    return at.get("key") is not None or local_name(at) == "specGrpRef"


def _raise_empty(file: File, root: Element, specs: tuple[s.AnySpec, ...]) -> SchemaError:
    if specs:
        return SchemaError(
            "none of the element specifications in this file says which module it belongs to: it is no p5subset.xml",
            where=file.name,
            help=f"name a compiled ODD or a p5subset.xml of TEI ({_SHOW})",
        )
    message = f"there are no specifications in this file, whose root is <{local_name(root)}>: it is no p5subset.xml"
    return SchemaError(message, where=file.name, help=f"name a compiled ODD or a p5subset.xml of TEI ({_SHOW})")


def _find_version(root: Element) -> str:
    """The release's number as its header gives it, in one of the forms that it had over the years."""
    edition = child(root, "teiHeader", "fileDesc", "editionStmt", "edition")
    found = _NUMBER.search(squeeze("".join(map(str, edition.itertext())))) if edition is not None else None
    return found.group() if found else ""


def _list_modules(root: Element, specs: Iterable[s.AnySpec]) -> Iterable[str]:
    declared = (attribute(each, "ident") for each in root.iter(f"{TEI}moduleSpec"))
    return dict.fromkeys(each for each in (*declared, *(spec.module for spec in specs)) if each)
