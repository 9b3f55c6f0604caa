"""A quick proof that a document is valid: for most documents the only thing anybody wants to know.

expat reads the document without handlers, so that what follows may rely on its being well-formed; then its tags are looked up
as they are written. A tag met before in the same state needs no look inside, one that differs in values alone only a look at
those. Nothing is said about a document that is not proved: it may have faults, or be out of the ordinary (a DOCTYPE, CDATA, an
attribute in single quotes), and has to be read by a driver.

The proof takes half to two thirds of the time of the driver (plays of 80 KB to 1.3 MB under tei_all), since nothing is called
for an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.parsers import expat

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, FREE_TEXT, State
from siglum.schema.relaxng.nameclass import full_name

if TYPE_CHECKING:
    from siglum.schema.relaxng.automaton import Automaton, Ids

_MARK = b"\xef\xbb\xbf"
_NO_TAG = re.compile(rb"<[!?]")
_NO_CONTENT = re.compile(rb"<(?:!--.*?-->|\?.*?\?>|(!--|\?)(?:.*[^-?])?([-?]*)\Z)", re.DOTALL)
"""Comments and instructions, and the beginning of one that has no end yet; no byte is looked at often, whatever they hold."""
_SHAPE = re.compile(rb"""([^\s/='"]+)((?:\s+[^\s/='"]+\s*=\s*"")*)\s*(/?)""")
_NAME = re.compile(rb"""[^\s='"]+""")
_PAIR = re.compile(rb'"([^"]*)"')
_DECLARES = re.compile(rb"([^\s=]*)\s+xmlns(?::([^\s=]+))?\s*=\s*")
_WHITE = re.compile(r"\r\n|[\t\r\n]")
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_ENTITY = re.compile("&(lt|gt|quot|apos|amp);")
_XML = "http://www.w3.org/XML/1998/namespace"
_NO_PREFIXES: dict[str, str] = {}
"""No datatype asks for them: documents under schemas with QName are not proved."""
_PATIENCE = 10
"""How many more documents may be tried in vain than with success."""
_MOST = 100_000
"""Tags, shapes and values that are remembered, before all is forgotten and begun again."""
_LONGEST = 1_000
"""Bytes of a tag or value that is remembered: a picture in an address (data:image/png;base64,…) comes only once."""
_AT_ONCE = 1 << 24
"""Bytes that a text or a tag may have, since each piece of it is added to those before."""

Entry = tuple["Node | None", "Node"]
"""The state in the element, None for an empty one, and the state after it."""
Bindings = tuple[tuple[str, str], ...]


class _UnprovedError(Exception):
    """It cannot be proved by looking at tags."""


class Node:
    """A state, with what tags lead to: `tags` as they are written, `shapes` without the values of their attributes."""

    __slots__ = ("after_text", "bindings", "complete", "data", "final", "looks", "shapes", "state", "tags")

    def __init__(self, bindings: Bindings, state: State) -> None:
        self.bindings = bindings
        self.state = state
        self.final = state.final
        self.data = state.mode == DATA_TEXT
        self.looks = state.mode != FREE_TEXT
        self.after_text: Node | None = None
        self.complete: set[bytes] = set()
        self.tags: dict[bytes, Entry] = {}
        self.shapes: dict[tuple[Bindings, tuple[bytes, ...]], Shape] = {}


class Shape:
    """A tag without values. `tests`: index of a value, the bytes known to be good, the pattern to match."""

    __slots__ = ("entry", "ids", "tests")

    def __init__(self, entry: Entry, tests: tuple[tuple[int, set[bytes], int], ...], ids: Ids) -> None:
        self.entry = entry
        self.tests = tests
        self.ids = ids


class Prover:
    """Proves documents valid by one automaton, and learns while it does."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._nodes: dict[tuple[Bindings, State], Node] = {}
        self._good: dict[int, set[bytes]] = {}
        self._remembered = 0
        self._in_vain = 0

    def proves(self, pieces: Iterable[bytes]) -> bool:
        """Whether the bytes, in UTF-8, are surely a valid document; False says nothing. Memory is that of a piece.

        A prover that has met with little success does not try any more.
        """
        if self.automaton.grammar.needs_context or self._in_vain > _PATIENCE:
            return False
        self.automaton.tidy()
        if self._remembered > _MOST:
            self.forget()
        self._in_vain += 1
        try:
            _Proof(self).read(pieces)
        except (_UnprovedError, expat.ExpatError, LookupError, ValueError):
            return False  # an encoding that is not known, or what is no tag: expat 2.6 may be late to say so
        self._in_vain = max(self._in_vain - 2, 0)
        return True

    def forget(self) -> None:
        """Begin anew."""
        self._nodes.clear()
        self._good.clear()
        self._remembered = self._in_vain = 0

    def node(self, bindings: Bindings, state: State) -> Node:
        """The node of a state, where these prefixes are in force."""
        known = self._nodes.get((bindings, state))
        if known is None:
            if len(state.patterns) != 1:
                raise _UnprovedError  # which element definition applies depends on what follows
            known = self._nodes[bindings, state] = Node(bindings, state)
        return known

    def good(self, pattern: int) -> set[bytes]:
        """Values, as they are written, that are known to match a pattern."""
        return self._good.setdefault(pattern, set())

    def remember(self, written: bytes = b"") -> bool:
        """Whether there is room for one thing more."""
        self._remembered += 1
        return self._remembered < 2 * _MOST and len(written) <= _LONGEST


class _Proof:
    """One document."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self.automaton = prover.automaton
        self.identifiers: set[str] = set()
        self.references: set[str] = set()
        self.kept: list[bytes] = []
        self.stack: list[Node] = []
        self.here = prover.node((("xml", _XML),), prover.automaton.start)

    def read(self, pieces: Iterable[bytes]) -> None:
        """Raises _UnprovedError and expat.ExpatError."""
        parser = expat.ParserCreate(None, "}")
        for piece in _in_portions(_parsed(parser, pieces)):
            self._markup(piece)
        if self.stack or not self.references <= self.identifiers:
            raise _UnprovedError

    def _markup(self, data: bytes) -> None:
        """Read whole tags and the text after each.

        A long loop over plain variables, because it runs for every tag (200 plays under tei_all).
        """
        parts = data.replace(b">", b"<").split(b"<")
        if len(parts) != 2 * data.count(b"<") + 1:
            raise _UnprovedError  # ">" stands for itself somewhere, or a tag is not whole
        tokens = iter(parts)
        node, text = self.here, next(tokens)
        if text and node.looks and not (text.isspace() and not node.data):  # as below
            node = self._text(node, text)
        push, pop, start, text_in = self.stack.append, self.stack.pop, self._start, self._text
        for tag, text in zip(tokens, tokens, strict=True):
            if tag[0] == 47:  # "/"
                node = pop() if node.final else self._end(node)
            else:
                inside, after = node.tags.get(tag) or start(node, tag)
                if inside is None:
                    node = after
                else:
                    push(after)
                    node = inside
            if text and node.looks and not (text.isspace() and not node.data):
                node = text_in(node, text)
        self.here = node

    # Tags

    def _start(self, node: Node, tag: bytes) -> Entry:
        """Where a tag leads that is not known as it is written."""
        if node.data:
            raise _UnprovedError  # what the text before it means depends on what follows
        bindings, written = node.bindings, tag
        if b"xmlns" in tag:
            bindings, tag = _declared(bindings, tag)
        parts = tag.split(b'"')
        values = parts[1::2]
        key = (bindings, tuple(parts[::2]))
        shape = node.shapes.get(key)
        if shape is None:
            shape = node.shapes[key] = self._shape(node.state, b'""'.join(parts[::2]), node.bindings, bindings)
            self.prover.remember()
        for at, good, pattern in shape.tests:
            value = values[at]
            if value not in good:
                if not self.automaton.values.matches(pattern, _plain(value), _NO_PREFIXES):
                    raise _UnprovedError
                if self.prover.remember(value):
                    good.add(value)
        if shape.ids:
            self._note(shape.ids, values)
        elif self.prover.remember(written):
            node.tags[written] = shape.entry
        return shape.entry

    def _shape(self, state: State, written: bytes, outside: Bindings, bindings: Bindings) -> Shape:
        found = _SHAPE.fullmatch(written)
        if found is None:
            raise _UnprovedError
        prefixes, automaton = dict(bindings), self.automaton
        tag = _expanded(prefixes, found.group(1).decode())
        names = [_expanded(prefixes, name.decode(), attribute=True) for name in _NAME.findall(found.group(2))]
        key = (tag, *names) if names else tag
        transition = automaton.known(state).get(key)
        if transition is None:
            step = automaton.step(state, tag, names)
            if step.child is None:
                raise _UnprovedError
            transition = automaton.transition(step, tag, names)
            automaton.remember(state, key, transition)
        child, after, checks = transition
        if not isinstance(after, State):
            raise _UnprovedError
        inside, following = self.prover.node(bindings, child), self.prover.node(outside, after)
        tests, ids = checks or ((), ())
        looked_at = tuple((at // 2, self.prover.good(pattern), pattern) for at, _, pattern in tests)
        if found.group(3):
            self._close(inside, b"")
            return Shape((None, following), looked_at, ids)
        return Shape((inside, following), looked_at, ids)

    def _note(self, ids: Ids, values: list[bytes]) -> None:
        """Identifiers and references (DTD Compatibility, 5); whether they are names is tested as a value."""
        for at, _, kind in ids:
            tokens = _plain(values[at // 2]).split()
            if kind != "ID":
                self.references.update(tokens if kind == "IDREFS" else tokens[:1])
            elif tokens:
                if tokens[0] in self.identifiers:
                    raise _UnprovedError
                self.identifiers.add(tokens[0])

    # Text and ends

    def _text(self, node: Node, text: bytes) -> Node:
        if node.data:
            self.kept.append(text)
            return node
        if node.state.mode != ANY_TEXT:
            raise _UnprovedError
        if node.after_text is None:
            node.after_text = self.prover.node(node.bindings, node.state.after_text)
        return node.after_text

    def _end(self, node: Node) -> Node:
        text = b"".join(self.kept)
        self.kept.clear()
        if text not in node.complete:
            self._close(node, text)
            if self.prover.remember(text):
                node.complete.add(text)
        return self.stack.pop()

    def _close(self, node: Node, text: bytes) -> None:
        """Raises _UnprovedError if an element may not end here, its text (where it is looked at) being what it is."""
        state: State | None = node.state
        if node.data:
            state = self.automaton.by_text(node.state, _plain(text, attribute=False), _NO_PREFIXES, alone=True)
        if state is None or not all(self.automaton.matched(state)):
            raise _UnprovedError


def _declared(bindings: Bindings, tag: bytes) -> tuple[Bindings, bytes]:
    """The prefixes in force in an element, and its tag without their declarations."""
    *pairs, end = _PAIR.split(tag)
    found, others = dict(bindings), b""
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        declared = _DECLARES.fullmatch(name)
        if declared:
            others += declared.group(1)
            found[(declared.group(2) or b"").decode()] = _plain(value)
        else:
            others += name + b'"' + value + b'"'
    return tuple(sorted(found.items())), others + end


def _expanded(prefixes: dict[str, str], name: str, *, attribute: bool = False) -> str:
    """A name as expat reports it; attributes have a namespace only by a prefix."""
    prefix, _, local = name.rpartition(":")
    if name == "xmlns" or (prefix and prefix not in prefixes):
        raise _UnprovedError  # not so in what expat has read, but then this is no tag
    return local if attribute and not prefix else full_name(prefixes.get(prefix, ""), local)


def _plain(value: bytes, *, attribute: bool = True) -> str:
    """The characters that are meant (XML 1.0, 2.11, 3.3.3 and 4.6)."""
    text = value.decode()
    if "\r" in text or (attribute and ("\n" in text or "\t" in text)):
        text = _WHITE.sub(" ", text) if attribute else text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        if text.count("&") != len(_ENTITY.findall(text)):
            raise _UnprovedError  # a reference to a character
        text = _ENTITY.sub(lambda found: _ENTITIES[found.group(1)], text)
    return text


def _parsed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, each once expat has found no fault in it."""
    for piece in pieces:
        parser.Parse(piece, False)
        yield piece
    parser.Parse(b"", True)


def _in_portions(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The document without comments and instructions, in portions that end before a tag."""
    rest, mark = b"", _MARK
    for piece in pieces:
        rest, cut = _cleaned(rest + piece)
        if cut:
            yield rest[:cut].removeprefix(mark)
            rest, mark = rest[cut:], b""
        if len(rest) > _AT_ONCE:
            raise _UnprovedError
    yield rest.removeprefix(mark)


def _cleaned(data: bytes) -> tuple[bytes, int]:
    """What is left without comments and instructions, and where it can be cut: before the last tag, or what has no end yet.

    Of a comment without end so far its two ends are left.
    """
    if not _NO_TAG.search(data):
        return data, max(data.rfind(b"<"), 0)
    cleaned = _NO_CONTENT.sub(lambda found: b"<%s%s" % found.groups() if found.group(1) else b"", data)
    unfinished = _NO_TAG.search(cleaned)
    if unfinished is None:
        return cleaned, max(cleaned.rfind(b"<"), 0)
    if not b"<!--".startswith(cleaned[unfinished.start() :][:4]) and cleaned[unfinished.start() + 1] == 33:
        raise _UnprovedError  # CDATA, DOCTYPE
    return cleaned, unfinished.start()
