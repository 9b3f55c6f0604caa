"""Clauses 4.12 to 4.15 and 4.19 to 4.21: from resolved patterns to a `Grammar`.

Elements are numbered as they are reached, and their contents compiled one after another, so a define that nothing reaches
costs nothing and may even refer to itself (4.19).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from siglum.schema.datatypes import DatatypeError, datatype
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import CHOICE, ELEMENT, EMPTY, NOT_ALLOWED, ONE_OR_MORE, TEXT, Params
from siglum.schema.relaxng.simplify import Resolved, Scope, refuse


@dataclass(slots=True)
class Compiled:
    """A grammar, and where its elements were written, for what `restrict` has to say."""

    grammar: Grammar
    origins: list[s.Origin] = field(default_factory=list)


def compile_schema(resolved: Resolved) -> Compiled:
    """Raises SchemaError."""
    compiler = _Compiler(resolved)
    compiler.run()
    return compiler.compiled


class _Compiler:
    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.grammar = Grammar()
        self.pool = self.grammar.pool
        self.compiled = Compiled(self.grammar)
        self.waiting: deque[tuple[int, s.Element, Scope | None]] = deque()
        self.numbers: dict[tuple[int, int], int] = {}
        self.bodies: dict[tuple[int, str], int] = {}
        self.open: list[tuple[int, str]] = []
        self.checked: set[tuple[str, str, Params]] = set()

    def run(self) -> None:
        grammar = self.grammar
        grammar.start = self.pattern(self.resolved.root, None)
        while self.waiting:
            number, at, scope = self.waiting.popleft()
            grammar.elements[number] = (grammar.elements[number][0], self.pattern(at.content, scope))
        self._unreached()
        grammar.classes.sort(key=lambda named: (-len(named[1]), named[0]))

    def pattern(self, at: s.Pattern, scope: Scope | None) -> int:  # noqa: C901, PLR0911, PLR0912 - one clause a kind
        pool = self.pool
        match at:
            case s.Ref():
                assert scope is not None  # 4.18
                return self._body(at, scope)
            case s.Choice():
                return pool.choice(*[self.pattern(each, scope) for each in at.patterns])
            case s.Group():
                return pool.group(*[self.pattern(each, scope) for each in at.patterns])
            case s.Optional():
                return pool.optional(self.pattern(at.content, scope))
            case s.ZeroOrMore():
                return pool.zero_or_more(self.pattern(at.content, scope))
            case s.OneOrMore():
                return pool.one_or_more(self.pattern(at.content, scope))
            case s.Element():
                return self._element(at, scope)
            case s.AttributePattern():
                return pool.attribute(name_class(at.name), self.pattern(at.content, scope))
            case s.Text():
                return TEXT
            case s.Empty():
                return EMPTY
            case s.NotAllowed():
                return NOT_ALLOWED
            case s.Data():
                return self._data(at, scope)
            case s.Value():
                return self._value(at)
            case s.List():
                return pool.list(self.pattern(at.content, scope))
            case s.Mixed():
                return pool.interleave(self.pattern(at.content, scope), TEXT)
            case s.Interleave():
                return pool.interleave(*[self.pattern(each, scope) for each in at.patterns])
            case s.ParentRef():
                assert scope is not None  # 4.18
                assert scope.parent is not None
                return self._body(at, scope.parent)
            case s.Grammar():
                inner = self.resolved.scopes[id(at), id(scope)]
                return self.pattern(inner.start, inner)
            case s.ExternalRef():
                return self.pattern(self.resolved.externals[id(at)], scope)

    def _body(self, at: s.Ref | s.ParentRef, scope: Scope) -> int:
        """What a reference refers to; 4.19: it may come back to itself through an element only."""
        key = (id(scope), at.name)
        known = self.bodies.get(key)
        if known is None:
            if key in self.open:
                chain = " → ".join(name for _, name in (*self.open[self.open.index(key) :], key))
                refuse(at, f"`{at.name}` contains itself without an element in between (4.19): {chain}", "break the circle")
            self.open.append(key)
            known = self.bodies[key] = self.pattern(scope.defines[at.name], scope)
            self.open.pop()
            self._remember_class(at.name, known)
        return known

    def _remember_class(self, name: str, pattern: int) -> None:
        """A define that is nothing but a choice of elements gives them a name in common."""
        nodes = self.pool.nodes
        members = nodes[pattern][1] if nodes[pattern][0] == CHOICE else (pattern,)
        if members[0] == EMPTY:
            members = members[1:]
        if len(members) == 1 and nodes[members[0]][0] == ONE_OR_MORE:
            inner = nodes[members[0]][1]
            members = nodes[inner][1] if nodes[inner][0] == CHOICE else (inner,)
        found = {self.grammar.elements[nodes[each][1]][0] if nodes[each][0] == ELEMENT else None for each in members}
        named = sorted(each for each in found if isinstance(each, str))
        if len(named) == len(found) > 1:
            self.grammar.classes.append((name, tuple(named)))

    def _element(self, at: s.Element, scope: Scope | None) -> int:
        key = (id(at), id(scope))
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.grammar.elements)
            self.grammar.elements.append((name_class(at.name), NOT_ALLOWED))
            self.compiled.origins.append(at.origin)
            self.waiting.append((number, at, scope))
        return self.pool.element(number)

    def _data(self, at: s.Data, scope: Scope | None) -> int:
        params = tuple((each.name, each.value) for each in at.params)
        self._check(at, at.library, at.type, params)
        except_ = NOT_ALLOWED if at.except_ is None else self.pattern(at.except_, scope)
        return self.pool.data(at.library, at.type, params, except_)

    def _value(self, at: s.Value) -> int:
        self._check(at, at.library, at.type, ())
        kind = datatype(at.library, at.type, ())
        key = kind.key_in(at.value, dict(at.namespaces)) if kind.needs_context else kind.key(at.value)
        if key is None:
            refuse(at, f"“{at.value}” is no value of the datatype {at.type} (4.16)", f"write {kind.words}")
        namespaces = at.namespaces if kind.needs_context else ()
        return self.pool.value(at.library, at.type, at.value, at.ns if kind.needs_context else "", namespaces)

    def _check(self, at: s.Data | s.Value, library: str, name: str, params: Params) -> None:
        """4.16: the datatype is known and so are its parameters."""
        if (library, name, params) in self.checked:
            return
        try:
            kind = datatype(library, name, params)
        except DatatypeError as error:
            refuse(at, f"{error} (4.16)", "see XML Schema Part 2 for the names of datatypes and facets")
        self.checked.add((library, name, params))
        self.grammar.needs_context |= kind.needs_context

    def _unreached(self) -> None:
        """4.16 holds for the datatypes in defines that nothing reaches, too."""
        for scope in self.resolved.scopes.values():
            for name, body in scope.defines.items():
                if (id(scope), name) not in self.bodies:
                    self._datatypes(body)

    def _datatypes(self, at: s.Pattern) -> None:
        match at:
            case s.Data():
                self._check(at, at.library, at.type, tuple((each.name, each.value) for each in at.params))
                if at.except_ is not None:
                    self._datatypes(at.except_)
            case s.Value():
                self._value(at)
            case s.Group() | s.Interleave() | s.Choice():
                for each in at.patterns:
                    self._datatypes(each)
            case s.Element() | s.AttributePattern() | s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed():
                self._datatypes(at.content)


def name_class(at: s.NameClass) -> NameClass:
    """The name class as `nameclass` has it."""
    match at:
        case s.Name():
            return nameclass.full_name(at.ns, at.local)
        case s.AnyName():
            return (nameclass.ANY, None if at.except_ is None else name_class(at.except_))
        case s.NsName():
            return (nameclass.NS, at.ns, None if at.except_ is None else name_class(at.except_))
        case s.NameChoice():
            return (nameclass.EITHER, tuple(name_class(each) for each in at.names))
