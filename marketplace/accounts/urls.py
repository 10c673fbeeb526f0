from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identity.api import RecordIdentity
from marketplace.accounts.invitation.api import AcceptInvitation
from marketplace.accounts.invitation.selectors import invitations_visible_to
from marketplace.accounts.invitation.serializers import InvitationOut
from marketplace.accounts.invitation.services import (
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from marketplace.accounts.invitation.views import invitation_accept
from marketplace.accounts.limit.serializers import SigningLimitIn
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.member.services import (
    deactivate_person,
    make_owner,
    reactivate_person,
    set_roles,
    step_down,
)
from marketplace.accounts.organization.api import ApplyOrganization
from marketplace.accounts.organization.filters import OrganizationFilters
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.organization.serializers import OrganizationOut
from marketplace.accounts.organization.services import (
    examine_organization,
    reapply_organization,
    refuse_organization,
    reinstate_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.accounts.organization.views import organization_apply, organization_list
from marketplace.accounts.pages.serializers import OneOrganizationOut, OnePersonOut
from marketplace.accounts.pages.views import (
    address_ask,
    invitation_resend,
    organization_detail,
    organization_examine,
    organization_page,
    organization_token_policy,
    person_deactivate,
    person_identity,
    person_invite,
    person_make_owner,
    person_reactivate,
    person_roles,
    person_signing_limit,
)
from marketplace.accounts.person.api import People, ProveAddress
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.person.serializers import PersonOut, ProvedOut
from marketplace.accounts.person.services import ask_for_address_proof
from marketplace.accounts.person.views import address_prove, language_choose
from marketplace.accounts.proposal import urls as proposal
from marketplace.accounts.session.api import CheckSender
from marketplace.accounts.setting import urls as setting
from marketplace.accounts.token.selectors import tokens_visible_to
from marketplace.accounts.token.serializers import IssuedTokenOut, TokenOut, TokenPolicyOut
from marketplace.accounts.token.services import create_token, revoke_token, set_token_policy
from marketplace.accounts.token.views import account_tokens, token_revoke
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    *proposal.urlpatterns,
    *setting.urlpatterns,
    path("apply/", organization_apply, name="organization_apply"),
    path("organizations/", organization_list, name="organization_list"),
    path("organizations/<uuid:pk>/", organization_detail, name="organization_detail"),
    path(
        "organizations/<uuid:pk>/examine/",
        organization_examine,
        name="organization_examine",
    ),
    act_page(
        "organizations/<uuid:pk>/verify/",
        verify_organization,
        done=_("The organization is verified and can act now."),
        onto="organization_detail",
        name="organization_verify",
    ),
    form_page(
        "organizations/<uuid:pk>/refuse/",
        refuse_organization,
        done=_("The application is refused."),
        onto="organization_detail",
        again=organization_page,
        of=organizations_visible_to,
        form_as="reason_form",
        name="organization_refuse",
    ),
    form_page(
        "organizations/<uuid:pk>/reapply/",
        reapply_organization,
        done=_("Your application is in again. Attach its documents."),
        onto="organization_detail",
        again=organization_page,
        of=organizations_visible_to,
        form_as="reapply_form",
        name="organization_reapply",
    ),
    form_page(
        "organizations/<uuid:pk>/suspend/",
        suspend_organization,
        done=_("The organization is suspended."),
        onto="organization_detail",
        again=organization_page,
        of=organizations_visible_to,
        form_as="reason_form",
        name="organization_suspend",
    ),
    act_page(
        "organizations/<uuid:pk>/reinstate/",
        reinstate_organization,
        done=_("The organization can act again."),
        onto="organization_detail",
        name="organization_reinstate",
    ),
    path("organizations/<uuid:pk>/invite/", person_invite, name="person_invite"),
    path(
        "organizations/<uuid:pk>/token-policy/",
        organization_token_policy,
        name="organization_token_policy",
    ),
    path("invitations/<str:secret>/", invitation_accept, name="invitation_accept"),
    act_page(
        "invitations/<uuid:pk>/withdraw/",
        withdraw_invitation,
        done=_("The invitation is withdrawn: its link opens nothing any more."),
        onto="organization_detail",
        at="organization_id",
        name="invitation_withdraw",
    ),
    path("invitations/<uuid:pk>/resend/", invitation_resend, name="invitation_resend"),
    path("account/address/", address_ask, name="address_ask"),
    path("addresses/<str:signed>/", address_prove, name="address_prove"),
    path("people/<uuid:pk>/roles/", person_roles, name="person_roles"),
    path("people/<uuid:pk>/signing-limit/", person_signing_limit, name="person_signing_limit"),
    path("people/<uuid:pk>/identity/", person_identity, name="person_identity"),
    path("people/<uuid:pk>/make-owner/", person_make_owner, name="person_make_owner"),
    act_page(
        "people/<uuid:pk>/step-down/",
        step_down,
        done=_("You are no owner any more."),
        onto="organization_detail",
        at="organization_id",
        name="person_step_down",
    ),
    path("people/<uuid:pk>/deactivate/", person_deactivate, name="person_deactivate"),
    path("people/<uuid:pk>/reactivate/", person_reactivate, name="person_reactivate"),
    path("language/setlang/", language_choose, name="set_language"),
    path("account/tokens/", account_tokens, name="account_tokens"),
    path("account/tokens/<uuid:pk>/revoke/", token_revoke, name="token_revoke"),
]

api_patterns = [
    *proposal.api_patterns,
    *setting.api_patterns,
    path("sender/", CheckSender.as_view(), name="api_check_sender"),
    list_view(
        "organizations/",
        organizations_visible_to,
        operation="list_organizations",
        filters=OrganizationFilters,
        gives=OrganizationOut,
        about="The organizations that the caller may see.",
    ),
    path(
        "organizations/apply/",
        ApplyOrganization.as_view(),
        name="api_apply_organization",
    ),
    thing_view(
        "organizations/<uuid:pk>/",
        organizations_visible_to,
        operation="get_organization",
        gives=OneOrganizationOut,
        about="An organization, and the acts on it that are open to the caller.",
    ),
    act_view(
        "organizations/<uuid:pk>/examine/",
        examine_organization,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            examine_organization, about="What was looked at, and in which documents."
        ),
        gives=OrganizationOut,
    ),
    act_view(
        "organizations/<uuid:pk>/verify/",
        verify_organization,
        scope=Scope.ADMINISTER,
        gives=OrganizationOut,
    ),
    act_view(
        "organizations/<uuid:pk>/refuse/",
        refuse_organization,
        scope=Scope.ADMINISTER,
        gives=OrganizationOut,
    ),
    act_view(
        "organizations/<uuid:pk>/reapply/",
        reapply_organization,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            reapply_organization,
            about="What a refused application said of the organization, corrected.",
        ),
        gives=OrganizationOut,
    ),
    act_view(
        "organizations/<uuid:pk>/suspend/",
        suspend_organization,
        scope=Scope.ADMINISTER,
        gives=OrganizationOut,
        about="Stop an organization from acting, with a reason.",
    ),
    act_view(
        "organizations/<uuid:pk>/reinstate/",
        reinstate_organization,
        scope=Scope.ADMINISTER,
        gives=OrganizationOut,
    ),
    act_view(
        "organizations/<uuid:pk>/invite/",
        invite_person,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            invite_person,
            about="Whom to invite; `limit` is what they may sign for alone, null for the centre's "
            "own limit.",
        ),
        gives=InvitationOut,
        creates=True,
        made_at="get_invitation",
        about="Offer somebody to join an organization, by an e-mail to their mailbox alone.",
    ),
    act_view(
        "organizations/<uuid:pk>/set-token-policy/",
        set_token_policy,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            set_token_policy,
            name="TokenPolicyIn",
            about="What the tokens of an organization's people may be used for, and their longest "
            "life.",
        ),
        gives=TokenPolicyOut,
        summary="Set the policy for tokens",
    ),
    path("invitations/accept/", AcceptInvitation.as_view(), name="api_accept_invitation"),
    thing_view(
        "invitations/<uuid:pk>/",
        invitations_visible_to,
        operation="get_invitation",
        gives=InvitationOut,
        about="An invitation, without its secret.",
    ),
    thing_view(
        "tokens/<uuid:pk>/",
        tokens_visible_to,
        operation="get_token",
        gives=TokenOut,
        summary="Get an API token",
        about="A token, without its secret.",
    ),
    list_view(
        "invitations/",
        invitations_visible_to,
        operation="list_invitations",
        gives=InvitationOut,
        about="The invitations of the caller's organization, without their secrets.",
    ),
    act_view(
        "invitations/<uuid:pk>/withdraw/",
        withdraw_invitation,
        scope=Scope.ADMINISTER,
        gives=InvitationOut,
        about="Take an invitation back.",
    ),
    act_view(
        "invitations/<uuid:pk>/resend/",
        resend_invitation,
        scope=Scope.ADMINISTER,
        gives=InvitationOut,
        about="Send an invitation once more; the link that was sent before opens nothing any more.",
    ),
    path("addresses/prove/", ProveAddress.as_view(), name="api_prove_address"),
    act_view(
        "addresses/ask/",
        ask_for_address_proof,
        scope=Scope.ADMINISTER,
        compares=False,
        gives=ProvedOut,
        summary="Ask for the link to prove an address",
        about="Have the link sent once more that proves the caller's address.",
    ),
    path("people/", People.as_view(), name="api_list_people"),
    thing_view(
        "people/<uuid:pk>/",
        people_visible_to,
        operation="get_person",
        gives=OnePersonOut,
        about="A person of the caller's organization.",
    ),
    act_view(
        "people/<uuid:pk>/set-roles/",
        set_roles,
        scope=Scope.ADMINISTER,
        takes=serializer_of(set_roles, about="Exactly these roles."),
        gives=PersonOut,
        summary="Set a person's roles",
        about="Give a person exactly these roles.",
    ),
    act_view(
        "people/<uuid:pk>/set-signing-limit/",
        set_signing_limit,
        scope=Scope.ADMINISTER,
        takes=SigningLimitIn,
        gives=OnePersonOut,
        about="Say for what sum, in the centre's currency, a person may sign contracts alone.",
    ),
    act_view(
        "people/<uuid:pk>/make-owner/",
        make_owner,
        scope=Scope.ADMINISTER,
        gives=PersonOut,
        about="Make a colleague an owner of the organization.",
    ),
    act_view(
        "people/<uuid:pk>/step-down/",
        step_down,
        scope=Scope.ADMINISTER,
        gives=PersonOut,
        about="Give up one's own part as an owner.",
    ),
    path(
        "people/<uuid:pk>/record-identity/",
        RecordIdentity.as_view(),
        name="api_record_identity",
    ),
    act_view(
        "people/<uuid:pk>/deactivate/",
        deactivate_person,
        scope=Scope.ADMINISTER,
        gives=PersonOut,
        about="Stop a person from signing in.",
    ),
    act_view(
        "people/<uuid:pk>/reactivate/",
        reactivate_person,
        scope=Scope.ADMINISTER,
        gives=PersonOut,
        about="Let a person sign in again.",
    ),
    list_view(
        "tokens/",
        tokens_visible_to,
        operation="list_tokens",
        gives=TokenOut,
        summary="List API tokens",
        about="The caller's API tokens; everybody's for the administrator.",
    ),
    act_view(
        "tokens/create/",
        create_token,
        scope=Scope.ADMINISTER,
        takes=serializer_of(create_token, about="A new token."),
        gives=IssuedTokenOut,
        creates=True,
        made_at="get_token",
        keeps_answer=False,
        summary="Create an API token",
        about="Make a key to the API; the secret is told once.\n\nOne made by a token has no scope "
        "that this has not, and ends with it at the latest.",
    ),
    act_view(
        "tokens/<uuid:pk>/revoke/",
        revoke_token,
        scope=Scope.ADMINISTER,
        gives=TokenOut,
        summary="Revoke an API token",
        about="Stop a token from opening anything.",
    ),
]
