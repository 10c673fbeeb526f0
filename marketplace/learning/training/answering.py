"""What the child does: a JSON request on standard input, lines of JSON on standard output.

Each line tells how far it is; the last one has the report, or why there is none.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.ensemble import Former
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.measuring import measure
from marketplace.learning.training.offered import Offered
from marketplace.learning.training.work import Tell, train


def main() -> None:
    """Do one request; refusals are answers too."""
    request = json.load(sys.stdin)
    # Whatever a library prints must not pass for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(line: dict[str, Any]) -> None:
        print(json.dumps(line, ensure_ascii=True, allow_nan=False), file=answers, flush=True)

    _restrict(request["most_bytes"], request["most_seconds"])
    try:
        report = _report(request, lambda share, step: say({"share": share, "step": step}))
        say({"report": report})
    except TrainingError as error:
        say({"code": error.code, "parameters": error.parameters})
    except MemoryError:
        say({"code": "training-out-of-memory", "parameters": {}})
    except Exception:
        # Said, so that an end without a word is that of native code that was refused memory.
        say({"code": "training-crashed", "parameters": {}})


def _report(request: dict[str, Any], tell: Tell) -> dict[str, Any]:
    declaration = Declaration.from_dict(request["declaration"])
    sources = [Path(path) for path in request["sources"]]
    if request["offered"] is not None:
        held_out, own, *on_offer = sources
        offered = Offered.from_dict(request["offered"])
        return measure(
            held_out, own, on_offer[0] if on_offer else None, declaration, offered, tell=tell
        )
    return train(
        sources,
        declaration,
        Path(request["target"]),
        former=_former(request["former"]),
        tell=tell,
    )


def _former(said: dict[str, Any] | None) -> Former | None:
    if said is None:
        return None
    return Former(Path(said["model"]).read_bytes(), tuple(said["shards"]))


def _restrict(most_bytes: int, most_seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    seconds = int(most_seconds * (os.cpu_count() or 1)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
