"""Names: from the words of a header to family, given name and particle. What is not surely a person's name stays whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.convert.cite.record import Agent
from siglum.text.header import Header, Name

_PSEUDONYM = re.compile(r",?\s*[\[(]pseud[^\])]*[\])]", re.IGNORECASE)
_LIFE = re.compile(r"\s*\((?=[^()]*\d)[^()]*\)|,?\s+(?:\[?\d{3,4}\??\]?)\s*[-–]\s*(?:\d{3,4})?\s*$")
_AND = re.compile(r"\s*;\s*|\s+(?:and|und|et|&)\s+")
_DROPPING = frozenset("von vom zu zum zur de du d’ d' des di del della dos da af av".split())
_NON_DROPPING = frozenset("van der den ter ten la le vander al- el-".split())
_NO_PERSON = re.compile(
    r"\b(?:the|and|of|for|project|university|universität|institut\w*|academy|akademie|press|verlag|library|bibliothek|editors|"
    r"editor|team|group|society|gesellschaft|foundation|centre|center|archive|committee|commission|action|anonym\w*)\b|\d|[@/:]",
    re.IGNORECASE,
)
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "esq.", "Esq."})


def agents(name: Name, header: Header) -> Iterator[Agent]:
    """Who is named: one agent, or several where one element holds several names. An empty name is followed by its @ref."""
    if name.kind == "org":
        yield Agent(literal=name.text)
    elif name.surname:
        yield _marked_up(name)
    else:
        parts = _known(name, header)
        words = name.text or next((called for each in name.refs if (called := header.called(each))), "")
        if parts is not None:
            yield _marked_up(parts)
        else:
            yield from (_read(each, person=name.kind == "person") for each in _separate(words))


def _known(name: Name, header: Header) -> Name | None:
    """The same name with its parts, from the record that @ref names, so that “Leon Sedov” needs no guess."""
    for pointer in name.refs:
        entry = header.entries.get(pointer.removeprefix("#")) if pointer.startswith("#") else None
        for each in entry.names if entry is not None else ():
            if each.surname and name.text in {"", each.text}:
                return each
    return None


def _marked_up(name: Name) -> Agent:
    return _agent(name.surname, name.forename, name.link, name.suffix)


def _separate(words: str) -> list[str]:
    """The names in one string, if each by itself is a person's."""
    parts = [part for part in _AND.split(words) if part]
    return parts if len(parts) > 1 and all(_is_person(_LIFE.sub("", part)) for part in parts) else [words][: bool(words)]


def _read(words: str, *, person: bool) -> Agent:
    text = _LIFE.sub("", _PSEUDONYM.sub("", words))
    text = text if text == words else text.strip(" .,")
    if not text or not (person or _is_person(text)):
        return Agent(literal=text or words)
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        if given in _SUFFIXES:
            return _natural(family, given)
        rest, _, suffix = given.rpartition(",")
        return (
            _agent(family, rest.strip(), "", suffix.strip()) if suffix.strip() in _SUFFIXES else _agent(family, given, "", "")
        )
    return _natural(text, "")


def _natural(text: str, suffix: str) -> Agent:
    """“Given names, particles, family name”: the last word is the family name."""
    words = text.split(" ")
    if len(words) > 1 and words[-1] in _SUFFIXES:
        return _natural(" ".join(words[:-1]), words[-1])
    if len(words) == 1:
        return Agent(family=text, suffix=suffix)
    first = next((at for at, word in enumerate(words[1:-1], 1) if word in _DROPPING | _NON_DROPPING), len(words) - 1)
    return _agent(words[-1], " ".join(words[:first]), " ".join(words[first:-1]), suffix)


def _agent(family: str, given: str, particle: str, suffix: str) -> Agent:
    if particle.partition(" ")[0] in _NON_DROPPING:
        return Agent(family=family, given=given, non_dropping_particle=particle, suffix=suffix)
    return Agent(family=family, given=given, dropping_particle=particle, suffix=suffix)


def _is_person(text: str) -> bool:
    """Up to five words, each with a capital or a particle, and nothing that names an institution."""
    words = text.replace(",", "").split(" ")
    small = _DROPPING | _NON_DROPPING | _SUFFIXES
    return (
        len(words) <= 5 and not _NO_PERSON.search(text) and all(word in small or word[:1].isupper() for word in words if word)
    )
