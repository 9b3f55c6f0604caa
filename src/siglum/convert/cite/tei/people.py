"""Write contributors as TEI: author, editor, `respStmt`, with the parts of their names."""

from __future__ import annotations

import re

from siglum.convert.cite import names, roles
from siglum.convert.cite.record import Agent, Credit, Record
from siglum.convert.cite.tei.elements import add, add_text
from siglum.text.header import Header, Name
from siglum.text.tei import Element

_OWN_PLACE = frozenset({"author", "editor", "container_author", "collection_editor", "reviewed_author", "original_author"})
_WORD = re.compile(r"[^\s]+")


def write_agents(holder: Element, record: Record, key: str, element: str) -> None:
    for at, agent in enumerate(getattr(record, key), 1):
        who = add(holder, element)
        addresses = [value for kind, value in record.custom if kind == f"{key}-{at}-ref" and _WORD.fullmatch(value)]
        if addresses:
            who.set("ref", " ".join(addresses))
        _write_name(who, agent)


def write_other_people(holder: Element, record: Record) -> None:
    """Write all other contributors: by the name of their field, or in the words of their credit."""
    for key in roles.FIELDS:
        if key not in _OWN_PLACE:
            write_responsible(holder, record, key)
    if record.original_author == record.author:
        write_responsible(holder, record, "original_author")
    for credit in record.credits:
        if not roles.find_field("resp", credit.role):
            write_credit(holder, credit)


def write_credit(holder: Element, credit: Credit) -> None:
    """Write the names of a credit."""
    statement = add(holder, "respStmt")
    add(statement, "resp", credit.role)
    for name in credit.names:
        _write_name(statement, Agent(literal=name), person="name")


def write_responsible(holder: Element, record: Record, key: str) -> None:
    word = "book author" if key == "container_author" else key.replace("_", " ")
    for at, agent in enumerate(getattr(record, key), 1):
        statement = add(holder, "respStmt")
        add(statement, "resp", word)
        _write_name(statement, agent)
        addresses = [value for kind, value in record.custom if kind == f"{key}-{at}-ref" and _WORD.fullmatch(value)]
        if addresses:
            statement[-1].set("ref", " ".join(addresses))


def _write_name(holder: Element, agent: Agent, *, person: str = "persName") -> None:
    """Write a name by its parts, or a whole name in the element that reads back as whole."""
    if agent.literal:
        plain = [reader.full for reader in names.parse_agents(Name(agent.literal), Header())] == [agent.literal]
        if agent.unsure:
            add(holder, "persName", agent.literal, type="literal")
        elif person == "name" and plain:
            add(holder, "name", agent.literal)
        else:
            add(holder, "orgName", agent.literal)
        return
    name = add(holder, "persName")
    add_text(name, "forename", agent.given)
    add_text(name, "nameLink", agent.dropping_particle, type="dropping")
    add_text(name, "nameLink", agent.non_dropping_particle, type="non-dropping")
    add(name, "surname", agent.family)
    add_text(name, "genName", agent.suffix)
