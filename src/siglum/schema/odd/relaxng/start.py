"""The elements that a document may begin with: schemaSpec/@start (Guidelines, 22.8.1)."""

from __future__ import annotations

from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.nodes import NOT_ALLOWED
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s

_USUAL = ("TEI", "teiCorpus")


def make_start(work: GenerationContext, outside: list[str]) -> s.Start:
    """TEI, and teiCorpus if it is there, unless the schemaSpec says otherwise; a name that means nothing is left out."""
    merged = work.index.merged
    wanted = _USUAL if merged.start is None else merged.start
    names = [name for each in wanted for name in _list_patterns(work, each, outside)]
    for each in wanted if merged.start is not None else ():
        if not _list_patterns(work, each, outside):
            _report_unknown(work, each)
    refs = tuple(work.ref(each) for each in dict.fromkeys(names))
    if not refs:
        _report_none(work)
        return s.Start(NOT_ALLOWED)
    return s.Start(s.Choice(refs) if len(refs) > 1 else refs[0])


def _list_patterns(work: GenerationContext, name: str, outside: list[str]) -> list[str]:
    """The patterns that a name in `start` means: as it stands, or with the prefix of the schema."""
    index = work.index
    if name in index.elements:
        return [index.names[id(each)] for each in index.elements[name]]
    for each in (name, index.merged.prefix + name):
        if each in work.defines or each in outside:
            return [each]
    return []


def _report_unknown(work: GenerationContext, name: str) -> None:
    from siglum.schema.relaxng.simplify import nearest  # for messages only

    renamed = next((each.ident for same in work.index.elements.values() for each in same if each.alt_ident == name), "")
    near = renamed or nearest(name, work.index.elements)
    help_ = f"did you mean `{near}`?" if near else f'add <elementRef key="{name}"/>, or take it out of @start'
    work.say(
        codes.UNKNOWN_START, work.index.merged.place, f"a document is to begin with `{name}`, which is not in the schema", help_
    )


def _report_none(work: GenerationContext) -> None:
    merged = work.index.merged
    message = f"the schema “{merged.ident}” has no element that a document may begin with: no document can be valid"
    work.say(codes.NO_START, merged.place, message, "name one in @start of the schemaSpec, and add the module that has it")
