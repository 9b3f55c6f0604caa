"""`anyElement` (Guidelines, 22.4.5.1): a pattern of its own for every place that has one, since exceptions differ."""

from __future__ import annotations

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.nodes import TEXT
from siglum.schema.odd.relaxng.prefixes import namespace_of
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs

_EXCEPTED = ("http://www.tei-c.org/ns/1.0", "teix:egXML")
"""What is excepted where nobody says anything: TEI itself, and its examples, which have a definition."""


def make_any_element(work: GenerationContext, at: specs.AnyElement, owner: str) -> s.Pattern:
    """A reference to a new pattern: any element but the excepted ones, with any attributes, and within it the same."""
    work.any_elements += 1
    name = f"anyElement_{owner}_{work.any_elements}"
    names = s.AnyName(_make_exceptions(work, at))
    attributes = s.ZeroOrMore(s.AttributePattern(s.AnyName(), TEXT))

    def make() -> s.Pattern:
        inner = s.ZeroOrMore(s.Choice((TEXT, work.ref(name))))
        return s.Element(names, s.Group((attributes, inner)))

    work.define(name, make, at.place)
    return work.ref(name)


def _make_exceptions(work: GenerationContext, at: specs.AnyElement) -> s.NameClass | None:
    if at.except_ and not at.exclude:
        message = f"any element except {' '.join(at.except_)}: TEI's tools do not look at @except"
        help_ = "siglum does; for them, write @defaultExceptions on the schemaSpec"
        work.say(codes.EXCEPT_IGNORED, at.place, message, help_)
    default = work.index.merged.default_exceptions
    tokens = (
        at.exclude
        or (() if Deviation.EXCEPT_IGNORED in work.deviations else at.except_)
        or (_EXCEPTED if default is None else default)
    )
    names = tuple(_make_name_class(work, each, at) for each in dict.fromkeys(tokens))
    return s.NameChoice(names) if len(names) > 1 else names[0] if names else None


def _make_name_class(work: GenerationContext, token: str, at: specs.AnyElement) -> s.NameClass:
    """A namespace, or an element by prefix and name."""
    prefix, _, local = token.partition(":")
    if not local or not prefix.isidentifier() or not local[0].isalpha() or "/" in local:
        return s.NsName(token)
    namespace = dict(at.bound).get(prefix) or namespace_of(prefix)
    if namespace is not None:
        return s.Name(namespace, local)
    if prefix not in {"urn", "tag", "info", "data"}:
        message = f"`{token}` is taken for a namespace: nothing says what the prefix `{prefix}` stands for"
        work.say(codes.NO_NAMESPACE, at.place, message, "write the namespace itself")
    return s.NsName(token)
