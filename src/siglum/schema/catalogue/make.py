"""Compile the table of a customisation to a grammar, as `odd.assemble` does for an ODD file."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path

from siglum.errors import SchemaError
from siglum.schema import p5
from siglum.schema.catalogue.addresses import CURRENT, CustomisationAddress
from siglum.schema.catalogue.tables import RELEASE, TABLES, Table
from siglum.schema.odd.choices import find_choices
from siglum.schema.odd.customisation import Customisation, ModuleRef, Part, SpecRef
from siglum.schema.odd.files import OddFiles
from siglum.schema.odd.gather import gather_specs
from siglum.schema.odd.load import list_release_files
from siglum.schema.odd.merge.apply import apply_changes
from siglum.schema.odd.merge.inherit import settle_inheritance
from siglum.schema.odd.origins import Origins
from siglum.schema.odd.relaxng import compile_generated, generate_grammar
from siglum.schema.odd.report import Report
from siglum.schema.odd.sources import Sources
from siglum.schema.relaxng.cache import CachedGrammar
from siglum.schema.tagdocs import specs as s


def compile_grammar(wanted: CustomisationAddress, main: Path) -> CachedGrammar:
    """Return the grammar, the files it depends on after `main`, and packed data: release, whether it is another, choices."""
    version, is_other = _choose_release(wanted)
    merged, origins = merge_customisation(wanted.name, p5.load_source(version))
    decided = b"" if wanted.name not in TABLES else find_choices(merged, origins).pack()
    grammar = compile_generated(generate_grammar(merged, compat="reference"), wanted.name)
    return CachedGrammar(grammar, (main, *list_release_files()), marshal.dumps((version, is_other, decided)))


def _choose_release(wanted: CustomisationAddress) -> tuple[str, bool]:
    """Return the release to use, and whether it differs from the one in the address. A table is valid for one release."""
    if wanted.name in TABLES:
        return RELEASE, wanted.version != CURRENT and not _is_same(wanted.version, RELEASE)
    try:
        return p5.resolve_version(wanted.version), False
    except SchemaError:
        return p5.resolve_version(p5.CURRENT), True


def _is_same(wanted: str, version: str) -> bool:
    try:
        return p5.resolve_version(wanted) == version
    except SchemaError:
        return False


def merge_customisation(name: str, source: s.Source) -> tuple[s.Merged, Origins]:
    """Merge a customisation as TEI's own tools do; `tei_all` takes the whole source."""
    at = s.Place(name)
    table = TABLES.get(name, Table(modules=dict.fromkeys(source.modules), start=("TEI", "teiCorpus")))
    wanted = Customisation(name, tuple(_parts(table, at)), start=table.start, place=at)
    report = Report("reference")
    sources = Sources(source, OddFiles(report), report, lambda _path, _place: None)
    found = gather_specs(wanted, sources, report)
    apply_changes(wanted, found, sources, report)
    specs = settle_inheritance(tuple(found.specs.values()), found.withdrawn, report)
    return s.Merged(name, start=table.start, version=source.version, specs=specs, place=at), found.origins


def _parts(table: Table, at: s.Place) -> Iterator[Part]:
    for key, elements in table.modules.items():
        yield ModuleRef(key, None if elements is None else tuple(elements.split()), place=at)
    for key in table.taken.split():
        yield SpecRef("class", key, place=at)
    for key in table.deleted.split():
        yield s.ClassSpec(key, mode="delete", place=at)
    for key in dict.fromkeys((*table.without, *table.members, *table.content)):
        yield _change_spec(key, table, at)


def _change_spec(key: str, table: Table, at: s.Place) -> s.AnySpec:
    """Build the change of a class or element: attributes to delete, new memberships or new content."""
    taken = tuple(s.AttDef(name, mode="delete", place=at) for name in table.without.get(key, "").split())
    attributes = s.AttList(taken, place=at) if taken else None
    if key.startswith("att."):
        members = tuple(s.MemberOf(member, place=at) for member in table.members.get(key, "").split())
        classes = s.Classes(members, place=at) if members else None
        return s.ClassSpec(key, mode="change", classes=classes, attributes=attributes, place=at)
    many = table.content.get(key)
    content = s.ClassRef(many, minimum=1, maximum=None, place=at) if many else None
    return s.ElementSpec(key, mode="change", attributes=attributes, content=content, place=at)
