"""Split the names of a header into family name, given name and particle.

A name stays whole if it may not be a person's, or if siglum would have to guess: a place or a family after “von”, Roman names,
titles. Names with `forename` and `surname` need no guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.convert.cite.record import Agent
from siglum.text.header import Header, Name

_PSEUDONYM = re.compile(r",?\s*[\[(]pseud[^\])]*[\])]", re.IGNORECASE)
_LIFE = re.compile(r"\s*\((?=[^()]*\d)[^()]*\)|,?\s+(?:\[?\d{3,4}\??\]?)\s*[-–]\s*(?:\d{3,4})?\s*$")
_ET_AL = re.compile(
    r"(?:,?\s+|^)(?:et\s+al(?:ii|ia)?\.?|u\.\s?a\.|and others|und andere|e altri|y otros|et autres)\s*$", re.IGNORECASE
)
_GIVEN = r"(?:[A-ZÀ-Þ]\.[- ]?)+"
_FAMILY = r"[A-ZÀ-Þ][\w’'-]+"
_INITIALS = re.compile(rf"{_FAMILY}, {_GIVEN}(?:(?:,|;|,? and|,? und|,? et|,? &) *{_FAMILY}, {_GIVEN})+")
_INVERTED = re.compile(rf"({_FAMILY}), ({_GIVEN})(?<! )")
_FORENAMES = re.compile(r"[A-ZÀ-Þ]\.")
_REAL_NAME = re.compile(r"\s*\[[^\]]*\]\s*\.?$")
_AND = re.compile(r"\s*;\s*|\s+(?:and|und|et|&)\s+")
_DROPPING = frozenset("von vom zu zum zur de du d’ d' des di del della dos da af av".split())
_NON_DROPPING = frozenset("van der den ter ten la le les vander al- el-".split())
_OF_THE_FAMILY = frozenset("La Le Les Du Des De Della Di Da Van Von".split())
"""Capitalised particles begin the family name: La Fontaine, Du Bois, Le Guin."""
_FRENCH, _GERMAN, _LATIN = frozenset({"fr", "fra", "fre"}), frozenset({"de", "deu", "ger"}), frozenset({"la", "lat"})
_EPITHETS = frozenset({"of", "the"})
_TITLES = frozenset(
    """st saint sankt sainte san santa sir dame lord lady king queen emperor pope bishop archbishop cardinal abbot brother
    sister father dr prof professor rev mr mrs ms miss mme mlle monsieur madame herr frau fräulein graf gräfin freiherr baron
    meister bruder schwester papst kaiser könig abbé comte comtesse don doña fra""".split()
)
_PRAENOMEN = re.compile(
    r"(?:Ap?|C|Cn|D|G|L|M['’]?|N|P|Q|Ser|Sex|Sp|S|Ti?|V)\.|Aulus|Appius|Gaius|Caius|Gnaeus|Decimus|Lucius|Marcus|Publius|Quintus"
    r"|Servius|Sextus|Spurius|Titus|Tiberius"
)
_LATIN_WORD = re.compile(r"(?:us|a|o|is|ens|ex|ix|ax|as|es)$")
_MODERN = 1500
"""Persons born later have a family name."""
_NO_PERSON = re.compile(
    r"\b(?:the|and|of|for|project|university|universität|institut\w*|academy|akademie|college|school|press|verlag|library|bibliothek|editors|"
    r"editor|team|group|society|gesellschaft|foundation|centre|center|archive|committee|commission|action|anonym\w*)\b|\d|[@/:]",
    re.IGNORECASE,
)
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "esq.", "Esq."})


def parse_agents(name: Name, header: Header) -> Iterator[Agent]:
    """Parse the agents of a name element: one, or several in one string. An empty name takes the words of its @ref."""
    if name.kind == "org":
        yield Agent(literal=name.text)
    elif name.kind == "literal":
        yield Agent(literal=name.text, unsure=True)
    elif name.surname:
        yield _build_from_parts(name)
    elif name.forename:  # “Hildegard von Bingen” has no family name, and the markup says so
        yield Agent(literal=name.text)
    else:
        parts = _find_marked_up_name(name, header)
        words = name.text or next((called for ref in name.refs if (called := header.called(ref))), "")
        if parts is not None:
            yield _build_from_parts(parts)
        else:
            language = header.language.partition("-")[0].lower()
            yield from (_parse_name(part, language, person=name.kind == "person") for part in _split_names(words))


def _find_marked_up_name(name: Name, header: Header) -> Name | None:
    """Find the name with its parts in the list entry that @ref names, so that “Leon Sedov” needs no guess."""
    for pointer in name.refs:
        entry = header.entries.get(pointer.removeprefix("#")) if pointer.startswith("#") else None
        for candidate in entry.names if entry is not None else ():
            if candidate.surname and name.text in {"", candidate.text}:
                return candidate
    return None


def _build_from_parts(name: Name) -> Agent:
    if name.dropping or name.non_dropping:
        return Agent(name.surname, name.forename, name.dropping, name.non_dropping, name.suffix)
    return _build_agent(name.surname, name.forename, name.link, name.suffix)


def _split_names(words: str) -> list[str]:
    """Split a string into names if each of them is a person's."""
    if _ET_AL.fullmatch(words):
        return [words]
    others = _ET_AL.search(words)
    if others:
        return [*_split_names(words[: others.start()].rstrip(" ,")), "et al."]
    listed = _INITIALS.fullmatch(words)
    if listed:  # “Smith, J., Doe, A. B. and Roe, C.”
        return [f"{family}, {given}" for family, given in _INVERTED.findall(words)]
    parts = [part for part in _AND.split(words) if part]
    commas = [word for part in parts for word in part.split(", ")]
    if len(commas) > len(parts) and all(" " in piece and _FORENAMES.match(piece) for piece in commas):
        parts = commas  # “J. Smith, A. Doe and B. Roe”
    return parts if len(parts) > 1 and all(_is_person(_LIFE.sub("", part)) for part in parts) else [words][: bool(words)]


