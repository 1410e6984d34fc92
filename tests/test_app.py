"""`app.py` on a bare machine: it makes its environment, mends it, and says what is missing."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.processes import ROOT, environment

BARE = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"}
BASE = os.path.realpath(sys.executable)  # the Python below this environment
WHEEL = "tiny-1.0-py3-none-any.whl"
CLI = """
import os, sys
def main():
    import tiny
    print(sys.argv[1:], sys.prefix, os.environ["MENTORLOG_DATA"])
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, whose product needs one tiny package and prints what reached it."""
    folder = tmp_path / "my checkout"
    (folder / "mentorlog").mkdir(parents=True)
    shutil.copy(ROOT / "app.py", folder)
    (folder / "mentorlog" / "__init__.py").touch()
    (folder / "mentorlog" / "cli.py").write_text(CLI)
    wheel = tmp_path / WHEEL
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    (folder / "pyproject.toml").write_text(
        f'[project]\ndependencies = ["tiny @ {wheel.as_uri()}"]\n[project.optional-dependencies]\ntest = []\n')
    return folder


def start(folder: Path, *words: str, python: str = BASE, **settings: str) -> subprocess.CompletedProcess[str]:
    """`python3 app.py …` from another working directory, with an environment that holds next to nothing."""
    return subprocess.run([python, str(folder / "app.py"), *words], cwd="/", env={**BARE, **settings}, text=True,
                          capture_output=True, check=False)


def test_first_run_makes_the_environment_and_the_second_only_starts(checkout):
    first = start(checkout, "--port", "3")
    assert first.stdout == f"['--port', '3'] {checkout}/.venv {checkout}/data\n", first.stderr
    assert "Installing" in first.stderr
    assert start(checkout).stderr == ""


def test_what_went_wrong_the_first_time_is_mended_the_next(checkout):
    venv, project = checkout / ".venv", checkout / "pyproject.toml"
    whole = project.read_text()
    # The Python of an old environment is gone, and what is to be installed cannot be found.
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/nonexistent/python3")
    (venv / ".made").write_text("3.11")
    project.write_text(whole.replace(WHEEL, "nothing.whl"))
    failed = start(checkout)
    assert failed.returncode == 1
    assert "Not everything could be installed" in failed.stderr
    # Now it can be found, but somebody pulled the plug in the middle of it.
    project.write_text(whole)
    (venv / ".installed").write_text("begun")
    mended = start(checkout)
    assert "Making the environment" in mended.stderr
    assert f"{checkout}/.venv" in mended.stdout


def test_python_without_venv_is_told_what_to_install(checkout, tmp_path):
    (tmp_path / "ensurepip.py").write_text("raise ImportError")
    told = start(checkout, PYTHONPATH=str(tmp_path))
    assert told.returncode == 1
    assert re.search(r"apt-get install python3\.\d+-venv", told.stderr)


def test_older_python_is_told_so(checkout):
    older = f"import sys; sys.version_info = (3, 9, 2); exec(open({str(checkout / 'app.py')!r}).read())"
    told = subprocess.run([BASE, "-c", older], text=True, capture_output=True, check=False)
    assert told.stderr.startswith("mentorlog needs Python 3.11 or newer, and this is 3.9.")


@pytest.mark.parametrize("name", ["app", "create_app()"])
def test_wsgi_servers_find_the_app(name, data):
    ask = f"import app; print(app.{name}.test_client().get('/healthz').json)"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment(MENTORLOG_DATA=str(data)), text=True,
                          capture_output=True, check=False)
    assert done.stdout == "{'ok': True}\n", done.stderr


def test_flask_finds_the_app(data):
    done = subprocess.run([sys.executable, "-m", "flask", "--app", "app", "routes"], cwd=ROOT, text=True,
                          env=environment(MENTORLOG_DATA=str(data)), capture_output=True, check=False)
    assert "/healthz" in done.stdout, done.stderr
