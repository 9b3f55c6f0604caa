"""What others say about the edition: jing, the Nu checker, axe in Chromium, and biber judge what `siglum build` made.

In: the built folder (default: build/), the names of the checkers to ask (default: all), and the TEI documents with the
schemas they name. Out: one line a check, the complaints below it; exit 1 if one failed. A checker that is not installed is
skipped with the line that installs it; where CI=true that is a failure. Only the standard library is used. pytest does not
collect this file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

ROOT = Path(__file__).resolve().parents[2]
NPM = ROOT / ".conformance" / "node_modules"
RELAX_NG = "http://relaxng.org/ns/structure/1.0"
CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PSEUDO_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SHOWN = 20
"""No more complaints than this are printed for one check."""
PATIENCE = 600
"""Seconds after which a checker is given up."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one checker says of one file; no complaints means that it is satisfied."""

    subject: str
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checker:
    """A program, what it needs (and how that is installed), and how it is asked."""

    name: str
    needs: Callable[[], Iterator[str]]
    ask: Callable[[Path], Iterator[Result]]


class CheckerError(Exception):
    """The checker itself did not work, so it has judged nothing."""


def main(arguments: Sequence[str]) -> int:
    """Ask every checker about the built folder; 1 if one of them complains."""
    built = Path(arguments[0]).resolve() if arguments else ROOT / "build"
    if not built.is_dir():
        print(f"{shown(built)}: there is nothing to check; run `make edition` first", file=sys.stderr)
        return 1
    tally = dict.fromkeys(("ok", "failed", "skipped"), 0)
    asked = [checker for checker in CHECKERS if not arguments[1:] or checker.name in arguments[1:]]
    for checker in asked:
        for verdict, subject, complaints in judge(checker, built):
            tally[verdict] += 1
            print(f"{checker.name:6} {verdict:8} {subject}", flush=True)
            for line in complaints[:SHOWN]:
                print(f"       {line}", flush=True)
            if len(complaints) > SHOWN:
                print(f"       ... and {len(complaints) - SHOWN} more", flush=True)
    print("conformance: " + ", ".join(f"{count} {verdict}" for verdict, count in tally.items()))
    return 1 if tally["failed"] else 0


