"""The findings about an ODD and its Schematron: severity, message and help of each code.

- O005 to O023: faults of the customisation.
- O101 to O110: places where TEI's own tools read the ODD in another way than the Guidelines (`compat.Deviation`).
- O301 to O311: constraints. O401 to O403: processing models.

Codes below O005 are those of `tagdocs.read`; `odd.relaxng.codes` has O201 to O222.
"""

from __future__ import annotations

from siglum.schema.tagdocs.specs import Place
from siglum.text.diagnostic import Finding, Severity
from siglum.text.frozen import frozen


@frozen
class _Sentence:
    severity: Severity
    message: str
    help: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_SENTENCES = {
    "O001": _Sentence(_ERROR, "{0}", 'write a `<schemaSpec ident="…">` that lists what the schema contains'),
    "O005": _Sentence(
        _WARNING,
        "this file holds {0} schemaSpecs ({1}); siglum takes the first one",
        "choose one by its @ident, or keep one in the file",
    ),
    "O006": _Sentence(
        _ERROR,
        "the schemaSpec “{0}” says how to render elements (model), but selects none, so there is no schema to make",
        'to make a schema too, select elements: `<moduleRef key="tei"/>`, `<moduleRef key="core"/>` and so on',
    ),
    "O007": _Sentence(_ERROR, "{0} “{1}” cannot be used: {2}", "{3}"),
    "O008": _Sentence(_ERROR, "{0} “{1}” includes itself: {2}", "remove one of these references"),
    "O009": _Sentence(_ERROR, "{0} has no module “{1}”", "{2}"),
    "O010": _Sentence(_ERROR, "{0} has no {1} `{2}`", "{3}"),
    "O011": _Sentence(_WARNING, "{0} names the {1} `{2}`, but neither this ODD nor its source has it", "{3}"),
    "O012": _Sentence(_WARNING, "the {0} `{1}` cannot be {2}: it does not exist{3}", "{4}"),
    "O013": _Sentence(
        _ERROR,
        "the {0} `{1}` is added, but it exists already{2}; TEI's own tools make a broken schema, siglum uses this one",
        'write mode="change" to change what exists, or mode="replace" to replace it',
    ),
    "O014": _Sentence(_WARNING, "{0} `{1}` loses its membership of {2}", "{3}"),
    "O015": _Sentence(_ERROR, "the class `{0}` is a member of itself: {1}", "remove one of these memberships"),
    "O016": _Sentence(_WARNING, "the attribute @{0} of {1} cannot be {2}: {1} has no such attribute", "{3}"),
    "O017": _Sentence(_WARNING, "{0}", "{1}"),
    "O018": _Sentence(_WARNING, "the value “{0}” of @{1} cannot be {2}: {3}", "{4}"),
    "O019": _Sentence(
        _WARNING,
        "{0} of the {1} `{2}` is given in line {3} and again here; siglum uses the last one",
        "keep one of them",
    ),
    "O020": _Sentence(
        _WARNING,
        "the ODD selects elements of TEI, but not the module “tei”, which has the classes and macros that give "
        "them their attributes and most of their content",
        'add <moduleRef key="tei"/>',
    ),
    "O021": _Sentence(_WARNING, "no document that begins with {0} can contain {1}: no content model leads there", "{2}"),
    "O022": _Sentence(
        _WARNING,
        "the class `{0}` is a model class, so it cannot have attributes: siglum ignores those given here",
        "give them to an attribute class (att.…), and make the elements members of it",
    ),
    "O023": _Sentence(
        _INFO,
        "the Schematron holds the rules of this ODD only: siglum comes without the rules of TEI P5 {0}",
        "to include them, name the p5subset.xml of the release with --source",
    ),
    "O101": _Sentence(
        _WARNING,
        "the source “{0}” is an ODD that is not compiled: siglum compiles it first; TEI's own tools see only the "
        "specifications written in it",
        "for the same result with both, name a compiled ODD as the source",
    ),
    "O102": _Sentence(
        _WARNING,
        "the element `{0}` is {1} in the namespace {2}, but the source has it in {3}: siglum moves it there; TEI's "
        "own tools do nothing",
        "leave @ns out to keep the element where it is; to move it, define the whole element",
    ),
    "O103": _Sentence(
        _WARNING,
        "the valList of @{0} has no mode: siglum replaces the old list, as the Guidelines say; TEI's own tools ignore this one",
        'write <valList mode="replace"> for a new list, mode="change" to change the old one',
    ),
    "O104": _Sentence(
        _WARNING,
        "the value “{0}” of @{1} has no mode in a list that changes another list: siglum adds it; TEI's own tools leave it out",
        'write <valItem ident="{0}" mode="add">',
    ),
    "O105": _Sentence(
        _WARNING,
        "the class `{0}` has no attributes in the source: siglum adds those written here; TEI's own tools leave them out",
        'for the same result with both, define the whole class with mode="replace"',
    ),
    "O106": _Sentence(
        _WARNING,
        "the constraint “{0}” is {1} here, and {2} has a constraint of this name too: siglum keeps that one; TEI's "
        "own tools remove both",
        "give the constraints different names",
    ),
    "O107": _Sentence(
        _WARNING,
        "the attribute @{0} has another name in the source, “{1}”: siglum keeps that name; TEI's own tools return to @{0}",
        "repeat the altIdent here",
    ),
    "O108": _Sentence(
        _WARNING,
        "@{0} has constraints in the source and others here: siglum keeps both; TEI's own tools keep only those here",
        'write all constraints here, and mode="delete" on those to drop',
    ),
    "O109": _Sentence(
        _WARNING,
        "the {0} `{1}` is replaced, but it does not exist: siglum adds it; TEI's own tools leave it out",
        'write mode="add"',
    ),
    "O110": _Sentence(
        _WARNING,
        "specifications outside the schemaSpec change something: {0}; siglum ignores them, as the Guidelines say, "
        "but TEI's own tools apply them",
        "move them into the schemaSpec, or into a specGrp that a specGrpRef names",
    ),
    "O301": _Sentence(
        _WARNING,
        "the constraint “{0}” of {1} does not say where to test it: siglum leaves it out",
        "put its assertions into an sch:rule with a context",
    ),
    "O302": _Sentence(
        _ERROR,
        "the prefix “{0}:” in {1} is bound to no namespace",
        'declare it: <sch:ns prefix="{0}" uri="…"/> in the constraint',
    ),
    "O303": _Sentence(
        _ERROR,
        "the prefix “{0}:” means {1} here, and {2} elsewhere in the schema",
        "choose another prefix here: Schematron binds a prefix once for the whole schema",
    ),
    "O304": _Sentence(
        _WARNING,
        "the constraint “{0}” holds a `key` in the Schematron namespace, which has no such element: siglum leaves it out",
        "write xsl:key, in the namespace http://www.w3.org/1999/XSL/Transform",
    ),
    "O305": _Sentence(
        _WARNING,
        "the constraint “{0}” of {1} holds Schematron but has no scheme: siglum leaves it out",
        'add scheme="schematron" to the constraintSpec',
    ),
    "O306": _Sentence(
        _INFO,
        "the constraint “{0}” is in the language “{1}”, so it is not in a schema in “{2}”",
        "choose the language with --lang {1}, or remove the xml:lang",
    ),
    "O307": _Sentence(
        _WARNING,
        "the constraint “{0}” of {1} holds no rule of ISO Schematron",
        "put its elements into the namespace http://purl.oclc.org/dsdl/schematron",
    ),
    "O308": _Sentence(
        _WARNING,
        "the constraint “{0}” of {1} applies to nothing: no element of the schema has it",
        "remove the constraint, or give an element what it tests",
    ),
    "O310": _Sentence(
        _WARNING,
        "the constraint “{0}” of {1} has no context of its own: siglum tests it on {2}, TEI's own tools on {3}",
        "put its assertions into an sch:rule with a context; --compat reference makes siglum do as TEI's tools",
    ),
    "O311": _Sentence(
        _WARNING,
        "siglum reports the value “{0}” of {1}, which is valid until {2}; TEI's own tools do not",
        "nothing has to be done; --compat reference makes siglum do as TEI's tools",
    ),
    "O401": _Sentence(_WARNING, "TEI has no behaviour “{0}”: siglum renders the content without it", "{1}"),
    "O402": _Sentence(_WARNING, "the {0} “{1}” cannot be used: {2}", "{3}"),
    "O403": _Sentence(
        _WARNING,
        "{0} is TEI Publisher's own and is {1} here",
        "do nothing if that is enough; every tool understands the behaviours and parameters of TEI itself",
    ),
}


def make_finding(code: str, place: Place, *facts: object, severity: Severity | None = None) -> Finding:
    """Make the finding of a code; `facts` fill its message and its help. `severity` overrides that of the code."""
    row = _SENTENCES[code]
    line, column = max(place.line, 1), max(place.column, 1)
    message, help_ = row.message.format(*facts), row.help.format(*facts)
    return Finding(place.path, line, column, code, severity or row.severity, message, help_)
