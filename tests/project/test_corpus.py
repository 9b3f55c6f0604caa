"""Many files: in order whoever is ready first, whatever happens to a process, and without looking twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from siglum.check import document
from siglum.check.discovery import Target
from siglum.check.document import Checker, check_safely, failure_verdict
from siglum.check.options import Options
from siglum.check.verdict import Verdict
from siglum.errors import SchemaError
from siglum.project import corpus, verdicts
from siglum.project.workers import Workers

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">{}</TEI>\n'
_OPTIONS = Options(frozenset({"I001", "I003"}))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with a cache of its own, as the current folder."""
    (tmp_path / "siglum.toml").touch()
    (tmp_path / "any.rnc").write_text("start = any\nany = element * { (attribute * { text } | any | text)* }\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setattr(verdicts, "digest_checkout", str)  # whoever edits siglum while this runs changes nothing
    return tmp_path


def _write(name: str, content: str = "<p/>") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_TEI.format(content), encoding="utf-8")
    return path


def _codes(found: list[Verdict]) -> list[tuple[str, ...]]:
    return [tuple(each.code for each in verdict.findings) for verdict in found]


class _Odd(Checker):
    """Does to some files, by their names, what befalls programs now and then."""

    def __reduce__(self) -> tuple[type[Checker], tuple[Options]]:
        return _Odd, (self.options,)

    def check(self, target: Target) -> Verdict:
        match target.path.stem.rstrip("0123456789"):
            case "crash":
                os.kill(os.getpid(), signal.SIGKILL)
            case "slow":
                time.sleep(0.3)
            case "bug":
                raise ZeroDivisionError("what a pity")
            case "no-schema":
                raise SchemaError("this is none", where="a.rng", help="mend it")
            case _:
                pass
        return Verdict(target.name, excerpts={})


def _together(*names: str, jobs: int = 2) -> Iterator[tuple[str, tuple[str, ...]]]:
    with Workers(partial(check_safely, _Odd(_OPTIONS)), failure_verdict, jobs) as workers:
        for target, verdict, _ in workers.results((Target(Path(name)), None) for name in names):
            assert target.name == verdict.name
            yield verdict.name, tuple(f"{each.code} {each.message}" for each in verdict.findings)


# --- several processes


def test_verdicts_come_in_order_whoever_is_ready_first() -> None:
    names = ["slow", *(f"a{number}" for number in range(100)), "slow2", "z"]
    assert [name for name, _ in _together(*names)] == names


def test_a_process_that_dies_costs_the_one_file_it_had() -> None:
    names = ["a1", "crash1", *(f"b{number}" for number in range(20)), "crash2", "crash3", "c"]
    found = dict(_together(*names))
    assert list(found) == names
    crashed = {name for name, said in found.items() if said}
    assert crashed == {"crash1", "crash2", "crash3"}
    (said,) = found["crash1"]
    assert said.startswith("X008 siglum failed on this file: the process that had it was ended by SIGKILL")


def test_a_fault_of_ours_is_a_finding_about_that_file() -> None:
    found = dict(_together("a", "bug", "b"))
    (said,) = found["bug"]
    assert said.startswith("X008 siglum failed on this file: ZeroDivisionError: what a pity (test_corpus.py, line")
    assert found["a"] == found["b"] == ()


def test_what_stops_the_run_stops_it_there_too() -> None:
    with pytest.raises(SchemaError) as caught:
        list(_together("a", "no-schema", "b"))
    assert (caught.value.message, caught.value.where, caught.value.help) == ("this is none", "a.rng", "mend it")


def test_no_process_is_left_when_the_reader_goes_away() -> None:
    with Workers(partial(check_safely, _Odd(_OPTIONS)), failure_verdict, 3) as workers:
        stream = workers.results((Target(Path(f"slow{number}")), None) for number in range(1000))
        next(stream)
        processes = [each.process.pid for each in workers._workers]
    assert processes
    for each in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(each or 0, 0)


def test_the_others_end_when_the_first_process_is_killed() -> None:
    """Each waits on its pipe, of which nobody else may hold the other end."""
    with Workers(partial(check_safely, _Odd(_OPTIONS)), failure_verdict, 3) as workers:
        stream = workers.results((Target(Path(f"slow{number}")), None) for number in range(6))
        next(stream)
        for each in workers._workers:
            each.pipe.close()
            each.process.join(10)
            assert each.process.exitcode == 0
        del stream


def test_files_are_not_begun_far_ahead_of_a_slow_one() -> None:
    begun = 0

    def targets() -> Iterator[tuple[Target, Verdict | None]]:
        nonlocal begun
        for name in ("slow", *(f"a{number}" for number in range(1000))):
            begun += 1
            yield Target(Path(name)), None

    with Workers(partial(check_safely, _Odd(_OPTIONS)), failure_verdict, 2) as workers:
        next(workers.results(targets()))
        assert begun < 100


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_process_or_two_find_the_same(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "_HEAD_START", -1.0)
    for number in range(12):
        _write(f"tei/{number:02}.xml", '<p who="#b"/>' * (number % 3))
    found = list(corpus.check([Path("tei"), Path("none.xml")], _OPTIONS, jobs=jobs, cache=False))
    assert [len(each.findings) for each in found] == [0, 1, 2] * 4 + [1]
    assert found[1].excerpts[found[1].findings[0]].text.endswith("</TEI>")


def test_a_short_run_does_not_load_what_a_long_one_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(Workers, "_start", never)
    _write("tei/a.xml")
    assert len(list(corpus.check([Path("tei")], _OPTIONS, jobs=8, cache=False))) == 1


