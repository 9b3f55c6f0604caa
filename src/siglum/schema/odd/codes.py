"""What can be said about an ODD while it is put together: one row a code, the sentence in it made when the facts are known.

O005 to O029 are faults of the customisation. O401 to O403 are about models. O101 to O110 are places where the Guidelines and
TEI's own tools read the same ODD differently: the message says what each does. Codes below O005 are those of `tagdocs.read`.
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


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_SENTENCES = {
    "O001": _Sentence(
        _ERROR,
        "{0}",
        'an ODD holds a <schemaSpec ident="…">, which says what the schema is made of',
    ),
    "O005": _Sentence(
        _WARNING,
        "this file holds {0} schemaSpecs ({1}); the first one is taken",
        "say which one is meant by its @ident, or keep one in the file",
    ),
    "O006": _Sentence(
        _ERROR,
        "the schemaSpec “{0}” says how elements are rendered (model), but takes nothing in: it makes no schema",
        'to have a schema too, add what it is made of: <moduleRef key="tei"/>, <moduleRef key="core"/> and so on',
    ),
    "O007": _Sentence(_ERROR, "{0} “{1}” cannot be used: {2}", "{3}"),
    "O008": _Sentence(_ERROR, "{0} “{1}” leads back to itself: {2}", "break the circle"),
    "O009": _Sentence(_ERROR, "{0} has no module “{1}”", "{2}"),
    "O010": _Sentence(_ERROR, "{0} has no {1} `{2}`", "{3}"),
    "O011": _Sentence(_WARNING, "{0} names the {1} `{2}`, which neither this ODD nor its source has", "{3}"),
    "O012": _Sentence(_WARNING, "the {0} `{1}` is to be {2}, but it is not there{3}", "{4}"),
    "O013": _Sentence(
        _ERROR,
        "the {0} `{1}` is added, but it is there already{2}; TEI's own tools make a broken schema of it, siglum takes this",
        'write mode="change" to change what is there, or mode="replace" to put this in its place',
    ),
    "O014": _Sentence(
        _WARNING,
        "{0} `{1}` loses what it was a member of: {2}",
        "{3}",
    ),
    "O015": _Sentence(_ERROR, "the class `{0}` is a member of itself: {1}", "take one of these memberships away"),
    "O016": _Sentence(_WARNING, "the attribute @{0} of {1} is to be {2}, but {1} has no such attribute", "{3}"),
    "O017": _Sentence(_WARNING, "{0}", "{1}"),
    "O018": _Sentence(_WARNING, "the value “{0}” of @{1} is to be {2}, but {3}", "{4}"),
    "O019": _Sentence(
        _WARNING, "{0} of the {1} `{2}` is given anew in line {3} and again here; the last one holds", "keep one of them"
    ),
    "O020": _Sentence(
        _WARNING,
        "elements of TEI are taken in, but not the module “tei”: their attributes and most of their content come from its"
        " classes and macros, and are missing",
        'add <moduleRef key="tei"/>',
    ),
    "O021": _Sentence(
        _WARNING, "no document that begins with {0} can contain {1}: nothing that it may hold leads there", "{2}"
    ),
    "O022": _Sentence(
        _WARNING,
        "the class `{0}` is a model class, and has no attributes: those given here are left out",
        "give them to an attribute class (att.…) that the elements are members of",
    ),
    "O401": _Sentence(
        _WARNING,
        "TEI has no behaviour “{0}”: the content is rendered without it",
        "{1}",
    ),
    "O402": _Sentence(_WARNING, "the {0} “{1}” cannot be used: {2}", "{3}"),
    "O403": _Sentence(
        _WARNING,
        "{0} is TEI Publisher's own and is {1} here",
        "nothing has to be done if that will do; TEI's behaviours and parameters are understood alike by all tools",
    ),
    "O023": _Sentence(
        Severity.INFO,
        "the Schematron holds the rules of this ODD; those of TEI P5 {0} itself are not among the facts that siglum brings"
        " along",
        "to have them in it too, name the release's p5subset.xml with --source",
    ),
    "O101": _Sentence(
        _WARNING,
        "the source “{0}” is an ODD that is not compiled: siglum compiles it first; TEI's own tools see only the"
        " specifications written in it",
        "for the same result with both, name a compiled ODD as the source",
    ),
    "O102": _Sentence(
        _WARNING,
        "the element `{0}` is to be {1} in the namespace {2}, but the source has it in {3}: siglum {1} it and moves it there;"
        " TEI's own tools do nothing",
        "leave @ns out to keep the element where it is; to move it, write the whole element anew",
    ),
    "O103": _Sentence(
        _WARNING,
        "the list of values of @{0} has no mode: siglum puts it in the place of the old one, as the Guidelines say; TEI's own"
        " tools pass it over",
        'write <valList mode="replace"> for a new list, mode="change" to change the old one',
    ),
    "O104": _Sentence(
        _WARNING,
        "the value “{0}” of @{1} has no mode in a list that changes another: siglum adds it; TEI's own tools leave it out",
        'write <valItem ident="{0}" mode="add">',
    ),
    "O105": _Sentence(
        _WARNING,
        "the class `{0}` has no attributes in the source: siglum gives it those written here; TEI's own tools leave them out",
        'for the same result with both, write the whole class anew, with mode="replace"',
    ),
    "O106": _Sentence(
        _WARNING,
        "the constraint “{0}” is {1} here, and {2} has one of the same name: siglum leaves that alone; TEI's own tools take it"
        " away too",
        "give the constraints different names",
    ),
    "O107": _Sentence(
        _WARNING,
        "the attribute @{0} has another name in the source, “{1}”: siglum keeps that; TEI's own tools go back to @{0}",
        "repeat the altIdent here",
    ),
    "O108": _Sentence(
        _WARNING,
        "@{0} has constraints in the source and others here: siglum keeps both; TEI's own tools keep these alone",
        'give all constraints here, those to be dropped with mode="delete"',
    ),
    "O110": _Sentence(
        _WARNING,
        "there are specifications outside the schemaSpec that change something: {0}; siglum leaves them aside, as the"
        " Guidelines say, but TEI's own tools apply them",
        "put them into the schemaSpec, or into a specGrp and refer to that by a specGrpRef",
    ),
    "O109": _Sentence(
        _WARNING,
        "the {0} `{1}` is to be replaced, but it is not there: siglum takes it as new; TEI's own tools leave it out",
        'write mode="add"',
    ),
}


def tell(code: str, place: Place, *facts: object, severity: Severity | None = None) -> Finding:
    """The finding of this code, with the facts put into its sentence; `severity` where it differs from the code's own."""
    row = _SENTENCES[code]
    line, column = max(place.line, 1), max(place.column, 1)
    message, help_ = row.message.format(*facts), row.help.format(*facts)
    return Finding(place.path, line, column, code, severity or row.severity, message, help_)
