"""`python3 app.py check`: the code, the templates, the scripts, and the licences of what comes with them.

Needs the extra `check`, and Node for the scripts: without it they are not checked, which is said, and with CI set
that is a failure.
"""
from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import click
from packaging.requirements import Requirement

from .files import ROOT

NPM = Path(sys.prefix) / "npm"
TOOLS = ("eslint@10.15.0", "typescript@7.0.2")
VENDORED = (ROOT / "static" / "vendor", ROOT / "service_worker" / "vendor")
LICENSED_PARTS = ("postgres", "test")
ALLOWED = ("MIT", "BSD", "APACHE", "PSF", "PYTHON SOFTWARE FOUNDATION", "ISC", "ZPL", "ZOPE", "UNLICENSE", "MPL",
           "MOZILLA", "LGPL")
MIT_TEXT = "Permission is hereby granted, free of charge"
Problems = Iterator[str]


def run() -> int:
    """Run every check and print what each found; 1 when any found something, else 0."""
    found = 0
    for check in CHECKS:
        problems = list(check())
        click.echo(f"{'not well' if problems else 'well':>8}  {(check.__doc__ or '').splitlines()[0]}")
        for problem in problems:
            click.echo(problem)
        found += len(problems)
    return 1 if found else 0


def python_style() -> Problems:
    """Python: style and likely bugs (ruff)"""
    return tool(sys.executable, "-m", "ruff", "check", "--quiet", "--output-format=concise", ".")


def python_types() -> Problems:
    """Python: types (mypy --strict)"""
    return tool(sys.executable, "-m", "mypy", "--no-error-summary")


def templates() -> Problems:
    """Templates (djlint)"""
    return tool(sys.executable, "-m", "djlint", "templates", "--lint", "--quiet")


def scripts() -> Problems:
    """Scripts: lint, types, and that what is vendored is what was published (eslint, tsc, npm)"""
    if not (shutil.which("node") and shutil.which("npm")):
        yield from ["not checked: Node and npm are needed for that"] if os.environ.get("CI") else []
        click.echo("   (the scripts were not checked: install Node 20 or newer for that)")
        return
    if problems := list(install_tools()):
        yield from problems
        return
    yield from tool(node("eslint"), ".")
    for folder in ("service_worker", "static"):
        yield from tool(node("tsc"), "--project", f"{folder}/jsconfig.json")
    yield from origins()


def licences() -> Problems:
    """Licences of everything that is installed with mentorlog, and for its tests"""
    for name in sorted(installed_with_us()):
        stated = licence(name)
        if not any(allowed in stated.upper() for allowed in ALLOWED):
            yield f"{name}: {stated or 'states no licence'}"


CHECKS: list[Callable[[], Problems]] = [python_style, python_types, templates, scripts, licences]


def tool(*command: str | Path) -> Problems:
    """What a tool prints, when it ends with an error; nothing when it is content."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        yield from (done.stdout + done.stderr).strip().splitlines() or [f"{command} failed"]


def node(name: str) -> Path:
    """A program of an npm package."""
    return NPM / "node_modules" / ".bin" / name


def install_tools() -> Problems:
    """Install eslint, tsc and the vendored packages in the environment, never in the project, once per version."""
    wanted = [*TOOLS, *(f"{package}@{version}" for _, _, package, version, *_ in vendored())]
    stamp = NPM / "package.json"
    text = json.dumps({"private": True, "description": " ".join(wanted)})
    if stamp.exists() and stamp.read_text() == text and node("eslint").exists():
        return
    shutil.rmtree(NPM, ignore_errors=True)
    NPM.mkdir()
    stamp.write_text("{}")
    quiet = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=2"]
    yield from tool("npm", "install", *quiet, "--cache", NPM / "cache", "--prefix", NPM, *wanted)
    stamp.write_text(text)


def vendored() -> Iterator[list[str]]:
    """Folder, file, package, version, licence, path in the package and sha256 of every copy that we keep."""
    for folder in VENDORED:
        for line in (folder / "VENDOR").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                yield [str(folder), *line.split()]


def origins() -> Problems:
    """Whether each vendored file is, byte for byte, the one of the published package."""
    for folder, file, package, version, _, path, _ in vendored():
        published = (NPM / "node_modules" / package / path).read_bytes()
        if digest(published) != digest((Path(folder) / file).read_bytes()):
            yield f"{file} is not {path} of {package} {version}"


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def installed_with_us() -> set[str]:
    """The packages that our requirements bring, and theirs, and so on, as far as they are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for part in LICENSED_PARTS for line in project["optional-dependencies"][part]]
    waiting, found = [Requirement(line) for line in project["dependencies"] + extras], set[str]()
    while waiting:
        one = waiting.pop()
        name = one.name.lower().replace("_", "-")
        if name in found or not is_installed(name):
            continue
        found.add(name)
        theirs = map(Requirement, metadata.requires(name) or [])
        waiting += [their for their in theirs if is_for(their, one.extras)]
    return found


def is_for(requirement: Requirement, extras: set[str]) -> bool:
    """Whether a requirement holds on this machine, with these extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def is_installed(name: str) -> bool:
    """Whether the environment has this package."""
    return next(iter(metadata.distributions(name=name)), None) is not None


def licence(name: str) -> str:
    """What a package states of its licence: expression (PEP 639), classifiers, old field, or its text."""
    about = metadata.metadata(name)
    stated = [*about.get_all("License-Expression", []),
              *(line.split("::")[-1].strip() for line in about.get_all("Classifier", []) if line.startswith("License"))]
    return " ".join(stated or about.get_all("License", [])[:1]).split("\n")[0] or by_text(name)


def by_text(name: str) -> str:
    """MIT when the file of the licence is that one; else nothing."""
    files = [file for file in metadata.files(name) or [] if file.name.upper().startswith("LICENSE")]
    return "MIT" if any(MIT_TEXT in file.read_text("utf-8") for file in files) else ""
