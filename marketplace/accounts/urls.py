from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import api, views
from marketplace.accounts.filters import OrganizationFilters
from marketplace.accounts.forms import OrganizationForm
from marketplace.accounts.limit.serializers import SigningLimitIn
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.proposal import urls as proposal
from marketplace.accounts.selectors import (
    invitations_visible_to,
    organizations_visible_to,
    people_visible_to,
    tokens_visible_to,
)
from marketplace.accounts.serializers import (
    ExamineOrganizationIn,
    InvitationOut,
    OneOrganizationOut,
    OnePersonOut,
    OrganizationOut,
    PersonOut,
    ProvedOut,
    ReapplyOrganizationIn,
    TokenOut,
)
from marketplace.accounts.services import (
    ask_for_address_proof,
    deactivate_person,
    examine_organization,
    make_owner,
    reactivate_person,
    reapply_organization,
    refuse_organization,
    reinstate_organization,
    resend_invitation,
    revoke_token,
    step_down,
    suspend_organization,
    verify_organization,
    withdraw_invitation,
)
from marketplace.accounts.setting import urls as setting
from marketplace.core import Scope
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    *proposal.urlpatterns,
    *setting.urlpatterns,
    path("apply/", views.organization_apply, name="organization_apply"),
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<uuid:pk>/", views.organization_detail, name="organization_detail"),
    path(
        "organizations/<uuid:pk>/examine/",
        views.organization_examine,
        name="organization_examine",
    ),
    path(
        "organizations/<uuid:pk>/verify/",
        views.organization_verify,
        name="organization_verify",
    ),
    path(
        "organizations/<uuid:pk>/refuse/",
        views.organization_refuse,
        name="organization_refuse",
    ),
    form_page(
        "organizations/<uuid:pk>/reapply/",
        reapply_organization,
        OrganizationForm,
        done=_("Your application is in again. Attach its documents."),
        onto="organization_detail",
        again=views.organization_page,
        of=organizations_visible_to,
        form_as="reapply_form",
        name="organization_reapply",
    ),
    path(
        "organizations/<uuid:pk>/suspend/",
        views.organization_suspend,
        name="organization_suspend",
    ),
    path(
        "organizations/<uuid:pk>/reinstate/",
        views.organization_reinstate,
        name="organization_reinstate",
    ),
    path("organizations/<uuid:pk>/invite/", views.person_invite, name="person_invite"),
    path(
        "organizations/<uuid:pk>/token-policy/",
        views.organization_token_policy,
        name="organization_token_policy",
    ),
    path("invitations/<str:secret>/", views.invitation_accept, name="invitation_accept"),
    path("invitations/<uuid:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/<uuid:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("account/address/", views.address_ask, name="address_ask"),
    path("addresses/<str:signed>/", views.address_prove, name="address_prove"),
    path("people/<uuid:pk>/roles/", views.person_roles, name="person_roles"),
    path(
        "people/<uuid:pk>/signing-limit/", views.person_signing_limit, name="person_signing_limit"
    ),
    path("people/<uuid:pk>/identity/", views.person_identity, name="person_identity"),
    path("people/<uuid:pk>/make-owner/", views.person_make_owner, name="person_make_owner"),
    path("people/<uuid:pk>/step-down/", views.person_step_down, name="person_step_down"),
    path("people/<uuid:pk>/deactivate/", views.person_deactivate, name="person_deactivate"),
    path("people/<uuid:pk>/reactivate/", views.person_reactivate, name="person_reactivate"),
    path("language/setlang/", views.language_choose, name="set_language"),
    path("account/tokens/", views.account_tokens, name="account_tokens"),
    path("account/tokens/<uuid:pk>/revoke/", views.token_revoke, name="token_revoke"),
]

api_patterns = [
    *proposal.api_patterns,
    *setting.api_patterns,
    path("sender/", api.CheckSender.as_view(), name="api_check_sender"),
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
        api.ApplyOrganization.as_view(),
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
        takes=ExamineOrganizationIn,
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
        takes=ReapplyOrganizationIn,
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
    path(
        "organizations/<uuid:pk>/invite/",
        api.InvitePerson.as_view(),
        name="api_invite_person",
    ),
    path(
        "organizations/<uuid:pk>/set-token-policy/",
        api.SetTokenPolicy.as_view(),
        name="api_set_token_policy",
    ),
    path("invitations/accept/", api.AcceptInvitation.as_view(), name="api_accept_invitation"),
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
    path("addresses/prove/", api.ProveAddress.as_view(), name="api_prove_address"),
    act_view(
        "addresses/ask/",
        ask_for_address_proof,
        scope=Scope.ADMINISTER,
        compares=False,
        gives=ProvedOut,
        summary="Ask for the link to prove an address",
        about="Have the link sent once more that proves the caller's address.",
    ),
    path("people/", api.People.as_view(), name="api_list_people"),
    thing_view(
        "people/<uuid:pk>/",
        people_visible_to,
        operation="get_person",
        gives=OnePersonOut,
        about="A person of the caller's organization.",
    ),
    path("people/<uuid:pk>/set-roles/", api.SetRoles.as_view(), name="api_set_roles"),
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
        api.RecordIdentity.as_view(),
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
    path("tokens/create/", api.CreateToken.as_view(), name="api_create_token"),
    act_view(
        "tokens/<uuid:pk>/revoke/",
        revoke_token,
        scope=Scope.ADMINISTER,
        gives=TokenOut,
        summary="Revoke an API token",
        about="Stop a token from opening anything.",
    ),
]