def _parse_name(words: str, language: str, *, person: bool) -> Agent:
    text = _LIFE.sub("", _PSEUDONYM.sub("", words))
    text = _REAL_NAME.sub("", text) if "," in text else text  # “Arlen, Michael [Dikran Kouyoumdjian]”
    text = text if text == words else text.strip(" .,")
    if not text or not (person or _is_person(text)):
        return Agent(literal=text or words)
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        if given in _SUFFIXES:
            return _parse_natural(family, given, language)
        rest, _, suffix = given.rpartition(",")
        return (
            _build_agent(family, rest.strip(), "", suffix.strip())
            if suffix.strip() in _SUFFIXES
            else _parse_inverted(family, given)
        )
    if _is_guess(text, language, modern=_find_birth_year(words) >= _MODERN):
        return Agent(literal=text, unsure=True)
    return _parse_natural(text, "", language)


def _parse_inverted(family: str, given: str) -> Agent:
    """Parse “Goethe, Johann Wolfgang von” and “van Gogh, Vincent”: the position of the particle says how the name sorts."""
    words, last = given.split(" "), family.split(" ")
    at = next((len(words) - count for count in (2, 1) if set(words[-count:]) <= _DROPPING | _NON_DROPPING), len(words))
    first = next((count for count in (2, 1) if len(last) > count and set(last[:count]) <= _DROPPING | _NON_DROPPING), 0)
    dropping = " ".join(words[at:]) if at else ""
    given = " ".join(words[:at]) if at else given
    return Agent(" ".join(last[first:]), given, dropping, " ".join(last[:first]))


def _find_birth_year(words: str) -> int:
    """The year of birth beside a name; 0 if there is none."""
    years = re.search(r"\b\d{3,4}\b", words)
    return int(years.group()) if years else 0


