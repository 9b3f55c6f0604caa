"""Grammars that an ODD takes in by address (moduleRef with @url; Guidelines, 22.8.1): read, with those that they include."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from siglum.errors import FileError, SchemaError
from siglum.schema.odd.files import OddFiles, address_scheme, local_path
from siglum.schema.odd.report import Report
from siglum.schema.relaxng import syntax as rng
from siglum.schema.relaxng.files import SchemaFiles
from siglum.schema.tagdocs import specs as s

_WHAT = "the grammar"


def read_grammar(ref: s.GrammarRef, files: OddFiles, report: Report) -> s.GrammarRef:
    """The reference with its grammar; without, and told of, where that cannot be read."""
    if address_scheme(ref.url) != "file":
        reason = "it is an address on a network, and siglum reads local files only"
        report.add("O007", ref.place, _WHAT, ref.url, reason, "keep a copy beside the ODD and name that in @url")
        return ref
    path = local_path(ref.url, ref.place)
    try:
        found = SchemaFiles(files.base.read(path), path, files.base)
        grammar = _read_whole(found.main(), found)
    except (FileError, SchemaError) as error:
        report.add("O007", ref.place, _WHAT, ref.url, error.message, error.help or "check the address")
        return ref
    files.read.update(dict.fromkeys(found.read))
    if not isinstance(grammar, rng.Grammar):
        report.add("O007", ref.place, _WHAT, ref.url, "its root is no <grammar>", "name a file with <grammar> as its root")
        return ref
    return replace(ref, grammar=grammar)


def _read_whole(pattern: rng.Pattern, files: SchemaFiles) -> rng.Pattern:
    if not isinstance(pattern, rng.Grammar):
        return pattern
    return replace(pattern, components=_resolve_includes(pattern.components, files))


def _resolve_includes(components: Iterable[rng.Component], files: SchemaFiles) -> tuple[rng.Component, ...]:
    """RELAX NG, 4.7: an include becomes a div that holds the grammar included, less what the include says anew."""
    found: list[rng.Component] = []
    for each in components:
        match each:
            case rng.Include():
                found.append(rng.Div(_include(each, files), origin=each.origin))
            case rng.Div():
                found.append(replace(each, components=_resolve_includes(each.components, files)))
            case rng.Start() | rng.Define():
                found.append(replace(each, content=_resolve(each.content, files)))
    return tuple(found)


def _resolve(at: rng.Pattern, files: SchemaFiles) -> rng.Pattern:
    """RELAX NG, 4.6: an externalRef becomes the pattern in the file it names; a grammar keeps names of its own."""
    match at:
        case rng.ExternalRef():
            with files.open_pattern(at.href, at.base, at.ns, at.origin) as inside:
                return _resolve(inside, files)
        case rng.Grammar():
            return _read_whole(at, files)
        case rng.Group() | rng.Interleave() | rng.Choice():
            return replace(at, patterns=tuple(_resolve(each, files) for each in at.patterns))
        case rng.Optional() | rng.ZeroOrMore() | rng.OneOrMore() | rng.List() | rng.Mixed() | rng.Element():
            return replace(at, content=_resolve(at.content, files))
        case rng.AttributePattern():
            return replace(at, content=_resolve(at.content, files))
        case _:
            return at


def _include(at: rng.Include, files: SchemaFiles) -> tuple[rng.Component, ...]:
    with files.open_pattern(at.href, at.base, at.ns, at.origin) as inside:
        if not isinstance(inside, rng.Grammar):
            where = f"{at.origin.path}:{at.origin.line}"
            raise SchemaError(f"“{at.href}” is included, but is no grammar", where=where, help="include a <grammar>")
        theirs = _resolve_includes(inside.components, files)
    ours = _resolve_includes(at.components, files)
    return (*_remove_overridden(theirs, {_define_name(each) for each in _flatten(ours)}), *ours)


def _remove_overridden(components: Iterable[rng.Component], anew: set[str]) -> Iterable[rng.Component]:
    for each in components:
        if isinstance(each, rng.Div):
            yield replace(each, components=tuple(_remove_overridden(each.components, anew)))
        elif _define_name(each) not in anew:
            yield each


def _flatten(components: Iterable[rng.Component]) -> Iterable[rng.Component]:
    for each in components:
        if isinstance(each, rng.Div):
            yield from _flatten(each.components)
        else:
            yield each


def _define_name(component: rng.Component) -> str:
    """A define's name; the empty one stands for the start."""
    return component.name if isinstance(component, rng.Define) else ""
