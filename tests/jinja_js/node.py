"""JavaScript for tests: modules run in the Node that Playwright brings, so nobody has to install one."""
from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent
WORKER = HERE.parents[1] / "service_worker"


class JavaScriptError(Exception):
    """What a JavaScript function threw."""


class BrokenModuleError(Exception):
    """A module that does not load."""


class Node:
    """One process for the whole test run."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([compute_driver_executable()[0], HERE / "node.mjs"], text=True,
                                        encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def call(self, module: Path, name: str, *arguments: Any) -> Any:
        """The JSON value of an exported function; promises are awaited, undefined is None.

        :raise JavaScriptError: what the function threw. :raise BrokenModuleError: the module does not load.
        """
        question = {"module": str(module), "name": name, "arguments": arguments}
        print(json.dumps(question), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "broken" in answer:
            raise BrokenModuleError(answer["broken"])
        if "error" in answer:
            raise JavaScriptError(answer["error"])
        return answer.get("value")

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@cache
def node() -> Node:
    process = Node()
    atexit.register(process.stop)
    return process


def worker_folder(**generated: str) -> Path:
    """The worker's modules as files, with the sources of `generated/<name>.js`; gone after the test run."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-worker-"))
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(WORKER, folder, dirs_exist_ok=True)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "generated").mkdir(exist_ok=True)
    for name, source in generated.items():
        (folder / "generated" / f"{name}.js").write_text(source, "utf-8")
    return folder
