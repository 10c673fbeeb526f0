"""Print the test files to run for what changed: `python -m tests.changed [BASE]`.

A changed test is one; so are all tests of a changed module's app or library, and those elsewhere
that import the module itself. For a template or a catalog of translations it is the tests of the
app's pages. Journeys, campaigns and the browser are left to `make test`, unless they changed. What
changed is what differs from BASE, by default the last commit, with what git does not track yet.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("marketplace", "desensitize", "valuation", "tests")
AT_MOST = 20
"""Test files of other apps that import what changed."""
LONG = ("tests/browser/", "tests/campaigns/", "tests/journeys/")


def changed_files(base: str) -> list[str]:
    """Return the paths that differ from a commit, and those that git does not know."""
    differing = _git("diff", "--name-only", "--diff-filter=d", base)
    return sorted({*differing, *_git("ls-files", "--others", "--exclude-standard")})


def tests_for(changed: list[str]) -> list[str]:
    """Return test files, those that changed themselves first."""
    themselves = [path for path in changed if _is_test(path)]
    modules = {_module(path) for path in changed if path.endswith(".py")} - {
        _module(path) for path in themselves
    }
    short = [path for path in _all_tests() if not path.startswith(LONG)]
    coded = {_folder_of_tests(path) for path in changed if path.endswith(".py")}
    own = [path for path in short if path.split("/")[1] in coded]
    pages = [f"tests/{_folder_of_tests(path)}/test_pages.py" for path in changed]
    importing = [path for path in short if path not in own and modules & imported(ROOT / path)]
    found = [*themselves, *own, *importing[:AT_MOST], *pages]
    return [path for path in dict.fromkeys(found) if (ROOT / path).exists()]


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the modules of ours that a file imports; `from a import b` may mean `a.b` too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(name for name in found if name.startswith(PACKAGES))


def _all_tests() -> list[str]:
    return [path for path in _git("ls-files", "tests") if _is_test(path)]


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and Path(path).name.startswith("test_")


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _folder_of_tests(path: str) -> str:
    """Return the folder of `tests/` that goes with a source file, template or catalog."""
    first, *rest = path.split("/")
    if first in ("desensitize", "valuation"):
        return first
    return rest[0] if first in ("marketplace", "templates", "tests") and len(rest) > 1 else ""


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(arguments: list[str]) -> None:
    """Print the files, for pytest."""
    print(" ".join(tests_for(changed_files(arguments[0] if arguments else "HEAD"))))


if __name__ == "__main__":
    main(sys.argv[1:])
