"""What can be said about an ODD's Schematron: one row a code, the sentence in it made when the facts are known."""

from __future__ import annotations

from siglum.schema.tagdocs.specs import Place
from siglum.text.diagnostic import Finding, Severity
from siglum.text.frozen import frozen


@frozen
class _Sentence:
    severity: Severity
    message: str
    help: str


_SENTENCES = {
    "O301": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” of {1} says nothing about where it is to be tested; it is left out",
        "put its assertions into an sch:rule with a context",
    ),
    "O302": _Sentence(
        Severity.ERROR,
        "the prefix “{0}:” in {1} is bound to no namespace",
        'declare it: <sch:ns prefix="{0}" uri="…"/> in the constraint',
    ),
    "O303": _Sentence(
        Severity.ERROR,
        "the prefix “{0}:” means {1} here, and {2} elsewhere in the schema",
        "Schematron knows a prefix once for the whole schema: choose another one here",
    ),
    "O304": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” holds a key in the namespace of Schematron, which has none; it is left out",
        "write xsl:key, in the namespace http://www.w3.org/1999/XSL/Transform",
    ),
    "O305": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” of {1} holds Schematron but has no scheme; it is left out",
        'add scheme="schematron" to the constraintSpec',
    ),
    "O306": _Sentence(
        Severity.INFO,
        "the constraint “{0}” is in the language “{1}” and not taken into a schema in “{2}”",
        "choose the language with --lang {1}, or take the xml:lang away",
    ),
    "O307": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” of {1} holds no rule of ISO Schematron",
        "its elements belong in the namespace http://purl.oclc.org/dsdl/schematron",
    ),
    "O308": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” of {1} applies to nothing: no element of the schema has it",
        "take the constraint away, or let an element have what it is about",
    ),
    "O310": _Sentence(
        Severity.WARNING,
        "the constraint “{0}” of {1} has no context of its own: TEI's own tools test it on {3}, siglum on {2}",
        "say what is meant: put its assertions into an sch:rule with a context; --compat reference does as TEI's tools do",
    ),
    "O311": _Sentence(
        Severity.WARNING,
        "use of the value “{0}” of {1}, which is valid until {2}, is reported here, but by TEI's own tools it is not",
        "nothing is to be done, unless both are to agree: --compat reference",
    ),
}


def tell(code: str, place: Place, *facts: str) -> Finding:
    """The finding of this code, with the facts put into its sentence."""
    row = _SENTENCES[code]
    line, column = max(place.line, 1), max(place.column, 1)
    return Finding(place.path, line, column, code, row.severity, row.message.format(*facts), row.help.format(*facts))