def _is_guess(text: str, language: str, *, modern: bool) -> bool:
    """Whether the family name is uncertain."""
    words = text.split(" ")
    if words[0].rstrip(".").lower() in _TITLES or _EPITHETS & {*words[1:]}:
        return len(words) > 1
    if _is_roman(words, language):
        return True
    small = [at for at, word in enumerate(words[1:-1], 1) if word in _DROPPING | _NON_DROPPING]
    if not small:
        return False
    forenames, rest = words[: small[0]], words[small[0] :]
    named = next((at for at, word in enumerate(rest) if word not in _DROPPING | _NON_DROPPING), len(rest))
    if named < len(rest) - 1:  # Jean de La Fontaine can be read, Miguel de Cervantes Saavedra cannot
        return not _OF_THE_FAMILY.issuperset(rest[named:-1])
    of_a_place = len(forenames) == 1 and not re.search(r"[-.]", forenames[0]) and rest[0] not in {"van", "vander", "du", "des"}
    return of_a_place and not modern  # Hildegard von Bingen has no family name, Heinrich von Kleist has


def _is_roman(words: list[str], language: str) -> bool:
    if not all(_PRAENOMEN.fullmatch(word) or _LATIN_WORD.search(word) for word in words):
        return False
    return len(words) > 2 and (language in _LATIN or (len(words) > 3 and _PRAENOMEN.fullmatch(words[0]) is not None))


def _parse_natural(text: str, suffix: str, language: str) -> Agent:
    """Parse “given names, particles, family name”: the family name is the last word, with a preceding “La” or “Du”."""
    words = text.split(" ")
    if len(words) > 1 and words[-1] in _SUFFIXES:
        return _parse_natural(" ".join(words[:-1]), words[-1], language)
    if len(words) == 1:
        return Agent(family=text, suffix=suffix)
    if words[0] in _OF_THE_FAMILY and len(words) == 2:  # “De Vido” is a family
        return Agent(family=text, suffix=suffix)
    last = len(words) - 1
    while last > 1 and words[last - 1] in _OF_THE_FAMILY:
        last -= 1
    first = last
    while first > 1 and words[first - 1] in _DROPPING | _NON_DROPPING:
        first -= 1
    given, family = " ".join(words[:first]), " ".join(words[last:])
    return _assign_particles(family, given, words[first:last], suffix, language)


def _assign_particles(family: str, given: str, particles: list[str], suffix: str, language: str) -> Agent:
    """Assign the particles as the language sorts them: German “Beethoven, Ludwig van”; French drops only “de”."""
    if language in _GERMAN:
        return Agent(family=family, given=given, dropping_particle=" ".join(particles), suffix=suffix)
    if language in _FRENCH:
        kept = next((at for at, word in enumerate(particles) if word not in {"de", "d’", "d'"}), len(particles))
        dropped, stays = " ".join(particles[:kept]), " ".join(particles[kept:])
        return Agent(family=family, given=given, dropping_particle=dropped, non_dropping_particle=stays, suffix=suffix)
    return _build_agent(family, given, " ".join(particles), suffix)


def _build_agent(family: str, given: str, particle: str, suffix: str) -> Agent:
    if particle.partition(" ")[0] in _NON_DROPPING:
        return Agent(family=family, given=given, non_dropping_particle=particle, suffix=suffix)
    return Agent(family=family, given=given, dropping_particle=particle, suffix=suffix)


def _is_person(text: str) -> bool:
    """Whether a text has at most five words, all capitalised or particles, and no word for an institution."""
    words = text.replace(",", "").split(" ")
    small = _DROPPING | _NON_DROPPING | _SUFFIXES
    return (
        len(words) <= 5 and not _NO_PERSON.search(text) and all(word in small or word[:1].isupper() for word in words if word)
    )
