"""Names that an ODD uses and nothing bears: classes that its specs are to be members of, or take attributes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.schema.odd.customisation import spec_kind
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.tagdocs import specs as s


def check_class_names(specs: tuple[s.AnySpec, ...], sources: Iterable[s.Source], report: Report) -> None:
    """Tell of what is written in the ODD. A class that only was not taken in, or was deleted, is no fault."""
    taken = {each.ident for each in specs if isinstance(each, s.ClassSpec)}
    known = taken | {each.ident for source in sources for each in source.specs if isinstance(each, s.ClassSpec)}
    for spec in specs:
        for place, class_ in _list_class_names(spec):
            if class_ not in known and report.is_own(place):
                report.add("O011", place, f"the {spec_kind(spec)} `{spec.ident}`", "class", class_, suggest_name(class_, known))


def _list_class_names(spec: s.AnySpec) -> Iterator[tuple[s.Place, str]]:
    if isinstance(spec, s.ElementSpec | s.ClassSpec):
        yield from ((each.place, each.key) for each in (spec.classes.members if spec.classes else ()))
        yield from _list_references(spec.attributes)


def _list_references(listed: s.AttList | None) -> Iterator[tuple[s.Place, str]]:
    for each in listed.children if listed else ():
        if isinstance(each, s.AttRef) and each.class_:
            yield each.place, each.class_
        elif isinstance(each, s.AttList):
            yield from _list_references(each)
