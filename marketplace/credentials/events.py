from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CredentialIssued(Fact, kind="credentials.credential_issued", label=_("Credential issued")):
    """The centre signed a credential."""

    credential_kind: str
    number: str
    digest: str


class CredentialSuspended(
    Fact, kind="credentials.credential_suspended", label=_("Credential suspended")
):
    """A credential does not hold for the time being."""

    reason: str


class CredentialReinstated(
    Fact, kind="credentials.credential_reinstated", label=_("Credential reinstated")
):
    """A suspended credential holds again."""


class CredentialRevoked(Fact, kind="credentials.credential_revoked", label=_("Credential revoked")):
    """A credential does not hold any more."""

    reason: str


class SigningKeyCreated(
    Fact, kind="credentials.signing_key_created", label=_("Signing key created")
):
    """A key that signs credentials was made."""

    public_key: str


class SigningKeyRetired(
    Fact, kind="credentials.signing_key_retired", label=_("Signing key retired")
):
    """A key signs no more credentials; those that it has signed stay verifiable."""

    public_key: str


class CredentialRemarked(
    Fact, kind="credentials.credential_remarked", label=_("Remarks on the signed document changed")
):
    """What stands beside a credential today changed; `remarks` counts them."""

    remarks: int
