"""How the processes that read strangers' files are closed off on this machine, as it was tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.confinement.measuring import measured
from desensitize.confinement.ways import Confinement, Way

SENTENCES: Mapping[Confinement, Promise] = {
    Confinement(Way.NAMESPACE, has_closed_files=True): gettext_lazy(
        "The process that reads a stranger's file has no network: its namespace is its own, and "
        "it can make no socket. Of the files here it opens the one that it reads."
    ),
    Confinement(Way.FILTER, has_closed_files=True): gettext_lazy(
        "The process that reads a stranger's file has no network: it can make no socket, though "
        "this machine gives it no namespace of its own. Of the files here it opens the one that it "
        "reads."
    ),
    Confinement(Way.NAMESPACE, has_closed_files=False): gettext_lazy(
        "The process that reads a stranger's file has no network: its namespace is its own, and "
        "it can make no socket. The centre's other files are open to it, since this machine has no "
        "Landlock."
    ),
    Confinement(Way.FILTER, has_closed_files=False): gettext_lazy(
        "The process that reads a stranger's file has no network: it can make no socket, though "
        "this machine gives it no namespace of its own. The centre's other files are open to it, "
        "since this machine has no Landlock."
    ),
    Confinement(Way.LIMITS, has_closed_files=True): gettext_lazy(
        "The process that reads a stranger's file can reach the network: this machine gives it no "
        "namespace and no filter. Of the files here it opens the one that it reads, within limits "
        "on memory, time and size."
    ),
    Confinement(Way.LIMITS, has_closed_files=False): gettext_lazy(
        "The process that reads a stranger's file has limits on memory, time and size alone: this "
        "machine lets it be closed off neither from the network nor from the centre's files."
    ),
}


@dataclass(frozen=True)
class Readers:
    """How they are closed off, whether they must be isolated, and both in a sentence."""

    way: Way
    has_closed_files: bool
    is_isolated: bool
    must_be_isolated: bool
    found: str

    @property
    def refuse(self) -> bool:
        """Return whether no file is read at all."""
        return self.must_be_isolated and not self.is_isolated

    @property
    def tone(self) -> str:
        return "good" if self.is_isolated else "bad" if self.refuse else "warning"


def readers() -> Readers:
    """Return how readers of this process are closed off. Tried once, when it is first asked."""
    confinement = measured()
    must_be_isolated = bool(settings.CENTRE["ISOLATED_READERS"])
    found = str(SENTENCES[confinement])
    if must_be_isolated and not confinement.is_isolated:
        found = _("%(found)s Until that is mended, no stranger's file is read.") % {"found": found}
    return Readers(
        way=confinement.way,
        has_closed_files=confinement.has_closed_files,
        is_isolated=confinement.is_isolated,
        must_be_isolated=must_be_isolated,
        found=found,
    )
