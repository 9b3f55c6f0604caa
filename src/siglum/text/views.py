"""Which text of a document is read: the sides of `choice` and `app`, what an editor added or took out, what is no text at all.

Three views: the *reading* text (corrected, regularised, expanded); the *transcript*, the words of the source as they were
found; the *diplomatic* print of the source, which shows its deletions, its furniture and its lines for what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from siglum.text.frozen import frozen
from siglum.text.tei import BREAKS, TEI, Element, attribute, child, elements, language, name, squeeze, tokens


class View(StrEnum):
    """Which side of an editorial intervention is taken."""

    READING = "reading"
    TRANSCRIPT = "transcript"
    DIPLOMATIC = "diplomatic"


DELETED = "deleted in the source"
_STARS = frozenset({"stars", "star", "asterisks", "asterisk", "asterism", "***"})

_PREFERRED = {
    View.READING: ("corr", "reg", "expan", "ex", "supplied"),
    View.TRANSCRIPT: ("sic", "orig", "abbr", "am"),
    View.DIPLOMATIC: ("sic", "orig", "abbr", "am"),
}

_NO_TEXT = {
    "teiHeader": "metadata",
    "standOff": "standoff records",
    "facsimile": "facsimile",
    "sourceDoc": "a transcription of the source apart from the text",
    "fsdDecl": "metadata",
    "figDesc": "a description for those who do not see the figure",
    "desc": "a description of the encoding",
    "binaryObject": "data that is no text",
    "xenoData": "metadata",
    "index": "an index entry",
    "interp": "an interpretation",
    "interpGrp": "interpretations",
    "spanGrp": "interpretations",
    "span": "an interpretation",
    "linkGrp": "links",
    "joinGrp": "joins",
    "altGrp": "alternations",
    "certainty": "a statement of certainty",
    "precision": "a statement of precision",
    "respons": "a statement of responsibility",
    "noteGrp": "",
    "listTranspose": "a list of transpositions",
    "substJoin": "a join of deletions and additions",
}

_TOLD = frozenset({"incident", "kinesic", "vocal"})
"""Events of speech: what describes them is all there is to read of them."""

_READING = "a reading of the apparatus"

_EDITORS = {"supplied": "supplied by an editor", "ex": "an expansion by an editor"}

_LEFT_OUT = {
    View.READING: {
        "del": DELETED,
        "surplus": "superfluous in the source",
        "fw": "page furniture",
        "am": "an abbreviation mark, expanded",
        "metamark": "a mark that says how to read the source",
    },
    View.TRANSCRIPT: _EDITORS,
    View.DIPLOMATIC: _EDITORS,
}


def chosen(parent: Element, view: View) -> Element | None:
    """The child of a `choice` that the view takes; of an `app` the lemma, or the first reading, also one in a `rdgGrp`."""
    if name(parent) == "app":
        readings = list(_readings(parent))
        return next((each for each in readings if name(each) == "lem"), readings[0] if readings else None)
    sides = [each for each in parent if isinstance(each.tag, str)]
    for kind in _PREFERRED[view]:
        found = next((each for each in sides if name(each) == kind), None)
        if found is not None:
            return found
    return sides[0] if sides else None


def _readings(parent: Element) -> Iterator[Element]:
    for each in parent:
        if name(each) in {"lem", "rdg"}:
            yield each
        elif name(each) == "rdgGrp":
            yield from _readings(each)


def in_text(element: Element) -> bool:
    """Whether the element stands in a text or in standOff, and not in the header or in a transcription of the source."""
    return next((True for each in element.iterancestors() if name(each) in {"text", "standOff"}), False)


def in_list(app: Element) -> bool:
    """Whether an entry of the apparatus stands in a list of such, away from its text."""
    return any(name(each) in {"listApp", "standOff"} for each in app.iterancestors())


def stands_apart(app: Element) -> bool:
    """Whether an `app` holds no part of the text, but names the place in it that it is about (TEI P5, 13.2)."""
    if in_list(app):
        return True
    if not (app.get("loc") or app.get("from") or app.get("to")):
        return False
    header = child(app.getroottree().getroot(), "teiHeader")
    declared = next(elements(header, "variantEncoding"), None) if header is not None else None
    return declared is None or attribute(declared, "method") != "parallel-segmentation"


@frozen
class Read:
    """The element is part of the text."""


@frozen
class Omitted:
    """The element is no part of the text, for this reason."""

    reason: str


@frozen
class Joins:
    """The element is a break inside a word: white space around it is not read."""


READ = Read()
JOINS = Joins()


def decide_in_view(element: Element, view: View) -> Read | Omitted | Joins:
    """Decide whether an element is read, by the view alone: without notes, editorial signs and deletions."""
    if reason := omission(element, view):
        return Omitted(reason)
    return JOINS if name(element) in BREAKS and attribute(element, "break") == "no" else READ


def omission(element: Element, view: View) -> str:
    """Why the element is not part of the text in this view; the empty string where it is."""
    kind = name(element)
    parent = element.getparent()
    if parent is not None and (reason := _beside(element, parent, view)):
        return reason
    if kind == "note" and parent is not None and name(parent) == "noteGrp" and _alternative(parent) is not element:
        return "the same note in another language"
    if kind == "desc" and parent is not None and name(parent) in _TOLD:
        return ""
    if kind == "del" and _is_restored(element):
        return ""
    if kind == "pc" and view is View.READING and _divides(element):
        return "a hyphen at the end of a line"
    return _NO_TEXT.get(kind) or _LEFT_OUT[view].get(kind, "")


def _beside(element: Element, parent: Element, view: View) -> str:
    """Why an element is not read because its place in a `choice` or in the apparatus is not."""
    if name(element) == "app" and stands_apart(element):
        return _READING
    if name(parent) == "choice":
        return "" if chosen(parent, view) is element else "the other side of a choice"
    if name(parent) not in {"app", "rdgGrp"}:
        return ""
    app = next((each for each in (parent, *parent.iterancestors(TEI + "app")) if name(each) == "app"), None)
    if app is None:
        return ""
    taken = chosen(app, view)
    if taken is element or (taken is not None and element in taken.iterancestors()):
        return ""
    return f"{name(element)} of an apparatus" if name(element) in {"note", "wit"} else _READING


def description(gap: Element) -> Element | None:
    """The `desc` of a gap that tells what is missing: the one in the language of the text around it, else the first."""
    found = [each for each in gap if name(each) == "desc"]
    spoken = language(gap).lower().partition("-")[0]
    same = (each for each in found if language(each).lower().partition("-")[0] == spoken)
    return next(same, found[0] if found else None)


def missing(gap: Element) -> str:
    """What stands for a gap: “[leaf missing]” as it is described, or “[…]”."""
    told = description(gap)
    words = squeeze("".join(map(str, told.itertext()))) if told is not None else ""
    return f"[{words.strip('[]') or '…'}]"


def ornament(milestone: Element) -> str:
    """What is printed at a milestone: three asterisks where @rend says so."""
    return "* * *" if _STARS.intersection(tokens(milestone, "rend")) else ""


def _alternative(group: Element) -> Element | None:
    """The note of a `noteGrp` that is read: the one in the language of the text around it, else the first."""
    notes = [each for each in group if name(each) == "note"]
    spoken = language(group).lower().partition("-")[0]
    same = (each for each in notes if language(each).lower().partition("-")[0] == spoken)
    return next(same, notes[0] if notes else None)


def _divides(mark: Element) -> bool:
    """Whether it only divides a word at the end of a line (TEI P5, 3.2.2)."""
    following = mark.getnext()
    is_weak = attribute(mark, "force") == "weak" and not (mark.tail or "").strip()
    return is_weak and following is not None and attribute(following, "break") == "no"


def _is_restored(deletion: Element) -> bool:
    """Whether a `restore` around the deletion cancels it."""
    around = (each for each in deletion.iterancestors() if name(each) in {"del", "restore"})
    return name(next(around, deletion)) == "restore"
