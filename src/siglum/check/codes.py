"""The registry of codes: every code that any command can print, from one table an engine and the files of the rules.

A code is a promise: it keeps its meaning and is never reused (`codes.txt` in the tests holds the frozen list). The page of a
code (`siglum explain`) is the docstring of its rule, or stands in `pages/`.
"""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import iter_modules

from siglum.text.files import read_packaged

FAMILIES = {
    "X": "the file is not readable, well-formed XML with a TEI document in it",
    "S": "the schema does not allow it",
    "I": "an identifier, a pointer, a note or a quotation is at fault",
    "O": "an ODD is at fault, or can be read in two ways",
    "B": "a bibliography (.bib, CSL-JSON) is at fault",
    "E": "an export does not know what to make of something, and keeps it",
    "F": "a text differs from the transcript it was made from",
}

READING = {
    "X001": "not well-formed XML",
    "X002": "the file or folder cannot be read",
    "X003": "the file is empty or is not XML",
    "X004": "the root element is not a TEI document's",
    "X005": "an entity that is not declared here, or more than a parser may safely take in",
    "X006": "an XInclude that cannot be followed",
    "X007": "a folder without TEI files",
    "X008": "siglum failed on this file",
    "X009": "the file is too large for the checks that need it as a whole",
}
"""What reading a file finds. These codes are always on: siglum cannot check what it cannot read."""

SCHEMA = {
    "S001": "the schema does not allow this element here",
    "S002": "an element lacks a child that the schema requires",
    "S003": "the schema does not allow this attribute here",
    "S004": "an element lacks an attribute that the schema requires",
    "S005": "the value of an attribute is not one the schema allows",
    "S006": "text where the schema does not allow it, or not this text",
    "S007": "an identifier of type ID that occurs twice",
    "S008": "a reference of type IDREF to an identifier that does not exist",
    "S009": "the schema does not allow it, for another reason",
    "S010": "no schema is known for the document",
    "S011": "a schema cannot be used",
    "S012": "a schema of another release of TEI than the one named",
}
"""What the RELAX NG engine finds."""

ODD = {
    "O001": "there is no schemaSpec, or not the one that was asked for",
    "O002": "an attribute or child in an ODD that is none of those it can have",
    "O003": "a specification or reference without a name",
    "O004": "RELAX NG in an ODD that cannot be read",
    "O005": "several schemaSpecs, and none was asked for",
    "O006": "an ODD that only says how elements are rendered",
    "O007": "a source, group or grammar that cannot be used",
    "O008": "an ODD or a group that leads back to itself",
    "O009": "a module that the source does not have",
    "O010": "an element, class, macro or datatype that the source does not have",
    "O011": "a class that nothing defines",
    "O012": "something to be changed or deleted that is not there",
    "O013": "something added that is there already",
    "O014": "memberships in classes that are lost",
    "O015": "a class that is a member of itself",
    "O016": "an attribute to be changed or deleted that is not there",
    "O017": "an attribute that is given twice",
    "O018": "a value to be added or deleted that is there, or is not",
    "O019": "a part of a specification that two changes give",
    "O020": "elements of TEI without the module tei",
    "O021": "an element that no document can contain",
    "O022": "attributes of a model class",
    "O023": "the rules of TEI itself are not in the Schematron",
    "O101": "read in two ways: a source that is not compiled",
    "O102": "read in two ways: an element changed in another namespace",
    "O103": "read in two ways: a list of values without a mode",
    "O104": "read in two ways: a value without a mode in a list that is changed",
    "O105": "read in two ways: attributes for a class that has none",
    "O106": "read in two ways: a constraint whose name is used elsewhere",
    "O107": "read in two ways: a change of an attribute that has another name",
    "O108": "read in two ways: a change of an attribute that has constraints",
    "O109": "read in two ways: a replacement of what is not there",
    "O110": "read in two ways: changes outside the schemaSpec",
    "O201": "read in two ways: a group that holds nothing but another group",
    "O202": "read in two ways: what may be missing, or occur a number of times",
    "O203": "read in two ways: members of a class or repetitions without a group",
    "O204": "read in two ways: two repetitions of the same thing",
    "O205": "read in two ways: a choice of attributes",
    "O206": "read in two ways: exceptions to anyElement",
    "O207": "read in two ways: a restriction of a datatype",
    "O208": "read in two ways: a choice of members that a class does not have",
    "O209": "read in two ways: an attribute that a class has from another",
    "O210": "two elements of the same name in different namespaces",
    "O211": "a content model names something that is not in the schema",
    "O212": "a datatype that is not known",
    "O213": "a datatype given by address",
    "O214": "a prefix without a namespace in a content model",
    "O215": "a document is to begin with an element that is not in the schema",
    "O216": "the schema has no element that a document may begin with",
    "O217": "a least number of times that is above the greatest",
    "O218": "a bound so high that the schema has none",
    "O219": "a pattern that is defined twice",
    "O220": "a grammar that cannot be made a part of the schema",
    "O221": "read in two ways: an empty alternative",
    "O222": "read in two ways: a choice of nothing but lists of values",
    "O301": "a constraint that does not say where it is tested",
    "O302": "a prefix without a namespace in a constraint",
    "O303": "a prefix with two meanings",
    "O304": "a key in the namespace of Schematron",
    "O305": "a constraint without a scheme",
    "O306": "a constraint in another language than the schema",
    "O307": "a constraint without a rule of ISO Schematron",
    "O308": "a constraint on nothing",
    "O310": "read in two ways: a constraint of a class without a context",
    "O311": "read in two ways: a value that is valid until a date",
    "O320": "a schema that is not what its ODD makes",
    "O401": "a behaviour that TEI does not have",
    "O402": "XPath in a model that cannot be used",
    "O403": "something only TEI Publisher knows",
}
"""What compiling an ODD finds."""

BIBLIOGRAPHY = {
    "B001": "an entry of a bibliography that cannot be read",
    "B002": "something in a bibliography that is not kept as it was meant",
}
"""What reading a bibliography finds."""

EXPORT = {
    "E001": "an element that TEI does not have",
    "E002": "a deletion whose end is not found",
}
"""What an export reports."""

FIDELITY = {
    "F001": "other words than in the transcript",
    "F002": "words that the transcript does not have",
    "F003": "words of the transcript that are missing",
    "F004": "other marks than in the transcript",
}
"""What `siglum compare` finds."""

_RULE = re.compile(r'RULE = Facts\(\s*code="(\w+)",\s*meaning="([^"]+)"')


def _collect_rules() -> dict[str, str]:
    """Read the codes from the source text of the rules: importing them would load lxml, which takes longer than a short run."""
    names = [module.name for module in iter_modules([str(Path(__file__).with_name("rules"))])]
    texts = [read_packaged("check", "rules", f"{name}.py") for name in names]
    return dict(sorted((match[1], match[2]) for text in texts if (match := _RULE.search(text))))


RULES = _collect_rules()
"""What the rules find. Each rule declares its code and meaning in its file."""

CODES = READING | SCHEMA | RULES | ODD | BIBLIOGRAPHY | EXPORT | FIDELITY
ALL = frozenset(CODES)
