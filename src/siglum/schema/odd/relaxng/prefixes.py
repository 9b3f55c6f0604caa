"""Names with a prefix in values of attributes: what the file declares holds, and where it does not, what is customary."""

from __future__ import annotations

from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs

_PREFIXES = {
    "a": "http://relaxng.org/ns/compatibility/annotations/1.0",
    "html": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "math": "http://www.w3.org/1998/Math/MathML",
    "mei": "http://www.music-encoding.org/ns/mei",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": "http://purl.oclc.org/dsdl/schematron",
    "svg": "http://www.w3.org/2000/svg",
    "tei": specs.TEI,
    "teix": "http://www.tei-c.org/ns/Examples",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xi": "http://www.w3.org/2001/XInclude",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def namespace_of(prefix: str) -> str | None:
    """The namespace that a prefix usually stands for."""
    return _PREFIXES.get(prefix)


def prefixed_name(work: GenerationContext, at: specs.AttDef | specs.ElementSpec, ns: str, what: str) -> s.Name:
    """The name of an attribute or element, in the namespace of its prefix; without one, in this namespace."""
    name, place = at.name, at.place
    prefix, _, local = name.rpartition(":")
    if not prefix:
        return s.Name(ns, local)
    found = at.bound or namespace_of(prefix)
    if found is None:
        message = f"nothing says which namespace the prefix of {what} stands for; the name is taken for `{local}`"
        work.say(codes.NO_NAMESPACE, place, message, "take the prefix out of @ident, and give the namespace in @ns")
    return s.Name(ns if found is None else found, local, prefix if found else "")
