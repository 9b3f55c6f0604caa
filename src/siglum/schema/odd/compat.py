"""Every place where TEI's own tools (the Stylesheets) read an ODD in another way than the TEI Guidelines.

siglum follows the Guidelines. With `compat="reference"` it follows the tools, fault by fault, so that both give one schema.
A step of the compilation asks `Deviation.X in deviations`; no other module knows which of the two readings is wanted.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

Compat = Literal["guidelines", "reference"]
"""Which reading to follow where the Guidelines and TEI's own tools (the reference) differ."""


class Deviation(Enum):
    """What the tools do, and the code of the finding that reports it (empty: nothing reports it)."""

    # Putting the customisation together
    SOURCE_NOT_COMPILED = "O101", "of a source that is an ODD, they see only the specifications written in it"
    NAMESPACE_NOT_MOVED = "O102", "they do not find an element that a change or a replacement moves to another namespace"
    LIST_WITHOUT_MODE = "O103", "they ignore a valList without @mode"
    VALUE_WITHOUT_MODE = "O104", "they ignore a valItem without @mode in a list that changes another list"
    ATTRIBUTES_NOT_ADDED = "O105", "they give no attributes to a class that has none in the source"
    CONSTRAINT_BY_NAME = "O106", "they delete every constraint of one name, whichever specification holds it"
    ALT_IDENT_LOST = "O107", "they forget the altIdent of an attribute that is changed"
    CONSTRAINTS_LOST = "O108", "they drop the constraints of an attribute when a change brings others"
    REPLACEMENT_NOT_ADDED = "O109", "they ignore the replacement of a specification that does not exist"
    SPECS_OUTSIDE_SCHEMA = "O110", "they apply specifications that stand outside the schemaSpec"

    # RELAX NG: content models
    NESTED_GROUP_LOST = "O201, O221", "they replace a group by its only child, and drop `empty` from groups and choices"
    NESTED_REPETITION_LOST = "O201", "they write `oneOrMore` for one repetition in another"
    ONE_MORE = "O202", "they allow one repetition more than maxOccurs where minOccurs is 0"
    COPIES_NOT_GROUPED = "O203", "they write the copies of a repeated group without a group around them"
    MEMBERS_NOT_GROUPED = "O203, O208", "they write the members of a class without a group around them"
    ABSENT_CLASS_NOT_GONE = "", "they treat an expanded reference to an absent class as nothing, not as an absent part"
    REPETITION_LOST = "O204", "they drop a repetition if the next choice or group names the same pattern"
    EXCEPT_IGNORED = "O206", "they ignore anyElement/@except"
    VALUES_LOST = "O222", "they treat a choice as empty if it holds nothing but lists of values further down"
    DATA_OCCURS_ONCE = "", "they ignore minOccurs and maxOccurs of a dataRef in a content model"

    # RELAX NG: attributes and values
    ATTRIBUTE_CHOICE_LOST = "O205", "they allow the attributes of a choice side by side"
    RESTRICTION_IGNORED = "O207", "they ignore the restriction of a dataRef/@key, unless the dataSpec is one type of XML Schema"
    INHERITED_NOT_FOUND = "O209", "they do not find an attribute that the class of an attRef inherits"
    UNKNOWN_LIST_EMPTY = "", "they write an empty list for a list of values of an unknown datatype"

    # Schematron
    CONTEXT_TOO_WIDE = "O310", "they test a constraint of a class on `*` or on `@att`, and do not follow inherited classes"
    ALT_IDENT_NOT_TESTED = "", "they write the ident of an element into contexts, not its altIdent"
    VALUES_NOT_DEPRECATED = "O311", "they leave the prefix out of the context of a deprecated value, and skip those of classes"
    REQUIRE_NOT_TESTED = "", "they do not test anyElement/@require"

    @property
    def code(self) -> str:
        return self.value[0]


def deviations(compat: Compat) -> frozenset[Deviation]:
    """Return the deviations to make: none, or all of them."""
    return frozenset(Deviation) if compat == "reference" else frozenset()
