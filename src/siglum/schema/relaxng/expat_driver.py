"""Run the automaton over the events of expat, for bytes and files. Memory does not grow with the document.

The driver computes no lines and columns. A fault carries its byte offset, and `place` reads a document with faults again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, FREE_TEXT, Automaton, State
from siglum.schema.relaxng.nameclass import full_name
from siglum.schema.relaxng.run import STORED, Run

_XML = "http://www.w3.org/XML/1998/namespace"
_NO_SUCH_ENCODING = (LookupError, UnicodeError)
"""The errors that Python's table of encodings raises through expat. A KeyError would be a bug in siglum."""


def validate(automaton: Automaton, chunks: Iterable[bytes], encoding: str | None = None, limit: int | None = None) -> Run[int]:
    """Validate a document. Raises expat.ExpatError if it is not well-formed."""
    driver = Driver(automaton, encoding, limit)
    try:
        for chunk in chunks:
            driver.parser.Parse(chunk, False)
        driver.parser.Parse(b"", True)
    except (LookupError, UnicodeError) as error:
        if type(error) in _NO_SUCH_ENCODING:
            raise _unknown_encoding() from None
        raise
    driver.run.close()
    return driver.run


def _unknown_encoding() -> expat.ExpatError:
    error = expat.ExpatError("the XML declaration names an unknown encoding")
    error.code = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
    error.lineno, error.offset = 1, 0
    return error


class Driver:
    """A parser that runs the automaton; `state` is the current state."""

    def __init__(
        self, automaton: Automaton, encoding: str | None, limit: int | None = None, *, follow_namespaces: bool = False
    ) -> None:
        automaton.limit_size()
        self.parser = parser = expat.ParserCreate(encoding, "}")
        parser.ordered_attributes = True
        parser.buffer_text = True
        self.run: Run[int] = Run(automaton, lambda: parser.CurrentByteIndex, STORED if limit is None else limit)
        self._state = _set_handlers(parser, self.run)
        if follow_namespaces or automaton.grammar.needs_context:
            _follow_namespaces(parser, self.run.namespaces)

    @property
    def state(self) -> State:
        return self._state()

    def expand_name(self, name: str, *, attribute: bool = False) -> str:
        """Resolve the prefix of a name as written in the document."""
        prefix, _, local = name.rpartition(":")
        return full_name("" if attribute and not prefix else self.run.namespaces.get(prefix, ""), local)


def _set_handlers(parser: expat.XMLParserType, run: Run[int]) -> Callable[[], State]:
    """Set the handlers and return a function that returns the state.

    The handlers are long closures over local variables because they run for every tag: methods of an object cost a quarter more
    (200 plays under tei_all). `buffer_text` saves two of three calls for text.
    """
    automaton = run.automaton
    state = automaton.start
    stack, text, values = run.stack, run.text, automaton.values
    push, pop, keep, matches = stack.append, stack.pop, text.append, values.matches
    namespaces = run.namespaces

    def start(tag: str, attributes: list[str]) -> None:
        nonlocal state
        key = (tag, *attributes[::2]) if attributes else tag
        try:
            child, after, checks = state.trans[key]
        except KeyError:
            child, after = run.start(state, tag, attributes[::2], attributes[1::2], key)
            push(after)
            state = child
            return
        if checks:
            tests, ids = checks
            for at, good, pattern in tests:
                if attributes[at] not in good and not matches(pattern, attributes[at], namespaces):
                    child, after = run.start(state, tag, attributes[::2], attributes[1::2], key)
                    push(after)
                    state = child
                    return
            if ids:
                run.record_ids(ids, tag, attributes[1::2])
        push(after)
        state = child

    def end(_tag: str) -> None:
        nonlocal state
        state = pop() if state.final else run.end(state)  # type: ignore[assignment]  # a final state has one pattern, so `after` is no fork

    def characters(data: str) -> None:
        nonlocal state
        mode = state.mode
        if mode == FREE_TEXT or (data.isspace() and mode != DATA_TEXT and data.isascii()):
            return  # isspace() accepts more than XML white space, but only characters beyond ASCII
        if mode == ANY_TEXT:
            state = state.after_text
        elif mode == DATA_TEXT:
            keep(data)
        else:
            state = run.report_text(state, data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    return lambda: state


def _follow_namespaces(parser: expat.XMLParserType, namespaces: dict[str, str]) -> None:
    """Track the prefixes in scope, for datatypes that need them."""
    hidden: list[tuple[str, str | None]] = []
    namespaces["xml"] = _XML

    def start_prefix(prefix: str | None, uri: str | None) -> None:
        hidden.append((prefix or "", namespaces.get(prefix or "")))
        namespaces[prefix or ""] = uri or ""

    def end_prefix(_prefix: str | None) -> None:
        prefix, before = hidden.pop()
        if before is None:
            del namespaces[prefix]
        else:
            namespaces[prefix] = before

    parser.StartNamespaceDeclHandler = start_prefix
    parser.EndNamespaceDeclHandler = end_prefix
