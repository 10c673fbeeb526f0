"""Close this process off, then run a program in it.

Started as `python -P -m desensitize.confinement.child`, with the words of `arguments_of`.
"""

import runpy
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from desensitize.confinement import kernel
from desensitize.confinement.calls import refuse_calls
from desensitize.confinement.files import close_files
from desensitize.confinement.ways import Confinement, Way

NOT_CLOSED = 97
"""The exit code of a process that could not be closed off, and therefore ran nothing."""
CLOSED, OPEN = "closed", "open"


def arguments_of(
    confinement: Confinement, *, program: Path, work: Path, reads: Iterable[Path] = ()
) -> list[str]:
    """Return the words by which a Python runs a program that is closed off in this way.

    It may write in `work` and read what is named besides; the library's own code it may read too.
    """
    files = CLOSED if confinement.has_closed_files else OPEN
    words = [confinement.way, files, work, program, *reads]
    return ["-P", "-m", __spec__.name, *map(str, words)]


def main() -> None:
    """Run the program that is named, once everything is closed."""
    way, files, work, program, *reads = sys.argv[1:]
    confinement = Confinement(Way(way), has_closed_files=files == CLOSED)
    try:
        close_off(confinement, Path(work), [Path(program), *map(Path, reads)])
    except OSError:
        sys.exit(NOT_CLOSED)
    sys.argv = [program]
    runpy.run_path(program, run_name="__main__")


def close_off(confinement: Confinement, work: Path, reads: Iterable[Path]) -> None:
    """Give up network, privileges and files, in just this way.

    Raises:
        OSError: the way cannot be gone here.
    """
    if sys.platform != "linux":
        return
    if confinement.way == Way.NAMESPACE:
        kernel.leave_network()
    kernel.drop_privileges()
    # Without its parent nobody would wait for it. A change of rights would have taken this back.
    kernel.die_with_parent(signal.SIGKILL)
    if confinement.has_closed_files:
        close_files(work, reads)
    if confinement.is_offline:
        refuse_calls()


if __name__ == "__main__":
    main()
