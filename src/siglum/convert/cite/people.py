"""Read the contributors of a work: agents by the field of their role, others as credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from siglum.convert.cite import names, roles
from siglum.convert.cite.record import Agent, Credit
from siglum.convert.cite.remark import Remark
from siglum.text.header import Contributor, Header, Name

_JOINING = frozenset({"and", "und", "et", "y", "e", "en", "al", "others", "andere"})
_MARK = re.compile(r"[\s,]*[(\[]\s*(eds?|hrsg|hg|éds?|editors?|trans|transl|übers|comp)\.?\s*[)\]]\s*$", re.IGNORECASE)


@dataclass
class People:
    """Agents by field, credits by role, and remarks. `refs` are addresses of persons (VIAF, GND, ORCID), by “author-1-ref”."""

    by_field: dict[str, list[Agent]] = field(default_factory=dict)
    credits: dict[str, list[str]] = field(default_factory=dict)
    refs: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def agents(self) -> dict[str, tuple[Agent, ...]]:
        return {key: tuple(found) for key, found in self.by_field.items() if found}

    def credited(self) -> tuple[Credit, ...]:
        """The credits, without a principal who is also an agent."""
        known = {agent.full for value in self.by_field.values() for agent in value}
        found = [Credit(role, tuple(dict.fromkeys(who))) for role, who in self.credits.items() if who]
        return tuple(credit for credit in found if credit.role != "principal" or not known.issuperset(credit.names))


def read_people(contributors: Iterable[Contributor], header: Header, *, of_the_series: str = "") -> People:
    """Read the people of one description. `of_the_series` is the field for editors of its series; empty credits them."""
    people = People()
    for contributor in contributors:
        _add_contributor(people, contributor, header, of_the_series)
    return people


def _add_contributor(people: People, contributor: Contributor, header: Header, of_the_series: str) -> None:
    name, field_ = _read_role_mark(contributor.name, roles.find_field(contributor.role, contributor.resp, contributor.codes))
    found = list(names.parse_agents(name, header))
    _remark_on_name(people, contributor, found)
    if contributor.within == "series":
        field_ = of_the_series if field_ in {"editor", "collection_editor"} else ""
    if not field_:
        people.credits.setdefault(contributor.resp or contributor.role, []).extend(agent.full for agent in found)
        return
    known = people.by_field.setdefault(field_, [])
    known += [agent for agent in found if agent not in known]
    if part := roles.find_narrower_role(contributor.role, contributor.resp):
        people.refs += [(f"{field_}-{known.index(agent) + 1}-role", part) for agent in found]
    if len(found) == 1:
        people.refs += [(f"{field_}-{known.index(found[0]) + 1}-ref", ref) for ref in _list_addresses(contributor.name, header)]


def _read_role_mark(name: Name, field_: str) -> tuple[Name, str]:
    """Read a role mark: “Smith, John (ed.)” is an editor, whatever element holds the name."""
    mark = _MARK.search(name.text) if name.text.endswith((")", "]")) and not name.surname else None
    if mark is None:
        return name, field_
    return Name(name.text[: mark.start()], name.kind, refs=name.refs, id=name.id), roles.find_field(mark[1]) or field_


def _list_addresses(name: Name, header: Header) -> list[str]:
    """The addresses in @ref; for a person in a list of the document, those of the entry."""
    found: list[str] = []
    for ref in name.refs:
        entry = header.entries.get(ref.removeprefix("#")) if ref.startswith("#") else None
        found += (
            [idno.text for idno in entry.idnos if ":" in idno.text] if entry is not None else [ref] * (not ref.startswith("#"))
        )
    return list(dict.fromkeys(found))


def _remark_on_name(people: People, contributor: Contributor, found: list[Agent]) -> None:
    if len(found) == 1 and not found[0].unsure and contributor.name.text in {found[0].full, found[0].inverted}:
        return
    lost = [word for word in re.findall(r"\w+", contributor.name.text) if not any(word in agent.full for agent in found)]
    if found and not _JOINING.issuperset(lost):
        shown = "; ".join(who.inverted for who in found)
        people.remarks.append(
            Remark(f"the citation has only “{shown}” of the name “{contributor.name.text}”", contributor.line)
        )
    for who in found:
        if who.unsure:
            said = f"the name “{who.literal}” stays as it stands. Encode `forename` and `surname`"
            people.remarks.append(Remark(said, contributor.line))
    if not found:
        said = f"a name in `{contributor.role}` is empty, or its @ref leads nowhere: {' '.join(contributor.name.refs)}"
        people.remarks.append(Remark(said, contributor.line))
