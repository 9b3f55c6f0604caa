"""From a customisation to the texts of its schemas: all the steps, in order (Guidelines 23.5).

An ODD goes in; RELAX NG in both syntaxes and Schematron come out, with what is to be said about the ODD. Nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema.odd.assemble import Assembled, assemble
from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.reach import find_unreachable
from siglum.schema.odd.relaxng import GeneratedGrammar, compile_generated, generate_grammar
from siglum.schema.relaxng import write_xml
from siglum.schema.relaxng.syntax import Grammar
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK, Files
from siglum.text.frozen import frozen
from siglum.version import __version__

if TYPE_CHECKING:
    from siglum.schema.tagdocs.specs import Merged

Form = Literal["rng", "rnc", "sch"]
FORMS: tuple[Form, ...] = get_args(Form)

MARK = "Made by siglum"
"""The words by which a file is known as made, and may be replaced."""


@frozen
class Compiled:
    """The schemas by their form (none where the ODD has errors), all findings in their order, and every file that was read."""

    texts: dict[Form, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()
    version: str = ""


def strip_version(text: str) -> str:
    """A file that was made, without the version of the siglum that made it: two that differ in this alone say the same."""
    return _MADE_BY.sub(MARK, text, count=1)


_MADE_BY = re.compile(rf"{MARK} \d\S*")


def compile_odd(
    odd: Path,
    *,
    forms: Collection[Form] = FORMS,
    schema_id: str | None = None,
    source: Path | str | None = None,
    compat: Compat = "guidelines",
    lang: str = "en",
    files: Files = DISK,
) -> Compiled:
    """The schemas of a customisation. A fault of the ODD is a finding, also where nothing can be made of it."""
    try:
        assembled = assemble(odd, schema_id=schema_id, compat=compat, source=source, files=files)
    except (DocumentError, FileError, SchemaError) as error:
        return Compiled(findings=_make_findings(error, odd), files=(odd,))
    return _generate_schemas(assembled, odd, forms, compat, lang)


def _generate_schemas(assembled: Assembled, odd: Path, forms: Collection[Form], compat: Compat, lang: str) -> Compiled:
    merged, findings = assembled.merged, list(assembled.findings)
    made = Compiled(files=tuple(assembled.files), version=merged.version)
    if _has_errors(findings):
        return replace(made, findings=_sort(findings, odd))
    findings += _find_unreachable(merged)
    header = _make_header(odd, merged)
    texts: dict[Form, str] = {}
    if {"rng", "rnc"} & set(forms):
        generated = generate_grammar(merged, compat=compat)
        findings += [*generated.findings, *_find_forbidden(generated, odd, merged)]
        if not _has_errors(findings):
            texts |= _write_grammars(generated.grammar, header, forms)
    if "sch" in forms:
        from siglum.schema.odd.schematron import collect_schematron  # lxml, and not all want it

        collected = collect_schematron(merged, compat=compat, lang=lang, header=header)
        findings += [*collected.findings, *_report_missing_rules(assembled)]
        texts["sch"] = collected.text
    return replace(made, texts={} if _has_errors(findings) else texts, findings=_sort(findings, odd))


def _report_missing_rules(assembled: Assembled) -> tuple[Finding, ...]:
    """That the rules of TEI itself are not among the facts that siglum brings along, and so not in the Schematron."""
    merged = assembled.merged
    return (make_finding("O023", merged.place, merged.version, severity=Severity.INFO),) if assembled.lacks_rules else ()


def _find_unreachable(merged: Merged) -> list[Finding]:
    """Elements that the ODD asks for by name and no document can contain; what a module brings along is not told."""
    at = Counter((each.place.path, each.place.line, each.place.column) for each in merged.specs)
    return [each for each in find_unreachable(merged) if at[each.path, each.line, each.column] == 1]


def _find_forbidden(generated: GeneratedGrammar, odd: Path, merged: Merged) -> tuple[Finding, ...]:
    """What RELAX NG forbids (ISO/IEC 19757-2, clause 7) and the ODD asks for all the same: no validator takes such a schema."""
    try:
        compile_generated(generated, odd.as_posix())
    except SchemaError as error:
        (found,) = _make_findings(error, odd)
        known = found.line > 1 or found.path != odd.as_posix()
        return (found if known else replace(found, line=merged.place.line, column=merged.place.column),)
    return ()


def _write_grammars(grammar: Grammar, header: str, forms: Collection[Form]) -> dict[Form, str]:
    """The grammar in the syntaxes that are wanted, with a comment at its top that says what made it."""
    marked = replace(grammar, notes=replace(grammar.notes, comments=(header, *grammar.notes.comments)))
    written: dict[Form, str] = {}
    if "rng" in forms:
        written["rng"] = write_xml.write_schema(marked)
    if "rnc" in forms:
        from siglum.schema.relaxng import write_compact  # start-up: not all want it

        written["rnc"] = write_compact.write_schema(marked)
    return written


def _make_header(odd: Path, merged: Merged) -> str:
    """What made the file, of what: names and versions, no date and no folder, so that the same ODD gives the same bytes."""
    release = f", on TEI P5 {merged.version}" if merged.version else ""
    name = odd.name.encode("utf-8", "replace").decode()  # a byte that is no character in its name
    return f"{MARK} {__version__} from {name}{release}. To change it, change the ODD and compile it again."


def _has_errors(findings: list[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


def _sort(findings: list[Finding], odd: Path) -> tuple[Finding, ...]:
    """In the order of the file, the ODD's own first."""
    return tuple(sorted(set(findings), key=lambda each: (each.path != odd.as_posix(), each)))


def _make_findings(error: DocumentError | FileError | SchemaError, odd: Path) -> tuple[Finding, ...]:
    """An error that stopped the work, as a finding at the ODD or where the error says."""
    if isinstance(error, DocumentError):
        return error.findings
    code = "X002" if isinstance(error, FileError) else "S011"
    name, line, column = _split_place(error.where or odd.as_posix())
    return (Finding(name, line, column, code, Severity.ERROR, error.message, error.help),)


def _split_place(where: str) -> tuple[str, int, int]:
    """A path that may end in a line, and a column."""
    name, numbers = where, list[int]()
    while len(numbers) < 2 and (tail := name.rpartition(":"))[2].isdigit() and tail[0]:
        name, numbers = tail[0], [int(tail[2]), *numbers]
    line, column = (*numbers, 1, 1)[:2]
    return name, line, column
