"""Who can get which kinds of notices, by what they do for their organization."""

from django.db.models import TextChoices

from marketplace.accounts.roles import OrganizationKind, Role


class Reader(TextChoices):
    """What a person is to the notices: a role, where finance officers of the centre differ."""

    OWNER = "owner"
    OFFICER = "officer"
    BUYER = "buyer"
    PAYER = "payer"
    REVIEWER = "reviewer"
    TREASURER = "treasurer"
    ADMINISTRATOR = "administrator"
    ANNOTATOR = "annotator"


EVERYBODY = frozenset(Reader)


def readers_of(roles: frozenset[str], *, organization_kind: str) -> frozenset[Reader]:
    """Return what somebody with these roles in an organization of a kind is to the notices."""
    readers = {Reader(role) for role in roles if role in Reader.values}
    if Role.FINANCE in roles:
        at_centre = organization_kind == OrganizationKind.CENTRE
        readers.add(Reader.TREASURER if at_centre else Reader.PAYER)
    return frozenset(readers)
