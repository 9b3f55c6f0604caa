"""Escape and decode TeX text: special characters are escaped; accents and commands become characters.

No value can end its field: braces become commands, so that the only braces are those written here, in pairs.
"""

from __future__ import annotations

import re
import unicodedata

from siglum.convert.cite.line import one_line

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': '{"}',
    "\x00": "{}",
}
_TABLE = str.maketrans(_ESCAPES)
_LIGATURE = re.compile("-(?=-)|`(?=`)|'(?=')|(?<=[?!])(?=`)")
"""Two characters that TeX would join: a dash, a quotation mark, an inverted question mark."""
_MARK = "\\g<0>\x00"
"""An empty group keeps the two characters apart. It is written after the braces of the text are escaped."""
_SIGNS = re.compile(r"""[\\{}%#&_$~^"`'-]""")

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
    "r": "\u030a",
    "t": "\u0361",
    "f": "\u0311",
    "h": "\u0309",
    "G": "\u030f",
    "U": "\u030e",
}
_LETTERS = dict(
    pair.split("=")  # name=sign
    for pair in """ss=ß SS=ẞ o=ø O=Ø l=ł L=Ł ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ ng=ŋ NG=Ŋ
    S=§ P=¶ copyright=© pounds=£ dots=… ldots=… textellipsis=… textendash=– textemdash=— textquoteleft=‘ textquoteright=’
    textquotedblleft=“ textquotedblright=” textquotesingle=' quotedblbase=„ quotesinglbase=‚ guillemotleft=« guillemotright=»
    guillemetleft=« guillemetright=» guilsinglleft=‹ guilsinglright=› textbackslash=\\ textbraceleft={ textbraceright=}
    lbrace={ rbrace=} textasciitilde=~ textasciicircum=^ textasciigrave=` textunderscore=_ textdollar=$ textbar=| textless=<
    textgreater=> textdegree=° textdagger=† dag=† textdaggerdbl=‡ ddag=‡ textbullet=• textsection=§ textparagraph=¶
    textcopyright=© textregistered=® texttrademark=™ texteuro=€ textexclamdown=¡ textquestiondown=¿ textordfeminine=ª
    textordmasculine=º textperiodcentered=· slash=/ ayn=ʿ hamza=ʾ textasteriskcentered=* glqq=„ grqq=“ glq=‚ grq=‘ flqq=« frqq=»
    TeX=TeX LaTeX=LaTeX BibTeX=BibTeX times=× infty=∞ alpha=α beta=β gamma=γ delta=δ""".split()
)
_DROPPED_COMMANDS = frozenset(
    """emph textit textbf textsc textrm textsf texttt textsl textup textnormal textmd mkbibquote mkbibemph mkbibitalic mkbibbold
    mbox hbox text it bf sc rm sf tt sl em bfseries itshape scshape rmfamily upshape normalfont protect noopsort relax
    foreignlanguage textgreek textlatin autocap NoCaseChange url nolinkurl path bibstring""".split()
)
"""Commands that print nothing but their argument."""
_DROPS_ARGUMENT = frozenset({"noopsort", "foreignlanguage"})
_SPACES = frozenset({"", " ", ",", ";", ":", "!", "/", "quad", "qquad", "thinspace", "enspace", "space", "newline", "\\", "\n"})
_NOTHING = frozenset({"-", "/", "!", "@", "(", ")", "[", "]", "+"})
_PIECE = re.compile(
    r"\\(?P<command>[A-Za-z]+[ \t\n]*|[^A-Za-z]|$)|(?P<dash>---|--)|(?P<quote>``|'')|(?P<tie>~)|(?P<brace>[{}])|(?P<math>\$)"
    r"|(?P<inverted>[?!]`)"
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_SPECIAL = re.compile(r"[\\{}~$`'-]")
_ARGUMENT = re.compile(r"\s*(?:\{((?:[^{}\\]|\\.|\{[^{}]*\})*)\}|(\\[ij](?![A-Za-z])\s*(?:\{\})?)|([^\s\\{}]))", re.DOTALL)


def escape(text: str) -> str:
    """Escape a text and put it on one line."""
    line = one_line(text)
    return escape_line(line) if _SIGNS.search(line) else line


def escape_line(line: str) -> str:
    """Escape a text that is on one line already."""
    return _LIGATURE.sub(_MARK, line).translate(_TABLE)


def decode(text: str) -> tuple[str, list[str]]:
    """Decode the text as TeX would print it. Also return the unknown commands, which stay as they are."""
    if not _SPECIAL.search(text):
        return text, []
    unknown: list[str] = []
    result: list[str] = []
    at = 0
    while (found := _PIECE.search(text, at)) is not None:
        result.append(text[at : found.start()])
        piece, at = _decode_piece(text, found, unknown)
        result.append(piece)
    result.append(text[at:])
    joined = "".join(result)
    return (joined if joined.isascii() else unicodedata.normalize("NFC", joined)), unknown


def _decode_piece(text: str, found: re.Match[str], unknown: list[str]) -> tuple[str, int]:
    """Decode a command, a ligature or a brace. Return its text and the offset of the rest."""
    end = found.end()
    command = found["command"]
    if command is None:
        kind = found.lastgroup
        return (" " if kind == "tie" else "" if kind in {"brace", "math"} else _LIGATURES[found.group()]), end
    name = command.rstrip()
    if name in _ACCENTS and (argument := _ARGUMENT.match(text, end)):
        return _decode_accent(name, argument), argument.end()
    if name in _LETTERS:
        return _LETTERS[name], end + (2 if text.startswith("{}", end) else 0)
    if name in _SPACES:
        return " " if name not in _NOTHING else "", end
    if name in _NOTHING or name in _DROPPED_COMMANDS:
        dropped = _ARGUMENT.match(text, end) if name in _DROPS_ARGUMENT else None
        return "", dropped.end() if dropped else end
    if not name.isalpha():
        return name, end
    unknown.append(f"\\{name}")
    return f"\\{command}", end


def _decode_accent(name: str, argument: re.Match[str]) -> str:
    inner = argument[1] if argument[1] is not None else argument[2] or argument[3]
    letters = decode(inner)[0].replace("ı", "i").replace("ȷ", "j") if inner else ""
    first, rest = letters[:1], letters[1:]
    return unicodedata.normalize("NFC", f"{first or ' '}{_ACCENTS[name]}{rest}")
