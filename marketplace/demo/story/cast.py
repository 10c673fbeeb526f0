"""Who plays in the story. All invented: the codes are of a region that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marketplace.accounts.roles import OrganizationKind, Role

DOMAIN: Final = "example.org"


@dataclass(frozen=True)
class House:
    """An organization of the story; `uscc` is its code with the right check character."""

    name: str
    kind: OrganizationKind
    uscc: str
    contact: str


@dataclass(frozen=True)
class Part:
    """A person of the story, in one role; `key` is how the steps name them."""

    key: str
    name: str
    house: House
    role: Role

    @property
    def email(self) -> str:
        """Return the address that signs in."""
        return f"{self.key}@{DOMAIN}"


CENTRE: Final = House(
    "Lanwan Data Asset Trading Centre",
    OrganizationKind.CENTRE,
    "91990100MADEM0CE1A",
    "1 Market Square, Lanwan",
)
BUREAU: Final = House(
    "Lanwan Bureau of Statistics",
    OrganizationKind.GOVERNMENT,
    "11990100MADEM0BU2D",
    "12 Register Street, Lanwan",
)
PLATFORM: Final = House(
    "Lanwan Public Data Operations Ltd",
    OrganizationKind.PLATFORM,
    "91990100MADEM0P13H",
    "7 Harbour Road, Lanwan",
)
INSURER: Final = House(
    "Haiyan Mutual Insurance Ltd",
    OrganizationKind.COMPANY,
    "91990100MADEM01N4D",
    "88 Tower Street, Haiyan",
)
REGULATOR: Final = House(
    "Lanwan Data Administration",
    OrganizationKind.REGULATOR,
    "11990100MADEM0RE5Q",
    "3 Town Hall Lane, Lanwan",
)

ADMINISTRATOR: Final = Part("administrator", "An Xin", CENTRE, Role.ADMINISTRATOR)
REVIEWER: Final = Part("reviewer", "Ren Zhen", CENTRE, Role.REVIEWER)
SECOND_REVIEWER: Final = Part("second-reviewer", "Gong Ping", CENTRE, Role.REVIEWER)
TREASURER: Final = Part("treasurer", "Qian Qing", CENTRE, Role.FINANCE)
OFFICER: Final = Part("officer", "Tong Ji", BUREAU, Role.OFFICER)
PLATFORM_OFFICER: Final = Part("platform-officer", "Ping Tai", PLATFORM, Role.OFFICER)
BUYER: Final = Part("buyer", "Bao Xian", INSURER, Role.BUYER)
AUDITOR: Final = Part("auditor", "Jian Du", REGULATOR, Role.AUDITOR)

APPLICANTS: Final = (OFFICER, PLATFORM_OFFICER, BUYER, AUDITOR)
"""Who asks for their organization to be let in."""
COLLEAGUES: Final = (REVIEWER, SECOND_REVIEWER, TREASURER)
"""Whom the centre's administrator invites."""
EVERYBODY: Final = (ADMINISTRATOR, *COLLEAGUES, *APPLICANTS)
