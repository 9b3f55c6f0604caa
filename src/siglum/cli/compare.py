"""`siglum compare`: a document against its transcript."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from siglum.check import fidelity
from siglum.cli.options import document_argument, load_policy, output_option
from siglum.cli.output import deliver, warn
from siglum.text.diagnostic import Finding
from siglum.text.document import open_document
from siglum.text.files import DISK


@click.command(
    "compare",
    epilog="""\b
Example:
  siglum compare tei/red-book/remove-stalin.xml tei/red-book/source/red-book-remove-stalin.txt
""",
)
@document_argument
@click.argument("transcript", type=click.Path(path_type=Path), metavar="TRANSCRIPT")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the report."
)
@click.option(
    "--skip", default="", metavar="TYPES", help="Leave out elements or types of divisions: --skip listPerson,apparatus"
)
@output_option
def command(document: Path, transcript: Path, form: str, skip: str, output: Path | None) -> None:
    """Prove that the encoding changed no word of the transcript.

    DOC is turned back into running text (the source's side of every choice, the quotation marks made again) and compared
    with TRANSCRIPT, a plain text file in UTF-8, word by word and mark by mark. Line breaks and spacing are free. What the
    encoding declares is listed as an intervention; any other difference is an error. Of what is declared the transcript may
    have either state (the corrected word, no deleted words): that is told, and is no error.
    """
    opened = open_document(document)
    warn(opened.findings)
    plain = DISK.read(transcript)
    left_out = frozenset(part.strip() for part in skip.split(",") if part.strip())
    result = fidelity.compare(opened, plain, left_out, load_policy(document))
    deliver(_as_json(result) if form == "json" else _as_text(result, str(document), str(transcript)), output)
    raise SystemExit(1 if result.findings else 0)


def _as_json(result: fidelity.Comparison) -> str:
    content = {
        "words": result.words,
        "layout": str(result.layout) if result.layout else None,
        "differences": [each.as_dict() for each in result.findings],
        "interventions": [asdict(each) for each in result.interventions],
        "other_state": [{"location": asdict(place), "message": told} for place, told in result.other_state],
        "skipped": dict(result.skipped),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _as_text(result: fidelity.Comparison, document: str, transcript: str) -> str:
    lines = [f"{document} against {transcript}"]
    lines.append(f"  {result.words} words and marks compared, {_counted(len(result.findings), 'unexplained difference')}")
    if result.layout:
        lines.append(f"  the transcript prints {result.layout}")
    lines += [f"  left out: {part} ({_counted(words, 'word')})" for part, words in result.skipped]
    lines += _differences(result.findings)
    lines += [f"  line {place.line}: declared, but {told}" for place, told in result.other_state]
    lines.append(f"  {_counted(len(result.interventions), 'declared intervention')}" + (":" if result.interventions else ""))
    lines += [f"    line {each.location.line}: {_told(each)}" for each in result.interventions]
    return "\n".join(lines) + "\n"


_MANY = 10


def _differences(findings: Sequence[Finding]) -> Iterator[str]:
    """The differences in order; where more than ten are of one kind of marks, the first of them speaks for all."""
    kinds = Counter(each.message for each in findings if each.code == "F004")
    told: set[str] = set()
    for each in findings:
        many = kinds[each.message] > _MANY
        if not (many and each.message in told):
            again = f" ({kinds[each.message]} times; this is the first)" if many else ""
            yield f"{each.path}:{each.line}:{each.column}: {each.code} {each.message}{again}"
            yield f"    {each.help}"
        told.add(each.message)


def _told(each: fidelity.Intervention) -> str:
    sides = " → ".join(f"“{side}”" for side in (each.transcript, each.reading) if side)
    facts = [each.kind, each.responsible, f"certainty {each.certainty}" if each.certainty else ""]
    return f"{sides} ({', '.join(fact for fact in facts if fact)})"


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
