"""The addresses of the accounts app."""

from django.urls import path

from marketplace.accounts import api, views
from marketplace.accounts.proposal import urls as proposal
from marketplace.accounts.setting import urls as setting

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
    path(
        "organizations/<uuid:pk>/reapply/",
        views.organization_reapply,
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
    path("organizations/", api.Organizations.as_view(), name="api_list_organizations"),
    path(
        "organizations/apply/",
        api.ApplyOrganization.as_view(),
        name="api_apply_organization",
    ),
    path(
        "organizations/<uuid:pk>/",
        api.OneOrganization.as_view(),
        name="api_get_organization",
    ),
    path(
        "organizations/<uuid:pk>/examine/",
        api.ExamineOrganization.as_view(),
        name="api_examine_organization",
    ),
    path(
        "organizations/<uuid:pk>/verify/",
        api.VerifyOrganization.as_view(),
        name="api_verify_organization",
    ),
    path(
        "organizations/<uuid:pk>/refuse/",
        api.RefuseOrganization.as_view(),
        name="api_refuse_organization",
    ),
    path(
        "organizations/<uuid:pk>/reapply/",
        api.ReapplyOrganization.as_view(),
        name="api_reapply_organization",
    ),
    path(
        "organizations/<uuid:pk>/suspend/",
        api.SuspendOrganization.as_view(),
        name="api_suspend_organization",
    ),
    path(
        "organizations/<uuid:pk>/reinstate/",
        api.ReinstateOrganization.as_view(),
        name="api_reinstate_organization",
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
    path("invitations/<uuid:pk>/", api.OneInvitation.as_view(), name="api_get_invitation"),
    path("tokens/<uuid:pk>/", api.OneToken.as_view(), name="api_get_token"),
    path("invitations/", api.Invitations.as_view(), name="api_list_invitations"),
    path(
        "invitations/<uuid:pk>/withdraw/",
        api.WithdrawInvitation.as_view(),
        name="api_withdraw_invitation",
    ),
    path(
        "invitations/<uuid:pk>/resend/",
        api.ResendInvitation.as_view(),
        name="api_resend_invitation",
    ),
    path("addresses/prove/", api.ProveAddress.as_view(), name="api_prove_address"),
    path("addresses/ask/", api.AskForAddressProof.as_view(), name="api_ask_for_address_proof"),
    path("people/", api.People.as_view(), name="api_list_people"),
    path("people/<uuid:pk>/", api.OnePerson.as_view(), name="api_get_person"),
    path("people/<uuid:pk>/set-roles/", api.SetRoles.as_view(), name="api_set_roles"),
    path(
        "people/<uuid:pk>/set-signing-limit/",
        api.SetSigningLimit.as_view(),
        name="api_set_signing_limit",
    ),
    path("people/<uuid:pk>/make-owner/", api.MakeOwner.as_view(), name="api_make_owner"),
    path("people/<uuid:pk>/step-down/", api.StepDown.as_view(), name="api_step_down"),
    path(
        "people/<uuid:pk>/record-identity/",
        api.RecordIdentity.as_view(),
        name="api_record_identity",
    ),
    path(
        "people/<uuid:pk>/deactivate/",
        api.DeactivatePerson.as_view(),
        name="api_deactivate_person",
    ),
    path(
        "people/<uuid:pk>/reactivate/",
        api.ReactivatePerson.as_view(),
        name="api_reactivate_person",
    ),
    path("tokens/", api.Tokens.as_view(), name="api_list_tokens"),
    path("tokens/create/", api.CreateToken.as_view(), name="api_create_token"),
    path("tokens/<uuid:pk>/revoke/", api.RevokeToken.as_view(), name="api_revoke_token"),
]