def judge(checker: Checker, built: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The verdict (ok, failed, skipped) on each file that concerns the checker, with the complaints."""
    missing = list(checker.needs())
    if missing:
        verdict = "failed" if os.environ.get("CI") == "true" else "skipped"
        yield verdict, f"not installed: {'; '.join(missing)}", ()
        return
    found = False
    try:
        for result in checker.ask(built):
            found = True
            yield "failed" if result.complaints else "ok", result.subject, result.complaints
    except (CheckerError, subprocess.TimeoutExpired, OSError) as error:
        yield "failed", "the checker itself did not work", tuple(str(error).splitlines())
    else:
        if not found:
            yield "failed", f"found nothing to check in {shown(built)}", ()


# jing: a document is valid under the schema it names


def jing_needs() -> Iterator[str]:
    if not shutil.which("jing"):
        yield "jing (Debian: apt-get install jing)"


def jing(built: Path) -> Iterator[Result]:
    """Every TEI document of the edition and of the built folder, under the RELAX NG schemas it names."""
    edition = sorted((ROOT / "tei").rglob("*.xml"))
    for document in [*edition, *sorted(built.rglob("*.xml"))]:
        schemas = schemas_of(document)
        if document in edition and not schemas:
            yield Result(shown(document), ("the document names no RELAX NG schema in an xml-model instruction",))
        for schema in schemas:
            yield valid_under(schema, document)


def valid_under(schema: str, document: Path) -> Result:
    place = (document.parent / unquote(schema)).resolve()
    subject = f"{shown(document)} under {shown(place)}"
    if urlsplit(schema).scheme or not place.is_file():
        return Result(subject, (f"the schema it names is not there: {schema}",))
    compact = ["-c"] if place.suffix == ".rnc" else []
    code, out, err = run("jing", *compact, str(place), str(document))
    # Debian's start script warns of libraries that jing does without, so its exit code has the word.
    said = tuple(line for line in (out + err).splitlines() if not line.startswith("[warning]"))
    return Result(subject, (said or ("jing stopped with an error",)) if code else ())


def schemas_of(document: Path) -> list[str]:
    """The addresses in its `xml-model` instructions that are RELAX NG schemas."""
    schemas: list[str] = []

    def instruction(target: str, data: str) -> None:
        pseudo = {name: double or single for name, double, single in PSEUDO_ATTRIBUTE.findall(data)}
        is_relax_ng = pseudo.get("schematypens", RELAX_NG) == RELAX_NG and not pseudo.get("href", "").endswith(".sch")
        if target == "xml-model" and is_relax_ng:
            schemas.append(pseudo.get("href", ""))

    parser = expat.ParserCreate()
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(document.read_bytes(), True)
    except expat.ExpatError as error:
        raise CheckerError(f"{shown(document)}: {error}") from None
    return schemas


# Nu: the pages are HTML, and their CSS is CSS


def nu_needs() -> Iterator[str]:
    if not shutil.which("java"):
        yield "java (Debian: apt-get install default-jre-headless)"
    if not nu_jar().is_file():
        yield "vnu-jar (make checkers)"


def nu_jar() -> Path:
    return NPM / "vnu-jar" / "build" / "dist" / "vnu.jar"


def nu(built: Path) -> Iterator[Result]:
    """Every page, style sheet and drawing of the built folder; warnings do not count, they are too often guesses."""
    pages = sorted(path for path in built.rglob("*") if path.suffix in {".html", ".css", ".svg"})
    if not pages:
        return
    also = [f"--also-check-{kind}" for kind in ("css", "svg") if any(page.suffix == f".{kind}" for page in pages)]
    asked = ("--errors-only", *also, "--stdout", "--format", "json")
    code, out, err = run("java", "-jar", str(nu_jar()), *asked, *map(str, pages))
    complaints: dict[Path, list[str]] = {page: [] for page in pages}
    try:
        for message in json.loads(out)["messages"]:
            complaints[Path(unquote(urlsplit(message["url"]).path))].append(nu_complaint(message))
    except (ValueError, KeyError):
        raise CheckerError(f"cannot be understood:\n{out}{err}") from None
    if bool(code) != any(complaints.values()):
        raise CheckerError(f"exit code {code} does not agree with what was said:\n{out}{err}")
    for page in pages:
        yield Result(shown(page), tuple(complaints[page]))


def nu_complaint(message: dict[str, str]) -> str:
    return f"{message.get('lastLine', '?')}:{message.get('firstColumn', message.get('lastColumn', '?'))}: {message['message']}"


# axe: a reader with a screen reader, a narrow screen or a dark room is served too


def axe_needs() -> Iterator[str]:
    if not shutil.which("node"):
        yield "node 18 or newer (Debian: apt-get install nodejs npm)"
    if not chromium():
        yield "chromium (Debian: apt-get install chromium)"
    if not all((NPM / name).is_dir() for name in ("axe-core", "playwright-core")):
        yield "axe-core and playwright-core (make checkers)"


def chromium() -> str | None:
    named = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else []
    return next((path for path in map(shutil.which, (*named, *CHROMIUM)) if path), None)


def axe(built: Path) -> Iterator[Result]:
    """Every page of the built folder, each opened in a browser of its own (see pages.mjs): a long one takes minutes."""
    script = Path(__file__).with_name("pages.mjs")
    for page in sorted(built.rglob("*.html")):
        code, out, err = run("node", str(script), str(NPM), str(chromium()), page.as_uri())
        if code or len(out.splitlines()) != 1:
            raise CheckerError(f"{shown(page)}:\n{err or out}")
        yield Result(shown(page), tuple(json.loads(out)))


# biber: the bibliography can be used in LaTeX


def biber_needs() -> Iterator[str]:
    if not shutil.which("biber"):
        yield "biber (Debian: apt-get install biber)"


def biber(built: Path) -> Iterator[Result]:
    """Every .bib file of the built folder, read and checked against biber's data model."""
    for bibliography in sorted(built.rglob("*.bib")):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copyfile(bibliography, Path(folder) / "given.bib")
            code, out, err = run("biber", "--tool", "--validate-datamodel", "given.bib", cwd=folder)
            written = (Path(folder) / "given_bibertool.bib").is_file()
        complaints = [line for line in (out + err).splitlines() if re.match(r"(WARN|ERROR|FATAL)\b", line)]
        if not complaints and (code or not written):
            complaints = [f"biber stopped with exit code {code} and wrote nothing", *(out + err).splitlines()]
        yield Result(shown(bibliography), tuple(complaints))


CHECKERS = (
    Checker("jing", jing_needs, jing),
    Checker("nu", nu_needs, nu),
    Checker("axe", axe_needs, axe),
    Checker("biber", biber_needs, biber),
)


def run(*command: str, cwd: str | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a program that asks nothing."""
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    return done.returncode, done.stdout, done.stderr


def shown(path: Path) -> str:
    """The path as a reader of the project's folder would type it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
