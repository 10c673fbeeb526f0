from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CredentialIssued(Fact):
    """The centre signed a credential."""

    kind = "credentials.credential_issued"
    label = _("Credential issued")
    credential_kind: str
    number: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class CredentialSuspended(Fact):
    """A credential does not hold for the time being."""

    kind = "credentials.credential_suspended"
    label = _("Credential suspended")
    reason: str


@dataclass(frozen=True, kw_only=True)
class CredentialReinstated(Fact):
    """A suspended credential holds again."""

    kind = "credentials.credential_reinstated"
    label = _("Credential reinstated")


@dataclass(frozen=True, kw_only=True)
class CredentialRevoked(Fact):
    """A credential does not hold any more."""

    kind = "credentials.credential_revoked"
    label = _("Credential revoked")
    reason: str


@dataclass(frozen=True, kw_only=True)
class SigningKeyCreated(Fact):
    """A key that signs credentials was made."""

    kind = "credentials.signing_key_created"
    label = _("Signing key created")
    public_key: str


@dataclass(frozen=True, kw_only=True)
class SigningKeyRetired(Fact):
    """A key signs no more credentials; those that it has signed stay verifiable."""

    kind = "credentials.signing_key_retired"
    label = _("Signing key retired")
    public_key: str


@dataclass(frozen=True, kw_only=True)
class CredentialRemarked(Fact):
    """What stands beside a credential today changed; `remarks` counts them."""

    kind = "credentials.credential_remarked"
    label = _("Remarks on the signed document changed")
    remarks: int
