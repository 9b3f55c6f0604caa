"""A schema written in the compact syntax of RELAX NG (ISO/IEC 19757-2, Annex C): a tree of `syntax` in, text out.

Every part becomes a block, the list of its lines; a block of one line is joined to its neighbours where it fits into the width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never
from urllib.parse import urljoin

from siglum.errors import SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, XML, XSD
from siglum.schema.relaxng.compact.prefixes import (
    BUILT_IN,
    INHERIT,
    Uses,
    assign,
    assign_libraries,
    is_documentation,
    qname_parts,
    uses,
)
from siglum.schema.relaxng.compact.spelling import comment_lines, escape, identifier, literals

_WIDTH = 80
_INDENT = "  "
_ANY, _OPERAND, _PRIMARY = range(3)
"""What may stand at a place without parentheses: any pattern; no operators; no operators, occurrence signs and followers."""

_OPERATORS: dict[type[s.Pattern], str] = {s.Choice: "|", s.Interleave: "&", s.Group: ","}
_SIGNS: dict[type[s.Pattern], str] = {s.Optional: "?", s.ZeroOrMore: "*", s.OneOrMore: "+"}
_WORDS: dict[type[s.Pattern], str] = {
    s.Text: "text",
    s.Empty: "empty",
    s.NotAllowed: "notAllowed",
    s.List: "list",
    s.Mixed: "mixed",
    s.Element: "element",
    s.AttributePattern: "attribute",
}
_ASSIGNMENTS = {None: "=", "choice": "|=", "interleave": "&="}

_Block = list[str]
_Leaf = s.Text | s.Empty | s.NotAllowed | s.Ref | s.ParentRef | s.ExternalRef | s.Data | s.Value


def write(pattern: s.Pattern, *, href: Callable[[str], str] = str) -> str:
    """The schema in compact syntax. `href` gives the address to write for that of another file. Raises SchemaError."""
    try:
        return _document(pattern, href)
    except RecursionError:
        raise SchemaError("patterns are nested too deep to be written", help="split the schema into definitions") from None


def _document(pattern: s.Pattern, href: Callable[[str], str]) -> str:
    found = uses(pattern)
    names = _Names(found)
    writer = _Writer(names, href)
    heading: _Block = []
    if isinstance(pattern, s.Grammar) and pattern.components and not pattern.notes.attributes:
        body = writer.body(pattern.notes.initial, pattern.components)
        heading = _comments(pattern.notes.comments)
    else:
        body = writer.particle(pattern, _WIDTH, _ANY)
    declarations = names.declarations()
    if heading and not declarations:  # comments are about the whole file only if they stand before a declaration
        declarations = [f'datatypes xsd = "{XSD}"']
    blocks = [block for block in (heading, declarations, body) if block]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


class _Names:
    """The prefixes of a file and what has to be declared for them."""

    def __init__(self, found: Uses) -> None:
        self.default = found.default()
        foreign = found.foreign | {COMPATIBILITY} if found.documented else found.foreign
        named = {ns for ns in (*found.elements, *found.files) if ns != self.default} | found.attributes - {""}
        wanted = named | found.wildcards | foreign - {""} | found.unprefixed_values - {self.default}
        self.prefixes = assign(found, wanted)
        self.libraries = assign_libraries(found)
        self._found = found
        if foreign == {COMPATIBILITY} - found.foreign and self.prefixes.get(COMPATIBILITY) == "a":
            del self.prefixes[COMPATIBILITY]  # documentation alone needs no declaration

    def declarations(self) -> _Block:
        """The default namespace stands among the prefixes, as the author of a schema would look for it."""
        lines = {
            prefix: f"namespace {prefix} = {_namespace(ns)}"
            for ns, prefix in self.prefixes.items()
            if ns not in (XML, self.default)
        }
        prefix = self.prefixes.get(self.default, "")
        if prefix or self.default not in ("", INHERIT) or (not self.default and INHERIT in self.prefixes):
            lines[prefix] = f"default namespace {prefix and prefix + ' '}= {_namespace(self.default)}"
        libraries = {
            prefix: f"datatypes {prefix} = {_literal(library)}" for library, prefix in self.libraries.items() if library != XSD
        }
        return [lines[prefix] for prefix in sorted(lines)] + [libraries[prefix] for prefix in sorted(libraries)]

    def name(self, ns: str, local: str, unprefixed: str) -> str:
        return local if ns == unprefixed else f"{self.prefixes[ns]}:{local}"

    def foreign(self, name: s.ExpandedName) -> str:
        return f"{self.prefixes[name[0]]}:{name[1]}" if name[0] else name[1]

    def datatype(self, library: str, type_: str) -> str:
        return type_ if not library and type_ in BUILT_IN else f"{self.libraries[library]}:{type_}"


class _Writer:
    """Blocks for every kind of node. `room` is the number of columns that a block of one line may take."""

    def __init__(self, names: _Names, href: Callable[[str], str]) -> None:
        self.names = names
        self.href = href

    # Patterns

    def particle(self, node: s.Pattern, room: int, place: int) -> _Block:
        """A pattern with its notes, in parentheses where the place demands them."""
        if isinstance(node, s.Group | s.Choice | s.Interleave) and len(node.patterns) == 1:
            return self.lonely(node, room, place)
        notes = _beside(node.notes) if isinstance(node, s.Value) else node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        if isinstance(node, s.Data) and node.except_ is not None:  # what is said of parentheses would not be said of it
            block = [*lead, *self.data(node, room - 2), *followers]
            return _parenthesised(block) if place > _ANY else block
        rank = _rank(node)
        wrapped = rank < place or (bool(lead) and rank < _PRIMARY) or (bool(followers) and rank == _ANY)
        block = _parenthesised(self.pattern(node, room - 2)) if wrapped else self.pattern(node, room)
        block = [*lead, *block, *followers]
        return _parenthesised(block) if followers and place == _PRIMARY else block

    def lonely(self, node: s.Group | s.Choice | s.Interleave, room: int, place: int) -> _Block:
        """A group of one, which the compact syntax has only where something is said about it."""
        own, notes = node.patterns[0], node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        if notes.attributes or notes.initial:
            inner = _parenthesised(self.particle(own, room - 2, _PRIMARY))
        else:
            inner = self.particle(own, room, _PRIMARY if followers else place)
        block = [*lead, *inner, *followers]
        return _parenthesised(block) if followers and place == _PRIMARY else block

    def pattern(self, node: s.Pattern, room: int) -> _Block:
        """A pattern without its notes."""
        match node:
            case s.Element() | s.AttributePattern():
                unprefixed = self.names.default if isinstance(node, s.Element) else ""
                names = self.name_class(node.name, room, unprefixed, alone=True)
                return self.braced([f"{_WORDS[type(node)]} {names[0]}", *names[1:]], node.content, room)
            case s.Group() | s.Interleave() | s.Choice():
                blocks = [self.particle(each, room - 2, _OPERAND) for each in node.patterns]
                return _composed(blocks, _OPERATORS[type(node)], room)
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore():
                return _ended(self.particle(node.content, room - 1, _PRIMARY), _SIGNS[type(node)])
            case s.List() | s.Mixed():
                return self.braced([_WORDS[type(node)]], node.content, room)
            case s.Grammar():
                return _indented("grammar {", self.body((), node.components), "}")
            case _:
                return self.leaf(node, room)

    def leaf(self, node: _Leaf, room: int) -> _Block:
        match node:
            case s.Text() | s.Empty() | s.NotAllowed():
                return [_WORDS[type(node)]]
            case s.Ref():
                return [identifier(node.name)]
            case s.ParentRef():
                return [f"parent {identifier(node.name)}"]
            case s.ExternalRef():
                return [f"external {self.address(node)}"]
            case s.Data():
                return self.data(node, room)
            case s.Value():
                return self.value(node)
            case _:
                assert_never(node)

    def braced(self, head: _Block, content: s.Pattern, room: int) -> _Block:
        inner = self.particle(content, room - 2, _ANY)
        short = f"{head[-1]} {{ {inner[0]} }}"
        if len(head) == len(inner) == 1 and len(short) <= room:
            return [short]
        return [*head[:-1], *_indented(f"{head[-1]} {{", inner, "}")]

    def data(self, node: s.Data, room: int) -> _Block:
        block = [self.names.datatype(node.library, node.type)]
        params = [self.param(param) for param in node.params]
        if params:
            short = f"{block[0]} {{ {' '.join(param[0] for param in params)} }}"
            fits = len(short) <= room and all(len(param) == 1 for param in params)
            lines = [line for param in params for line in param]
            block = [short] if fits else _indented(f"{block[0]} {{", lines, "}")
        if node.except_ is None:
            return block
        without = self.particle(node.except_, room - 4, _PRIMARY)
        return [*block[:-1], f"{block[-1]} - {without[0]}", *_moved(without[1:])]

    def param(self, param: s.Param) -> _Block:
        notes = _beside(param.notes)
        return [*self.before(notes), f"{param.name} = {_literal(param.value)}"]

    def value(self, node: s.Value) -> _Block:
        typed = "" if (node.library, node.type) == ("", "token") else self.names.datatype(node.library, node.type) + " "
        text = node.value
        qname = qname_parts(node)
        if qname and qname[1] != self.names.default and self.names.prefixes.get(qname[1], qname[0]) != qname[0]:
            text = f"{self.names.prefixes[qname[1]]}:{qname[2]}"
        return [typed + _literal(text)]

    def address(self, node: s.ExternalRef | s.Include) -> str:
        """The compact syntax has no base addresses: they are worked in."""
        address = _literal(self.href(urljoin(node.base, node.href)))
        return address if node.ns == self.names.default else f"{address} inherit = {self.names.prefixes[node.ns]}"

    # Names

    def name_class(self, node: s.NameClass, room: int, unprefixed: str, *, alone: bool) -> _Block:
        """`alone`: nothing follows that would bind as tightly, so that operators may stand without parentheses."""
        notes = _beside(node.notes) if isinstance(node, s.Name) else node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        block = self.names_alone(node, room, unprefixed)
        if isinstance(node, s.NameChoice):
            block = _parenthesised(block) if lead or followers or not alone else block
            loose = bool(followers)
        else:
            loose = bool(followers) or (isinstance(node, s.AnyName | s.NsName) and node.except_ is not None)
        block = [*lead, *block, *followers]
        return _parenthesised(block) if loose and not alone else block

    def names_alone(self, node: s.NameClass, room: int, unprefixed: str) -> _Block:
        match node:
            case s.Name():
                return [self.names.name(node.ns, node.local, unprefixed)]
            case s.NameChoice():
                blocks = [self.name_class(name, room, unprefixed, alone=False) for name in node.names]
                return _composed(blocks, "|", room)
            case s.AnyName() | s.NsName():
                whole = "*" if isinstance(node, s.AnyName) else f"{self.names.prefixes[node.ns]}:*"
                if node.except_ is None:
                    return [whole]
                without = self.name_class(node.except_, room, unprefixed, alone=False)
                return [f"{whole} - {without[0]}", *without[1:]]
            case _:
                assert_never(node)

    # Grammars

    def body(self, initial: tuple[s.Annotation, ...], components: tuple[s.Component, ...]) -> _Block:
        block = [line for element in initial for line in self.grammar_annotation(element)]
        for component in components:
            notes = component.notes
            block += [*self.before(notes), *self.component(component)]
            block += [line for element in notes.following for line in self.grammar_annotation(element)]
        return block

    def component(self, node: s.Component) -> _Block:
        match node:
            case s.Start() | s.Define():
                name = identifier(node.name) if isinstance(node, s.Define) else "start"
                head = f"{name} {_ASSIGNMENTS[node.combine]}"
                content = self.particle(node.content, _WIDTH - 2, _ANY)
                if len(content) == 1 and len(head) + len(content[0]) < _WIDTH:
                    return [f"{head} {content[0]}"]
                return [head, *_moved(content)]
            case s.Div():
                return _indented("div {", self.body((), node.components), "}")
            case s.Include():
                head = f"include {self.address(node)}"
                return _indented(head + " {", self.body((), node.components), "}") if node.components else [head]
            case _:
                assert_never(node)

    # Annotations

    def before(self, notes: s.Notes) -> _Block:
        """What stands before a node: comments, documentation as `##`, and the rest in brackets."""
        elements = list(notes.initial)
        block = _comments(notes.comments)
        documented = False
        while elements and is_documentation(elements[0]):
            block += [""] if documented else []
            block += _documentation(elements.pop(0))
            documented = True
        attributes = [self.attribute(each) for each in notes.attributes if each.name != (XML, "base")]
        inner = [*attributes, *(line for element in elements for line in self.annotation(element, _WIDTH))]
        if not inner:
            return block
        short = f"[ {inner[0]} ]"
        return [*block, short] if len(inner) == 1 and len(short) <= _WIDTH else [*block, *_indented("[", inner, "]")]

    def followers(self, elements: Iterable[s.Annotation]) -> _Block:
        block: _Block = []
        for element in elements:
            first, *rest = self.annotation(element, _WIDTH)
            block += _moved([f">> {first}", *rest])
        return block

    def grammar_annotation(self, element: s.Annotation) -> _Block:
        """Between the parts of a grammar a name that is a keyword has to be quoted."""
        first, *rest = self.annotation(element, _WIDTH)
        return [first if element.name[0] else first.replace(element.name[1], identifier(element.name[1]), 1), *rest]

    def annotation(self, element: s.Annotation, room: int) -> _Block:
        name = self.names.foreign(element.name)
        parts = [[self.attribute(each)] for each in element.attributes]
        parts += [_chain(child) if isinstance(child, str) else self.annotation(child, room - 2) for child in element.children]
        short = " ".join([name, "[", *(part[0] for part in parts), "]"])
        if len(short) <= room and all(len(part) == 1 for part in parts):
            return [short]
        return _indented(f"{name} [", [line for part in parts for line in part], "]")

    def attribute(self, attribute: s.Attribute) -> str:
        return f"{self.names.foreign(attribute.name)} = {_literal(attribute.value)}"


def _rank(node: s.Pattern) -> int:
    """The first place at which the pattern needs parentheses is the one above its rank."""
    if isinstance(node, s.Group | s.Interleave | s.Choice) or (isinstance(node, s.Data) and node.except_ is not None):
        return _ANY
    return _OPERAND if type(node) in _SIGNS else _PRIMARY


def _beside(notes: s.Notes) -> s.Notes:
    """Of a name, a value or a parameter everything is written before it, whether it was before or after."""
    return s.Notes(notes.comments, notes.attributes, notes.initial + notes.following)


def _composed(blocks: list[_Block], operator: str, room: int) -> _Block:
    between = ", " if operator == "," else f" {operator} "
    short = between.join(block[0] for block in blocks)
    if len(short) <= room and all(len(block) == 1 for block in blocks):
        return [short]
    if operator == ",":
        return [line for block in blocks[:-1] for line in _ended(block, ",")] + blocks[-1]
    rest = (line for block in blocks[1:] for line in (f"{operator} {block[0]}", *_moved(block[1:])))
    return [*blocks[0], *rest]


def _parenthesised(block: _Block) -> _Block:
    return _ended([f"({block[0]}", *_moved(block[1:], " ")], ")")


def _ended(block: _Block, end: str) -> _Block:
    return [*block[:-1], block[-1] + end]


def _indented(head: str, lines: _Block, end: str) -> _Block:
    return [head, *_moved(lines), end]


def _moved(lines: Iterable[str], by: str = _INDENT) -> _Block:
    return [by + line if line else "" for line in lines]


def _namespace(ns: str) -> str:
    return "inherit" if ns == INHERIT else _literal(ns)


def _literal(text: str) -> str:
    return " ~ ".join(literals(text))


def _chain(text: str) -> _Block:
    *lines, last = literals(text)
    return [*(f"{line} ~" for line in lines), last]


def _documentation(element: s.Annotation) -> _Block:
    text = "".join(child for child in element.children if isinstance(child, str))
    return [f"## {line}" if line else "##" for line in escape(text).split("\n")]


def _comments(comments: tuple[str, ...]) -> _Block:
    """Each comment in lines of its own; an empty line tells it from the next."""
    block: _Block = []
    for comment in comments:
        block += [""] if block else []
        block += [f"# {line}" if line else "#" for line in escape("\n".join(comment_lines(comment))).split("\n")]
    return block
