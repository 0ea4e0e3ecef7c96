"""The addresses of the catalogue, below /indsatser/."""

from django.urls import path

from styr.initiatives.web import catalogues, parts, views

urlpatterns = [
    path("", views.initiatives, name="initiatives"),
    path("eksempel/", catalogues.initiative_example, name="initiative_example"),
    path("katalog/nyt/", catalogues.initiative_catalogue_new, name="initiative_catalogue_new"),
    path("katalog/<uuid:catalogue_id>/", catalogues.initiative_catalogue, name="initiative_catalogue"),
    path(
        "katalog/<uuid:catalogue_id>/dokument/<slug:what>/", catalogues.initiative_document, name="initiative_document"
    ),
    path("katalog/<uuid:catalogue_id>/ny/", views.initiative_new, name="initiative_new"),
    path("<uuid:initiative_id>/", views.initiative, name="initiative"),
    path("<uuid:initiative_id>/ret/", views.initiative_edit, name="initiative_edit"),
    path("<uuid:initiative_id>/fjern/", views.initiative_remove, name="initiative_remove"),
    path("<uuid:initiative_id>/oplaeg/", views.initiative_paper, name="initiative_paper"),
    path("<uuid:initiative_id>/prioritet/", parts.initiative_move, name="initiative_move"),
    path("<uuid:initiative_id>/plan/", parts.initiative_step_new, name="initiative_step_new"),
    path("<uuid:initiative_id>/plan/<uuid:step_id>/", parts.initiative_step_done, name="initiative_step_done"),
    path(
        "<uuid:initiative_id>/plan/<uuid:step_id>/fjern/", parts.initiative_step_remove, name="initiative_step_remove"
    ),
    path("<uuid:initiative_id>/risici/", parts.initiative_risk_new, name="initiative_risk_new"),
    path(
        "<uuid:initiative_id>/risici/<uuid:risk_id>/fjern/", parts.initiative_risk_remove, name="initiative_risk_remove"
    ),
    path("<uuid:initiative_id>/afhaenger/", parts.initiative_need_new, name="initiative_need_new"),
    path(
        "<uuid:initiative_id>/afhaenger/<uuid:dependency_id>/fjern/",
        parts.initiative_need_remove,
        name="initiative_need_remove",
    ),
]
