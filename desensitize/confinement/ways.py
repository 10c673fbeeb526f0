"""The ways in which a process can be closed off, the surest first."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a process is kept from the network.

    A namespace has no interface that is up and nobody else's abstract sockets. The filter refuses
    every system call that makes a socket, so that one with a path in the file system is out of
    reach too; a namespace never comes without it. Where neither can be had, limits alone are left.
    """

    NAMESPACE = "namespace"
    FILTER = "filter"
    LIMITS = "limits"


@dataclass(frozen=True)
class Confinement:
    """How a process is closed off: from the network, and from files that are not its business."""

    way: Way
    has_closed_files: bool

    @property
    def is_offline(self) -> bool:
        """Return whether the process reaches nobody."""
        return self.way != Way.LIMITS

    @property
    def is_isolated(self) -> bool:
        """Return whether it reaches neither anybody nor anything but its own files."""
        return self.is_offline and self.has_closed_files


LIMITS_ALONE = Confinement(Way.LIMITS, has_closed_files=False)
CONFINEMENTS = (
    Confinement(Way.NAMESPACE, has_closed_files=True),
    Confinement(Way.FILTER, has_closed_files=True),
    Confinement(Way.NAMESPACE, has_closed_files=False),
    Confinement(Way.FILTER, has_closed_files=False),
    Confinement(Way.LIMITS, has_closed_files=True),
    LIMITS_ALONE,
)
"""Everything that is tried, in this order."""
