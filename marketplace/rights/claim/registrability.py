"""Who may register what: which rights a source gives, and what has to show it.

Source: 国数综政策〔2026〕35号, articles 15, 21, 26 and 34; that a product made from public data
needs the registration of that data first follows 发改数据规〔2025〕26号.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import AssetKind, SourceKind
from marketplace.core import Invalid
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.procedure.profile import Profile, procedures
from marketplace.rights.right.choices import Right

EVERY_RIGHT = frozenset(right.value for right in Right)
PUBLIC_KINDS = (AssetKind.GOVERNMENT, AssetKind.PUBLIC_SERVICE)


@dataclass(frozen=True)
class Origin:
    """Where data comes from and who asks; `asked_besides` is what the procedure asks for where a
    registration rests on a certificate, None where the source of the data decides."""

    source_kind: str
    asset_kind: str
    organization_kind: str
    contract_grants_right: bool = False
    asked_besides: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Need:
    """One kind of evidence that must be attached, and the rule that asks for it."""

    kind: EvidenceKind
    code: str
    article: str
    why: str | Promise


def check_claimable(origin: Origin, *, rights: frozenset[str], years: int, terms: Profile) -> None:
    """Refuse what cannot be registered at all, whatever the evidence.

    Raises:
        Invalid: with the code of the rule and the article in the sentence.
    """
    if not rights or not rights <= EVERY_RIGHT:
        sentence = _("Choose at least one of the rights to hold, to use and to operate.")
        raise Invalid(sentence, code="no-right-chosen", fields={"rights": [sentence]})
    check_term(years, terms)
    if origin.source_kind == SourceKind.STATUTORY_DUTY:
        _check_duty(origin, rights, terms)
    if origin.source_kind == SourceKind.ENTRUSTED and not origin.contract_grants_right:
        sentence = _(
            "Who processes data for somebody else holds no right in it (art. 21(7)). The principal "
            "can claim, or you can where your contract grants you the right."
        )
        raise Invalid(
            sentence, code="processor-has-no-right", fields={"contract_grants_right": [sentence]}
        )


def procedures_for(origin: Origin) -> list[Profile]:
    """Return the procedures by which data of an origin is registered, the default first.

    What was collected in statutory duty is registered as public data, not as property.
    """
    offered = procedures(origin.asset_kind)
    if origin.source_kind != SourceKind.STATUTORY_DUTY:
        return offered
    return [each for each in offered if each.duty_rights]


def _check_duty(origin: Origin, rights: frozenset[str], terms: Profile) -> None:
    fitting = procedures_for(origin)
    if not fitting:
        sentence = _(
            "Data that comes from a statutory duty is public data. Describe its kind as government "
            "or public-service data; then it can be registered."
        )
        raise Invalid(sentence, code="not-registrable-public-duty-data")
    if not terms.duty_rights:
        sentence = _(
            "Data that comes from a statutory duty is no property of the body that keeps it "
            "(art. 15(1)). Choose the procedure “%(procedure)s” instead."
        ) % {"procedure": fitting[0].title}
        raise Invalid(
            sentence, code="not-registrable-public-duty-data", fields={"procedure": [sentence]}
        )
    if not rights <= set(terms.duty_rights):
        sentence = _("The procedure registers only these rights: %(rights)s.") % {
            "rights": ", ".join(str(Right(right).label) for right in terms.duty_rights)
        }
        raise Invalid(sentence, code="right-not-of-procedure", fields={"rights": [sentence]})


def check_term(years: int, terms: Profile) -> None:
    """Refuse a term that a procedure does not give.

    Raises:
        Invalid: it is not of one year to the longest.
    """
    if not 1 <= years <= terms.longest_validity_years:
        sentence = _(
            "A right is confirmed for one to %(most)d years (art. 26). Choose a shorter term."
        ) % {"most": terms.longest_validity_years}
        raise Invalid(sentence, code="validity-too-long", fields={"term_years": [sentence]})


def needs(origin: Origin, *, rights: frozenset[str]) -> tuple[Need, ...]:
    """Return the evidence that a claim must carry, in the order of the register."""
    if origin.asked_besides is not None:
        return tuple(_BESIDES[kind] for kind in origin.asked_besides)
    return tuple(
        Need(kind, code, article, str(why))
        for applies, kind, code, article, why in _RULES
        if applies(origin, rights)
    )


def missing(
    origin: Origin, *, rights: frozenset[str], attached: frozenset[str]
) -> tuple[Need, ...]:
    return tuple(need for need in needs(origin, rights=rights) if need.kind not in attached)


def grantable(
    origin: Origin, *, rights: frozenset[str], attached: frozenset[str]
) -> frozenset[str]:
    """Return which of the rights the attached evidence supports, each taken by itself."""
    return frozenset(
        right
        for right in rights
        if not missing(origin, rights=frozenset({right}), attached=attached)
    )


_BESIDES = {
    need.kind.value: need
    for need in (
        Need(
            EvidenceKind.CONTRACT,
            "transfer-contract-missing",
            "34",
            gettext_lazy("Attach the contract by which the rights pass to the acquirer."),
        ),
        Need(
            EvidenceKind.CONTINUITY,
            "continuity-not-shown",
            "36",
            gettext_lazy(
                "State that the data, its source and your right to it are still what is "
                "registered. What was shown before stays in the register."
            ),
        ),
        Need(
            EvidenceKind.CHANGE,
            "change-not-shown",
            "",
            gettext_lazy(
                "Show what changed, such as the new business licence or the agreement on new "
                "limits."
            ),
        ),
    )
}

Rule = tuple[Callable[[Origin, frozenset[str]], bool], EvidenceKind, str, str, str | Promise]

_SOURCE = gettext_lazy("Show how the data was produced or gathered.")

_RULES: tuple[Rule, ...] = (
    (
        lambda origin, rights: origin.source_kind == SourceKind.OWN_PRODUCTION,
        EvidenceKind.SOURCE,
        "source-not-shown",
        "21(1)",
        _SOURCE,
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.STATUTORY_DUTY,
        EvidenceKind.SOURCE,
        "duty-not-shown",
        "",
        gettext_lazy("Show the law or the list of duties under which the data is collected."),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.SCRAPED,
        EvidenceKind.SOURCE,
        "source-not-shown",
        "21(4)",
        gettext_lazy(
            "Show that the data was public, and that gathering it broke no protection and "
            "disturbed no service."
        ),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.JOINT,
        EvidenceKind.SOURCE,
        "source-not-shown",
        "21(5)",
        _SOURCE,
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.AUTHORIZED_COLLECTION,
        EvidenceKind.AUTHORIZATION,
        "authorization-not-shown",
        "21(2)",
        gettext_lazy("Show the contract or consent under which the data was collected."),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.DERIVED,
        EvidenceKind.AUTHORIZATION,
        "authorization-not-shown",
        "21(6)",
        gettext_lazy("Show that you may use the data from which this was derived."),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.DERIVED,
        EvidenceKind.PROCESSING,
        "no-substantive-change-shown",
        "21(6)",
        gettext_lazy("Show what was changed in substance; mere copying gives no new right."),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.SCRAPED and Right.OPERATE in rights,
        EvidenceKind.NO_SUBSTITUTE,
        "substitution-not-excluded",
        "21(4)",
        gettext_lazy(
            "Public data that was gathered may be operated only as a product that does not replace "
            "its source. State it, or leave the right to operate out."
        ),
    ),
    (
        lambda origin, rights: (
            origin.source_kind == SourceKind.JOINT
            and Right.OPERATE in rights
            and not origin.contract_grants_right
        ),
        EvidenceKind.CONSENTS,
        "consents-missing",
        "21(5)",
        gettext_lazy(
            "Operating data that was produced jointly needs the consent of all others. Attach it, "
            "or leave the right to operate out."
        ),
    ),
    (
        lambda origin, rights: (
            origin.source_kind == SourceKind.JOINT and origin.contract_grants_right
        ),
        EvidenceKind.CONTRACT,
        "contract-not-shown",
        "21(5)",
        gettext_lazy(
            "Attach the contract among those who produced it, which grants you the right."
        ),
    ),
    (
        lambda origin, rights: origin.source_kind == SourceKind.ENTRUSTED,
        EvidenceKind.CONTRACT,
        "contract-not-shown",
        "21(7)",
        gettext_lazy("Attach the contract that grants you the right."),
    ),
    (
        lambda origin, rights: (
            origin.asset_kind in PUBLIC_KINDS
            and origin.organization_kind != OrganizationKind.GOVERNMENT
        ),
        EvidenceKind.PUBLIC_REGISTRATION,
        "public-registration-missing",
        "15(2)",
        gettext_lazy(
            "A product made from public data needs the registration of the public data first."
        ),
    ),
)
