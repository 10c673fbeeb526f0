"""The addresses of the accounts app."""

from django.urls import path

from marketplace.accounts import api, views
from marketplace.accounts import api as organization_api
from marketplace.accounts import api as people_api

urlpatterns = [
    path("apply/", views.organization_apply, name="organization_apply"),
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<uuid:pk>/", views.organization_detail, name="organization_detail"),
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
    path("invitations/<str:secret>/", views.invitation_accept, name="invitation_accept"),
    path("invitations/<uuid:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("people/<uuid:pk>/roles/", views.person_roles, name="person_roles"),
    path("people/<uuid:pk>/identity/", views.person_identity, name="person_identity"),
    path("people/<uuid:pk>/deactivate/", views.person_deactivate, name="person_deactivate"),
    path("people/<uuid:pk>/reactivate/", views.person_reactivate, name="person_reactivate"),
    path("language/setlang/", views.language_choose, name="set_language"),
    path("account/tokens/", views.account_tokens, name="account_tokens"),
    path("account/tokens/<uuid:pk>/revoke/", views.token_revoke, name="token_revoke"),
]

api_patterns = [
    path("sender/", api.CheckSender.as_view(), name="api_check_sender"),
    path("organizations/", organization_api.Organizations.as_view(), name="api_list_organizations"),
    path(
        "organizations/apply/",
        organization_api.ApplyOrganization.as_view(),
        name="api_apply_organization",
    ),
    path(
        "organizations/<uuid:pk>/",
        organization_api.OneOrganization.as_view(),
        name="api_get_organization",
    ),
    path(
        "organizations/<uuid:pk>/verify/",
        organization_api.VerifyOrganization.as_view(),
        name="api_verify_organization",
    ),
    path(
        "organizations/<uuid:pk>/refuse/",
        organization_api.RefuseOrganization.as_view(),
        name="api_refuse_organization",
    ),
    path(
        "organizations/<uuid:pk>/suspend/",
        organization_api.SuspendOrganization.as_view(),
        name="api_suspend_organization",
    ),
    path(
        "organizations/<uuid:pk>/reinstate/",
        organization_api.ReinstateOrganization.as_view(),
        name="api_reinstate_organization",
    ),
    path(
        "organizations/<uuid:pk>/invite/",
        people_api.InvitePerson.as_view(),
        name="api_invite_person",
    ),
    path(
        "invitations/accept/", people_api.AcceptInvitation.as_view(), name="api_accept_invitation"
    ),
    path("invitations/", people_api.Invitations.as_view(), name="api_list_invitations"),
    path(
        "invitations/<uuid:pk>/withdraw/",
        people_api.WithdrawInvitation.as_view(),
        name="api_withdraw_invitation",
    ),
    path("people/", people_api.People.as_view(), name="api_list_people"),
    path("people/<uuid:pk>/", people_api.OnePerson.as_view(), name="api_get_person"),
    path("people/<uuid:pk>/roles/", people_api.SetRoles.as_view(), name="api_set_roles"),
    path(
        "people/<uuid:pk>/identity/",
        people_api.RecordIdentity.as_view(),
        name="api_record_identity",
    ),
    path(
        "people/<uuid:pk>/deactivate/",
        people_api.DeactivatePerson.as_view(),
        name="api_deactivate_person",
    ),
    path(
        "people/<uuid:pk>/reactivate/",
        people_api.ReactivatePerson.as_view(),
        name="api_reactivate_person",
    ),
    path("tokens/", people_api.Tokens.as_view(), name="api_list_tokens"),
    path("tokens/create/", people_api.CreateToken.as_view(), name="api_create_token"),
    path("tokens/<uuid:pk>/revoke/", people_api.RevokeToken.as_view(), name="api_revoke_token"),
]
