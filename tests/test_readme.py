"""What the README says is so: settings, commands, files, links, pictures."""
from __future__ import annotations

import re
import struct
from pathlib import Path

import click
import pytest

from mentorlog import cli
from mentorlog.config import PREFIX, SECRETS, Config

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LARGEST_PICTURE_BYTES = 120_000
OF_A_MACHINE = [r"/(?:root|work|tmp|home|Users)/", r"pip install[^\n]*(?:--index|-i )", r"index-url", r"\blocalhost\b"]
MADE_LATER = {"data", "demo-data", ".venv"}


def setting_rows() -> list[str]:
    """A row for each setting, as the README shows it."""
    return [f"| `{PREFIX}{name.upper()}` | {shown(field.default)} | {field.description} |"
            for name, field in Config.model_fields.items()]


def shown(default: object) -> str:
    said = str(default).lower() if isinstance(default, bool) else str(default) if default not in ("", ()) else ""
    return f"`{said}`" if said else ""


def command_rows() -> list[str]:
    """A row for each command, with the first line of its help."""
    return [f"| `{usage(name, command)}` | {(command.help or '').splitlines()[0]} |"
            for name, command in sorted(all_commands().items())]


def all_commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in cli.commands.commands.items():
        below = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {inner}": one for inner, one in below.items()} or {name: command}
    return found


def usage(name: str, command: click.Command) -> str:
    given = [one for one in command.params if isinstance(one, click.Argument) and one.nargs == 1]
    return " ".join([name, *(one.name.upper() if one.required else f"[{one.name.upper()}]" for one in given)])


def test_settings_are_those_of_the_code():
    assert [line for line in README.splitlines() if line.startswith(f"| `{PREFIX}")] == setting_rows()


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_from_files_are_named(name):
    assert f"`{PREFIX}{name.upper()}_FILE`" in README


def test_commands_are_those_of_the_code():
    beginning = README.index("| command |")
    rows = README[beginning:README.index("\n\n", beginning)].splitlines()[2:]
    assert rows == command_rows()


def test_the_two_commands_stand_in_a_block():
    assert "```\npython3 app.py\n```" in README
    assert "```\npython3 app.py test\n```" in README


def test_files_that_are_named_are_there():
    fences = re.sub(r"```.*?```", "", README, flags=re.S)
    named = re.findall(r"`((?:\.?[\w-]+/)+[\w.*-]*|[\w-]+\.(?:py|js|md))`", fences)
    gone = [name for name in named if name.split("/")[0] not in MADE_LATER and not list(ROOT.glob(name.rstrip("/")))]
    assert len(named) > 20 and gone == []


def test_links_lead_to_files_and_headings():
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in README.splitlines() if line.startswith("#")}
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("https://")]
    wrong = [link for link in links
             if not (link[1:] in headings if link.startswith("#") else (ROOT / link).is_file())]
    assert links and wrong == []


def test_pictures_are_small_and_of_a_phone_and_a_desktop():
    pictures = re.findall(r'src="([^"]+\.png)"', README)
    sizes = [struct.unpack(">II", (ROOT / name).read_bytes()[16:24]) for name in pictures]
    assert {(360, 780), (1280, 800)} == set(sizes)
    assert max((ROOT / name).stat().st_size for name in pictures) < LARGEST_PICTURE_BYTES
    assert sorted(path.name for path in (ROOT / "screenshots").iterdir()) == sorted(Path(one).name for one in pictures)


@pytest.mark.parametrize("pattern", OF_A_MACHINE)
def test_nothing_is_of_one_machine(pattern):
    assert re.findall(pattern, README) == []


def test_the_faults_that_run_in_firefox_too_are_named():
    marked = r"^@pytest\.mark\.all_engines\n(?:@.*\n)*def test_(f\d\d)_"
    sources = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "faults").glob("test_*.py"))]
    runs = {fault.upper() for source in sources for fault in re.findall(marked, source, re.MULTILINE)}
    assert set(re.findall(r"\((F\d\d)\)", README)) == runs
