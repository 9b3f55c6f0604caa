"""The codes of what generation has to say, and how much each weighs.

Most of them tell of a place where the Guidelines and TEI's own tools part: the schema follows the one or the other, as asked.
The registry is `siglum.check.codes`.
"""

from __future__ import annotations

from siglum.text.diagnostic import Severity

COLLAPSED = "O201"
ONE_MORE = "O202"
UNGROUPED = "O203"
REPEATED = "O204"
CHOICE_LOST = "O205"
EXCEPT_IGNORED = "O206"
RESTRICTION_IGNORED = "O207"
NOTHING_TO_CHOOSE = "O208"
ABOVE = "O209"
SAME_NAME = "O210"
ABSENT = "O211"
UNKNOWN_DATATYPE = "O212"
NO_DATA_REF = "O213"
NO_NAMESPACE = "O214"
UNKNOWN_START = "O215"
NO_START = "O216"
MIN_OVER_MAX = "O217"
MANY_TIMES = "O218"
DEFINED_TWICE = "O219"
NOT_READ = "O220"
EMPTY_LOST = "O221"
VALUES_LOST = "O222"

CODES = {
    COLLAPSED: (Severity.WARNING, "a group that holds nothing but another group: TEI's tools forget how often it occurs"),
    ONE_MORE: (Severity.WARNING, "TEI's tools let it occur more often than the ODD says"),
    UNGROUPED: (Severity.WARNING, "members of a class or repetitions that TEI's tools write without a group around them"),
    REPEATED: (Severity.WARNING, "a repetition that TEI's tools leave out, because the next one names the same thing"),
    CHOICE_LOST: (Severity.WARNING, "a choice of attributes that TEI's tools do not make one of"),
    EXCEPT_IGNORED: (Severity.WARNING, "exceptions to anyElement that TEI's tools do not look at"),
    RESTRICTION_IGNORED: (Severity.WARNING, "a restriction of a datatype that TEI's tools do not look at"),
    NOTHING_TO_CHOOSE: (Severity.WARNING, "a choice of the members of a class that has none: TEI's tools make nothing of it"),
    ABOVE: (Severity.WARNING, "an attribute that a class has from above, which TEI's tools do not find in the class"),
    SAME_NAME: (Severity.WARNING, "two elements of the same name in different namespaces"),
    ABSENT: (Severity.WARNING, "a content model names something that is not in the schema"),
    UNKNOWN_DATATYPE: (Severity.WARNING, "a datatype that is not known"),
    NO_DATA_REF: (Severity.WARNING, "a datatype given by address"),
    NO_NAMESPACE: (Severity.WARNING, "a prefix without a namespace"),
    UNKNOWN_START: (Severity.WARNING, "a document is to begin with an element that is not in the schema"),
    NO_START: (Severity.ERROR, "the schema has no element that a document may begin with"),
    MIN_OVER_MAX: (Severity.ERROR, "a least number of times that is above the greatest"),
    MANY_TIMES: (Severity.WARNING, "a bound so high that the schema has none"),
    DEFINED_TWICE: (Severity.WARNING, "a pattern that is defined twice"),
    NOT_READ: (Severity.ERROR, "a grammar that cannot be taken in"),
    EMPTY_LOST: (Severity.WARNING, "an empty alternative that TEI's tools leave out"),
    VALUES_LOST: (Severity.WARNING, "a choice of nothing but lists of values, in which TEI's tools see nothing"),
}
"""Severity and promise of each code."""
