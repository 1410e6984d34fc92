"""The device's store, writing, settling and sync, case by case in a real browser; the cases are in the .js files."""
from __future__ import annotations

import re

import pytest

from tests.device.server import HERE

CASES = [(path.stem, name) for path in sorted(HERE.glob("*ing.js"))
         for name in re.findall(r"^export async function (\w+)", path.read_text("utf-8"), re.MULTILINE)]


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}-{case}" for file, case in CASES])
def test_the_device(lab, file, case):
    lab.evaluate("([file, name]) => import(`/cases/t/${file}.js`).then((cases) => cases[name]())", [file, case])
