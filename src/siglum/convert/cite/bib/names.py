"""Read and write lists of names in a .bib file: “von Last, Jr, First and …”, and biblatex's “family=…, given=…”.

The rules are BibTeX's (Patashnik, BibTeXing, 4; biblatex manual, 2.3.3 and 3.6): words in lower case begin the “von” part, and
braces keep a name whole. BibTeX cannot say whether a particle counts in sorting (van Gogh) or not (Goethe). siglum sorts by
Dutch particles and by articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from siglum.convert.cite.bib.tex import decode, escape
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent

_SORTED = frozenset("van der den ter ten la le les vander al- el- ’t 't ’s 's op".split())
_SYNTAX = re.compile(r"(?:^|\s)and(?:\s|$)|,|^\s*[a-z]+\s*=|^others$", re.IGNORECASE)
_KEYED = re.compile(
    r"\s*(?:family|given|prefix|suffix|id|hash|useprefix|nosort\w*|sortingnamekeytemplatename)(?:-i)?\s*=", re.IGNORECASE
)
AND = re.compile(r"[{}]|\s+and(?=\s)", re.IGNORECASE)
_COMMA = re.compile(r"[{},]")
_SPACE = re.compile(r"[{}]|(?:(?<!\\)~|\s)+")
_OTHERS = "others"
ET_AL = Agent(literal="et al.")


def write_names(agents: tuple[Agent, ...], *, extended: bool) -> str:
    """Write a list of names. `extended`: use biblatex's keyed form for names that the plain form would change."""
    return " and ".join(_write_name(agent, extended) for agent in agents)


@lru_cache(maxsize=4096)
def _write_name(agent: Agent, extended: bool) -> str:
    if agent == ET_AL:
        return _OTHERS
    if agent.literal:
        return _write_braced(agent.literal)
    parts = [
        f"{_write_part(agent.particle)} {_write_part(agent.family)}".strip(),
        _write_part(agent.suffix),
        _write_part(agent.given),
    ]
    plain = ", ".join([parts[0], *(part for part in parts[1:2] if part), *(part for part in parts[2:] if part)])
    if not parts[2] and (parts[1] or " " in parts[0] or agent.family[:1].islower()):
        plain = _write_braced(agent.full)
    if not extended or next(read_names(plain), None) == agent or (agent.dropping_particle and agent.non_dropping_particle):
        return plain if agent.family or agent.given else "{}"
    return ", ".join(_write_keyed(agent))


def _write_keyed(agent: Agent) -> Iterator[str]:
    pairs = (("family", agent.family), ("given", agent.given), ("prefix", agent.particle), ("suffix", agent.suffix))
    yield from (
        f"{key}={_write_braced(value) if re.search('[,=]', value) else _write_part(value)}" for key, value in pairs if value
    )
    if agent.particle:
        yield f"useprefix={'true' if agent.non_dropping_particle else 'false'}"


def _write_part(text: str) -> str:
    return _write_braced(text) if _SYNTAX.search(text) else escape(text)


def _write_braced(text: str) -> str:
    return "{" + escape(text) + "}"


def read_names(text: str) -> Iterator[Agent]:
    """Read a list of names. The text stands as in the file, with TeX commands not yet decoded."""
    for word in split_outside_braces(text, AND):
        name = word.strip()
        if name.lower() == _OTHERS:
            yield ET_AL
        elif name:
            yield _read_name(name)


@lru_cache(maxsize=4096)
def _read_name(name: str) -> Agent:
    if _KEYED.match(name):
        return _parse_keyed(name)
    if _is_braced(name):
        return Agent(literal=_decode_line(name))
    parts = split_outside_braces(name, _COMMA)
    if len(parts) == 1:
        return _parse_natural(split_outside_braces(name, _SPACE))
    before, after = split_outside_braces(parts[0].strip(), _SPACE), ", ".join(part.strip() for part in parts[2:])
    small = next((at for at in range(len(before) - 1, -1, -1) if _is_small(before[at])), -1) + 1
    small = min(small, len(before) - 1)
    suffix, given = (parts[1], after) if len(parts) > 2 else ("", parts[1])
    return _build_agent(before[small:], _decode_line(given), before[:small], _decode_line(suffix))


def _parse_natural(words: list[str]) -> Agent:
    """Parse “First von Last”: the last word belongs to the family name; the first lower-case word begins “von”."""
    words = [word for word in words if word]
    first = next((at for at, word in enumerate(words[:-1]) if _is_small(word)), None)
    if first is None:
        return _build_agent(words[-1:], _decode_line(" ".join(words[:-1])), [], "")
    last = next(at for at in range(len(words) - 2, -1, -1) if _is_small(words[at])) + 1
    return _build_agent(words[last:], _decode_line(" ".join(words[:first])), words[first:last], "")


def _build_agent(family: list[str], given: str, von: list[str], suffix: str) -> Agent:
    particle = _decode_line(" ".join(von))
    is_sorted = particle.partition(" ")[0] in _SORTED
    return Agent(
        family=_decode_line(" ".join(family)),
        given=given,
        dropping_particle="" if is_sorted else particle,
        non_dropping_particle=particle if is_sorted else "",
        suffix=suffix,
    )


def _parse_keyed(name: str) -> Agent:
    pairs = (word.partition("=") for word in split_outside_braces(name, _COMMA))
    found = {key.strip().lower(): _decode_line(value.strip().strip('"')) for key, _, value in pairs}
    particle, is_sorted = found.get("prefix", ""), found.get("useprefix", "false").lower() in {"true", "1"}
    return Agent(
        family=found.get("family", ""),
        given=found.get("given", ""),
        dropping_particle="" if is_sorted else particle,
        non_dropping_particle=particle if is_sorted else "",
        suffix=found.get("suffix", ""),
    )


def _is_small(word: str) -> bool:
    """Whether a word begins with a lower-case letter, outside braces or inside an accent."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letter = next((letter_ for letter_ in (decode(word)[0] if "\\" in word else word) if letter_.isalpha()), "")
    return letter.islower()


def _is_braced(name: str) -> bool:
    return name.startswith("{") and name.endswith("}") and not name.startswith("{\\") and _closes_at_end(name)


def _closes_at_end(name: str) -> bool:
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(name) - 1
    return False


def split_outside_braces(text: str, where: re.Pattern[str]) -> list[str]:
    """Split a text at separators that stand outside all braces."""
    parts: list[str] = []
    depth = start = 0
    for found in where.finditer(text):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _decode_line(text: str) -> str:
    return one_line(decode(text)[0])
