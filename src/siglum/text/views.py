"""Which text of a document is read: the sides of `choice` and `app`, what an editor added or took out, what is no text at all.

Two views: the *reading* text (corrected, regularised, expanded) and the *transcript*, the source as it was found.
"""

from __future__ import annotations

from enum import StrEnum

from siglum.text.tei import Element, language, name, squeeze, tokens


class View(StrEnum):
    """Which side of an editorial intervention is taken."""

    READING = "reading"
    TRANSCRIPT = "transcript"


DELETED = "deleted in the source"
_STARS = frozenset({"stars", "star", "asterisks", "asterisk", "asterism", "***"})

_PREFERRED = {
    View.READING: ("corr", "reg", "expan", "ex", "supplied"),
    View.TRANSCRIPT: ("sic", "orig", "abbr", "am"),
}

_NO_TEXT = {
    "teiHeader": "metadata",
    "standOff": "standoff records",
    "facsimile": "facsimile",
    "sourceDoc": "a transcription of the source apart from the text",
    "fsdDecl": "metadata",
    "figDesc": "a description for those who do not see the figure",
    "desc": "a description of the encoding",
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
}

_LEFT_OUT = {
    View.READING: {
        "del": DELETED,
        "surplus": "superfluous in the source",
        "fw": "page furniture",
        "am": "an abbreviation mark, expanded",
    },
    View.TRANSCRIPT: {
        "supplied": "supplied by an editor",
        "ex": "an expansion by an editor",
    },
}


def chosen(parent: Element, view: View) -> Element | None:
    """The child of a `choice` or `app` that the view takes."""
    sides = [each for each in parent if isinstance(each.tag, str)]
    if name(parent) == "app":
        sides = [each for each in sides if name(each) in {"lem", "rdg", "rdgGrp"}]
        wanted: tuple[str, ...] = ("lem", "rdg", "rdgGrp")
    else:
        wanted = _PREFERRED[view]
    for kind in wanted:
        found = next((each for each in sides if name(each) == kind), None)
        if found is not None:
            return found
    return sides[0] if sides else None


def omission(element: Element, view: View) -> str:
    """Why the element is not part of the text in this view; the empty string where it is."""
    kind = name(element)
    parent = element.getparent()
    if parent is not None and name(parent) in {"choice", "app"}:
        side = chosen(parent, view)
        if side is not element:
            return f"{kind} of an apparatus" if kind in {"note", "wit"} else _OTHER[name(parent)]
    if kind == "note" and parent is not None and name(parent) == "noteGrp" and _alternative(parent) is not element:
        return "the same note in another language"
    if kind == "del" and _is_restored(element):
        return ""
    return _NO_TEXT.get(kind) or _LEFT_OUT[view].get(kind, "")


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


def _is_restored(deletion: Element) -> bool:
    """Whether a `restore` around the deletion cancels it."""
    around = (each for each in deletion.iterancestors() if name(each) in {"del", "restore"})
    return name(next(around, deletion)) == "restore"


_OTHER = {"choice": "the other side of a choice", "app": "a reading of the apparatus"}
