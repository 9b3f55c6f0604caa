"""Elements that no document can contain: nothing that a document may begin with leads to them.

They do no harm, and mostly they are not meant: an element whose class no content model asks for, or that was added without
saying what it is a member of. Without @start, a document begins with TEI or teiCorpus (Guidelines, 22.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import assert_never

from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.merge.inherit import memberships
from siglum.schema.relaxng import syntax as rng
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen

_START = ("TEI", "teiCorpus")
_MOST = 8
"""Names that one message lists."""
_TO_DO = "make it a member of a model class (classes/memberOf), or name it in the content of another element"
_TO_DO_MANY = "leave them out (@except), or take in what may contain them"


def find_unreachable(merged: s.Merged) -> tuple[Finding, ...]:
    """One finding for each place of the ODD that brings such elements in: a spec, or a reference to a module."""
    start = _START if merged.start is None else merged.start
    reached = _Reachability(merged).everything(start)
    lost: dict[s.Place, list[str]] = {}
    for each in merged.specs:
        if isinstance(each, s.ElementSpec) and each.ident not in reached:
            lost.setdefault(each.place, []).append(each.ident)
    begun = [f"`{each}`" for each in start if each in reached] or [f"`{each}`" for each in start]
    return tuple(
        make_finding(
            "O021", place, " or ".join(begun) or "nothing", _format_names(names), _TO_DO if len(names) == 1 else _TO_DO_MANY
        )
        for place, names in lost.items()
    )


def _format_names(names: list[str]) -> str:
    shown = ", ".join(f"`{each}`" for each in names[:_MOST])
    return f"{shown} and {len(names) - _MOST} more" if len(names) > _MOST else shown


@frozen
class _Name:
    """What a content model asks for by a name; without a kind, as RELAX NG does. A class may be asked for in part."""

    kind: str
    ident: str
    include: tuple[str, ...] | None = None
    except_: tuple[str, ...] | None = None


class _Reachability:
    """`members` holds what is a member of each class, elements and classes."""

    def __init__(self, merged: s.Merged) -> None:
        self.prefix = merged.prefix
        self.grammars = merged.grammars
        self.elements = {each.ident: each for each in merged.specs if isinstance(each, s.ElementSpec)}
        self.renamed = {each.name: each.ident for each in self.elements.values()}
        self.classes = {each.ident: each for each in merged.specs if isinstance(each, s.ClassSpec)}
        self.macros = {each.ident: each for each in merged.specs if isinstance(each, s.MacroSpec)}
        self.members: dict[str, list[_Name]] = {}
        both: list[s.ElementSpec | s.ClassSpec] = [*self.elements.values(), *self.classes.values()]
        for each in both:
            for class_ in memberships(each):
                kind = "element" if isinstance(each, s.ElementSpec) else "class"
                self.members.setdefault(class_, []).append(_Name(kind, each.ident))

    def everything(self, start: Iterable[str]) -> set[str]:
        """The idents of all elements that can be reached."""
        waiting = [_Name("", each) for each in start]
        for grammar in self.grammars:
            waiting += _list_references((grammar.components, grammar.grammar))
        seen: set[_Name] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._reach_from(name)
        return {each.ident for each in seen if each.kind == "element"}

    def _reach_from(self, name: _Name) -> Iterator[_Name]:
        match name.kind:
            case "element" if name.ident == s.EVERY:
                yield from (_Name("element", each) for each in self.elements)
            case "element":
                yield from _list_named(self.elements[name.ident].content) if name.ident in self.elements else ()
            case "macro":
                yield from _list_named(self.macros[name.ident].content) if name.ident in self.macros else ()
            case "class":
                if name.ident in self.classes:  # a class that is absent leads nowhere, even to its members
                    yield from (each for each in self.members.get(name.ident, ()) if _choose_members(each, name))
            case _:
                yield from self._find_elements(name.ident)

    def _find_elements(self, written: str) -> Iterator[_Name]:
        """What a name in RELAX NG may stand for, with or without the prefix of the schema, and with an ending (A_sequence)."""
        for ident in {written, written.removeprefix(self.prefix)}:
            if ident in self.elements or ident in self.renamed:
                yield _Name("element", self.renamed.get(ident, ident))
            if ident in self.macros:
                yield _Name("macro", ident)
            class_ = ident if ident in self.classes else ident.partition("_")[0]
            if class_ in self.classes:
                yield _Name("class", class_)


def _choose_members(member: _Name, wanted: _Name) -> bool:
    if wanted.include is not None and member.ident not in wanted.include:
        return False
    return member.ident not in (wanted.except_ or ())


def _list_named(content: s.Content | None) -> Iterator[_Name]:
    """The names in a content model."""
    match content:
        case s.ElementRef():
            yield _Name("element", content.key)
        case s.MacroRef():
            yield _Name("macro", content.key)
        case s.ClassRef():
            yield _Name("class", content.key, content.include, content.except_)
        case s.Sequence() | s.Alternate() | s.Interleave():
            for each in content.children:
                yield from _list_named(each)
        case s.Rng():
            yield from _list_references(content.pattern)
        case None | s.TextNode() | s.Empty() | s.DataRef() | s.AnyElement() | s.ValList():
            return
        case _:
            assert_never(content)


def _list_references(at: object) -> Iterator[_Name]:
    """The names that RELAX NG refers to, anywhere below a node or in a tuple of them."""
    waiting = [at]
    while waiting:
        node = waiting.pop()
        if isinstance(node, rng.Ref):
            yield _Name("", node.name)
        elif isinstance(node, tuple):
            waiting += node
        elif isinstance(node, rng.Node) and is_dataclass(node):
            waiting += [getattr(node, each.name) for each in fields(node) if each.compare]
