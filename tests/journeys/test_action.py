"""The shell steps of `action.yml`, run as GitHub would run them, and what the hook for pre-commit calls."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>\n'
_STEP = re.compile(r"^    - name: (.+)\n(?:      .*\n|\n)+", re.MULTILINE)
_ENVIRONMENT = re.compile(r"^        (SIGLUM_\w+): \$\{\{ (.+) \}\}$", re.MULTILINE)

pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="bash and git are wanted")


@pytest.fixture(scope="module")
def steps(project_root: Path) -> dict[str, str]:
    """Each step's text by its name."""
    text = (project_root / "action.yml").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in _STEP.finditer(text)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a faulty document in its first commit, and a sound one since."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "siglum.toml").touch()
    (tmp_path / "my schema.rnc").write_text("start = any\nany = element * { (attribute * { text } | any | text)* }\n")
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a b.xml").write_text(_TEI.format('<p who="#x"/>'))
    _git("init", "-q", "-b", "main")
    _git("add", "-A")
    _git("commit", "-q", "-m", "first")
    (tmp_path / "tei" / "new.xml").write_text(_TEI.format("<p/>"))
    return tmp_path


def _git(*arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def _script(step: str) -> str:
    return dedent(step.partition("      run: |\n")[2])


def _run(step: str, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """The step, with its inputs as the environment that the action makes of them; other variables are empty."""
    wanted = {name: given.pop(name, "") for name, _ in _ENVIRONMENT.findall(step)}
    assert wanted
    assert not given, f"the step takes no {given}"
    own = {"RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "output"), "XDG_CACHE_HOME": str(folder / ".cache")}
    path = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", _script(step)],
        env=os.environ | own | wanted | {"PATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_input_and_nothing_else_is_used(project_root: Path) -> None:
    text = (project_root / "action.yml").read_text(encoding="utf-8")
    declared = re.findall(r"^  (\w+):$", text.partition("inputs:")[2].partition("outputs:")[0], re.MULTILINE)
    assert sorted(declared) == sorted(re.findall(r"inputs\.(\w+)", text)) == sorted(set(declared))
    assert not re.search(r"\$\{\{", "".join(_script(found[0]) for found in _STEP.finditer(text))), (
        "a way in for other people's text"
    )


@pytest.mark.parametrize(("version", "wanted"), [("", "/the/action"), ("0.1.0", "siglum==0.1.0")])
def test_the_wanted_version_is_installed(steps: dict[str, str], folder: Path, version: str, wanted: str) -> None:
    (folder / "bin").mkdir()
    (folder / "bin" / "python3").write_text('#!/bin/sh\necho "$@"\n')
    (folder / "bin" / "python3").chmod(0o755)
    done = _run(steps["Install siglum"], folder, SIGLUM_VERSION=version, SIGLUM_SOURCE="/the/action")
    assert (done.returncode, done.stdout) == (0, f"-m pip install --quiet {wanted}\n")


def test_faults_become_annotations_and_a_failure(steps: dict[str, str], folder: Path) -> None:
    done = _run(steps["Validate"], folder, SIGLUM_PATHS="tei/\n", SIGLUM_SCHEMA="my schema.rnc\n\nmy schema.rnc\n")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=tei/a b.xml,line=1,endLine=1,title=siglum I003,col=45,")
    assert done.stderr == "1 error in 1 of 2 files\n"
    assert not (folder / "output").exists()


def test_a_report_is_written_and_named(steps: dict[str, str], folder: Path) -> None:
    done = _run(steps["Validate"], folder, SIGLUM_PATHS="tei/new.xml", SIGLUM_SCHEMA="my schema.rnc", SIGLUM_FORMAT="sarif")
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "output").read_text() == f"report={folder}/siglum.sarif\n"
    assert '"version": "2.1.0"' in (folder / "siglum.sarif").read_text()


@pytest.mark.parametrize(("changed", "base"), [("true", "main"), ("HEAD", "")])
def test_only_what_has_changed(steps: dict[str, str], folder: Path, changed: str, base: str) -> None:
    given = {"SIGLUM_PATHS": "tei", "SIGLUM_CHANGED": changed, "SIGLUM_BASE": base, "SIGLUM_SCHEMA": "my schema.rnc"}
    done = _run(steps["Validate"], folder, **given)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("no errors in 1 file\n")


def test_where_the_history_is_not_known_everything_is_checked(steps: dict[str, str], folder: Path) -> None:
    done = _run(steps["Validate"], folder, SIGLUM_PATHS="tei", SIGLUM_CHANGED="true", SIGLUM_SCHEMA="my schema.rnc")
    assert done.returncode == 1
    assert "checking all documents" in done.stdout


def test_what_siglum_cannot_do_is_a_failure(steps: dict[str, str], folder: Path) -> None:
    done = _run(steps["Validate"], folder, SIGLUM_PATHS="tei", SIGLUM_SCHEMA="none.rng", SIGLUM_FORMAT="sarif")
    assert done.returncode == 2
    assert "none.rng" in done.stderr


def test_inputs_are_never_run(steps: dict[str, str], folder: Path) -> None:
    evil = "$(touch evil) `touch evil` ; touch evil --output=evil"
    _run(steps["Validate"], folder, SIGLUM_PATHS=evil, SIGLUM_SCHEMA=evil, SIGLUM_CHANGED=evil)
    assert not (folder / "evil").exists()


def test_the_hook_checks_tei_and_passes_over_the_rest(project_root: Path, folder: Path) -> None:
    hook = (project_root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    facts = dict(re.findall(r"^[- ] (\w+): (.+)$", hook, re.MULTILINE))
    assert (facts["id"], facts["language"], facts["types"]) == ("siglum-validate", "python", "[xml]")
    (folder / "other.xml").write_text("<stuff/>")
    command = [str(Path(sys.executable).parent / facts["entry"].split()[0]), *facts["entry"].split()[1:]]
    done = subprocess.run([*command, "other.xml", "tei/a b.xml"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "tei/a b.xml:1:45: I003" in done.stdout
    assert "other.xml" not in done.stdout
