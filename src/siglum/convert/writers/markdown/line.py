"""A line of Markdown: escaping and emphasis. Section numbers refer to the CommonMark specification 0.31.

The input is a list of tokens: unescaped text, finished markup, and the two ends of styles. Whether `*` can open or close
emphasis depends on its neighbours (6.2); where it cannot, the line has HTML tags instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import category

from siglum.text.frozen import frozen

_ALWAYS = r"\\`*_\[\]<&~$^"
_LIST_OR_RULE = re.compile(r"^(\d{1,9})([.)])(?=[ \t]|$)")
_FIRST_SIGN = re.compile(r"^[-+=#>|:]")
_DEFINITION = re.compile(r"^(\[\^[^\]]*\]):")
_HTML = {
    "italic": ("<em>", "</em>"),
    "bold": ("<strong>", "</strong>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "underline": ("<u>", "</u>"),
    "strike": ("<s>", "</s>"),
    "smallcaps": ('<span class="smallcaps">', "</span>"),
    "spaced": ('<span class="spaced">', "</span>"),
}
_STARS = {"italic": "*", "bold": "**"}


@frozen
class RawText:
    """Unescaped text."""

    text: str


@frozen
class Markup:
    """Finished Markdown or HTML; `is_call` for the call of a note."""

    text: str
    is_call: bool = False


@frozen
class Edge:
    """One end of a style. `nested`: the style already applies outside; `partner`: the index of the other end."""

    style: str
    opens: bool
    nested: bool = False
    partner: int = -1


Token = RawText | Markup | Edge
BREAK = Markup("\n")


def write(tokens: list[Token], also: str = "") -> list[str]:
    """Write the lines of a paragraph, escaped except for their starts. `also` has further characters to escape."""
    sign = re.compile(f"[{_ALWAYS}{re.escape(also)}]")
    text = ""
    was_call = False
    for token, shown in _render_tokens(_settle_edges(tokens), sign):
        if text.endswith("!") and shown.startswith("["):  # 6.4: “![” begins an image
            text = text[:-1] + r"\!"
        text += "\\" if was_call and shown.startswith("(") else ""  # 6.3: “](” makes a link of the brackets
        text += shown
        was_call = isinstance(token, Markup) and token.is_call
    return [line for written in text.split("\n") if (line := _keep_white_space(written.strip(" ")))]


def escape_line_start(line: str) -> str:
    """Escape the start of a line, so that it is no list, heading, quotation, rule or definition (4, 5)."""
    line = _LIST_OR_RULE.sub(r"\1\\\2", line)
    line = _DEFINITION.sub(r"\1\\:", line)
    return _FIRST_SIGN.sub(r"\\\g<0>", line)


def _keep_white_space(line: str) -> str:
    """Write white space at the ends as character references, because parsers strip it."""
    inner = line.strip()
    if not inner:
        return "".join(map(_character_reference, line))
    start = line.index(inner)
    return (
        "".join(map(_character_reference, line[:start]))
        + inner
        + "".join(map(_character_reference, line[start + len(inner) :]))
    )


def _character_reference(character: str) -> str:
    """A character reference. HTML has none for the control characters up to U+009F, which stay as they are."""
    return f"&#{ord(character)};" if character > "\x9f" else character


def _settle_edges(tokens: list[Token]) -> list[Token]:
    """Remove empty styles, move white space out of styles, and pair the edges."""
    found: list[Token] = []
    for token in tokens:
        if isinstance(token, Edge) and not token.opens:
            _close(found, token)
        elif not (isinstance(token, RawText) and not token.text):
            found.append(token)
    return _pair_edges(_move_white_space_out(found))


def _close(found: list[Token], edge: Edge) -> None:
    """End a style before the trailing white space of its content."""
    behind: list[Token] = []
    while found and _is_white(found[-1]):
        behind.insert(0, found.pop())
    last = found[-1]
    if isinstance(last, RawText) and last.text.endswith(" "):
        bare = last.text.rstrip(" ")
        behind.insert(0, RawText(last.text[len(bare) :]))
        found[-1] = RawText(bare)
    if isinstance(found[-1], Edge) and found[-1].opens:
        found.pop()
    else:
        found.append(edge)
    found += behind


def _move_white_space_out(tokens: list[Token]) -> list[Token]:
    """Move white space at the beginning of a style before the style."""
    found: list[Token] = []
    for token in tokens:
        at = len(found)
        while at and isinstance(edge := found[at - 1], Edge) and edge.opens:
            at -= 1
        if at == len(found):
            found.append(token)
        elif _is_white(token):
            found.insert(at, token)
        elif isinstance(token, RawText) and token.text.startswith(" "):
            bare = token.text.lstrip(" ")
            found.insert(at, RawText(token.text[: -len(bare)]))
            found.append(RawText(bare))
        else:
            found.append(token)
    return found


def _is_white(token: Token) -> bool:
    return token == BREAK or (isinstance(token, RawText) and not token.text.strip(" "))


def _pair_edges(tokens: list[Token]) -> list[Token]:
    open_: list[tuple[int, Edge]] = []
    for at, token in enumerate(tokens):
        if isinstance(token, Edge) and token.opens:
            nested = any(edge.style == token.style for _, edge in open_)
            open_.append((at, replace(token, nested=nested)))
        elif isinstance(token, Edge):
            start, opening = open_.pop()
            tokens[at] = replace(token, partner=start)
            tokens[start] = replace(opening, partner=at)
    return tokens


def _render_tokens(tokens: list[Token], sign: re.Pattern[str]) -> Iterator[tuple[Token, str]]:
    for at, token in enumerate(tokens):
        match token:
            case RawText():
                yield token, sign.sub(r"\\\g<0>", token.text)
            case Markup():
                yield token, token.text
            case Edge():
                first, last = (at, token.partner) if token.opens else (token.partner, at)
                stars = _STARS.get(token.style, "") if _can_be_stars(tokens, first, last) else ""
                yield token, stars or _HTML[token.style][not token.opens]


def _can_be_stars(tokens: list[Token], first: int, last: int) -> bool:
    opening = tokens[first]
    if not isinstance(opening, Edge) or opening.nested:
        return False
    outside = (_last(tokens[first - 1] if first else BREAK), _first(tokens[last + 1] if last + 1 < len(tokens) else BREAK))
    contents_of = (_first(tokens[first + 1]), _last(tokens[last - 1]))
    return all(_flanks(inner, outer) for inner, outer in zip(contents_of, outside, strict=True))


def _first(token: Token) -> str:
    return "*" if isinstance(token, Edge) else token.text[:1]


def _last(token: Token) -> str:
    return "*" if isinstance(token, Edge) else token.text[-1:]


def _flanks(inner: str, outer: str) -> bool:
    """Whether a star between the two characters belongs to the inner side (6.2). No for symbols: parsers disagree on them."""
    kinds = _kind(inner), _kind(outer)
    if "?" in kinds:
        return False
    return kinds[0] == "word" or (kinds[0] == "sign" and kinds[1] in {"sign", "white"})


def _kind(character: str) -> str:
    if character in {"", "*"}:
        return "?"
    if character in {" ", "\n"} or category(character) == "Zs":
        return "white"
    kind = category(character)[0]
    return "word" if kind in "LNM" else "sign" if kind == "P" or character.isascii() else "?"