# --- the cache of verdicts


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that really were checked."""
    names: list[str] = []
    original = Checker.check

    def check(self: Checker, target: Target) -> Verdict:
        names.append(target.name)
        return original(self, target)

    monkeypatch.setattr(Checker, "check", check)
    return names


def _run(*paths: str, options: Options = _OPTIONS, cache: bool = True) -> list[Verdict]:
    return list(corpus.check([Path(each) for each in paths], options, jobs=1, cache=cache))


def test_what_has_not_changed_is_not_looked_at_again(looked_at: list[str]) -> None:
    _write("tei/a.xml", '<p who="#b"/>')
    _write("tei/b.xml")
    first = _run("tei")
    assert _run("tei") == first
    assert looked_at == ["tei/a.xml", "tei/b.xml"]
    _write("tei/b.xml", '<p who="#c"/>')
    assert _codes(_run("tei")) == [("I003",), ("I003",)]
    assert looked_at[2:] == ["tei/b.xml"]
    _run("tei", cache=False)
    assert len(looked_at) == 5


def test_another_question_is_another_entry(looked_at: list[str]) -> None:
    _write("a.xml", '<p xml:id="a"/><p xml:id="a"/><p who="#b"/>')
    assert _codes(_run("a.xml")) == [("I001", "I003")]
    assert _codes(_run("a.xml", options=Options(frozenset({"I003"})))) == [("I003",)]
    assert len(looked_at) == 2


def test_a_schema_that_has_changed_is_asked_again(folder: Path, looked_at: list[str]) -> None:
    _write("a.xml")
    options = Options(schemas=(folder / "any.rnc",))
    assert _codes(_run("a.xml", options=options)) == _codes(_run("a.xml", options=options)) == [()]
    (folder / "any.rnc").write_text("element TEI { empty }")
    assert _codes(_run("a.xml", options=options)) == [("S001",)]
    assert len(looked_at) == 2


def test_a_part_that_has_changed_is_looked_at_again(looked_at: list[str]) -> None:
    _write("part.xml")
    _write("a.xml", '<xi:include href="part.xml"/>')
    assert _codes(_run("a.xml") + _run("a.xml")) == [(), ()]
    assert len(looked_at) == 1
    _write("part.xml", '<p who="#c"/>')
    assert _codes(_run("a.xml")) == [("I003",)]
    assert len(looked_at) == 2


@pytest.mark.parametrize(
    "content",
    [
        '<xi:include href="none.xml"/>',
        '<xi:include href="none.xml"><xi:fallback/></xi:include>',
        '<p><xi:include href="note.txt" parse="text"/></p>',
    ],
)
def test_what_may_change_from_outside_is_not_kept(content: str, looked_at: list[str]) -> None:
    Path("note.txt").write_text("text")
    _write("a.xml", content)
    _run("a.xml")
    _run("a.xml")
    assert len(looked_at) == 2


def test_a_damaged_entry_counts_for_nothing(folder: Path, looked_at: list[str]) -> None:
    _write("a.xml", '<p who="#b"/>')
    first = _run("a.xml")
    (entry,) = (folder / ".cache" / "siglum" / "verdicts").iterdir()
    whole = entry.read_bytes()
    json = b'[[],[0,[["a.xml",1]]]]'
    for damage in (b"", whole[:-10], whole.replace(b"I003", b"I001"), b"null", verdicts._packed([]), b"%s" % json):
        entry.write_bytes(damage)
        assert _run("a.xml") == first
    assert len(looked_at) == 7


def test_the_cache_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "_MOST", 2_000)
    for number in range(50):
        _write(f"tei/{number}.xml")
    _run("tei")
    kept = list((folder / ".cache" / "siglum" / "verdicts").iterdir())
    assert kept
    assert sum(each.stat().st_size for each in kept) <= 2_000


def test_without_a_place_for_it_all_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    _write("a.xml", '<p who="#b"/>')
    assert _codes(_run("a.xml")) == [("I003",)]


# --- what has changed


def test_only_what_has_changed_and_what_includes_it_is_looked_at() -> None:
    _write("tei/a.xml", '<p who="#b"/>')
    _write("tei/b.xml")
    _write("tei/whole.xml", '<xi:include href="../parts/p%201.xml"/>')
    _write("parts/p 1.xml")
    found = corpus.check(
        [Path("tei")], _OPTIONS, jobs=1, changed=[Path("tei/b.xml").resolve(), Path("parts/p 1.xml").resolve()]
    )
    assert [each.name for each in found] == ["tei/b.xml", "tei/whole.xml"]
    assert list(corpus.check([Path("tei")], _OPTIONS, jobs=1, changed=[])) == []


# --- files too large for a tree


def test_a_large_file_is_read_piece_by_piece(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGE", 100)
    (folder / "one.rnc").write_text('default namespace = "http://www.tei-c.org/ns/1.0"\nelement TEI { element p { empty }* }')
    long = _write("long.xml", "<p/>\n" * 50 + "<q/>\n")
    broken = _write("broken.xml", "<p/>\n" * 50 + "<q>\n")
    Path("other.xml").write_text("<stuff>" + " " * 200 + "</stuff>")
    (verdict,) = _run(str(long), options=Options(schemas=(folder / "one.rnc",)))
    assert [(each.code, each.line) for each in verdict.findings] == [("X009", 1), ("S001", 51)]
    assert _codes(_run(str(broken))) == [("X009", "X001")]
    assert _codes(_run(str(broken), options=Options(frozenset({"S001"}), (folder / "one.rnc",)))) == [("X009", "X001")]
    assert [each.passed_over for each in _run(str(folder)) if each.name.endswith("other.xml")] == [True]
