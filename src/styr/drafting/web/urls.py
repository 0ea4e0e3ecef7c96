"""The addresses of drafts, below /udkast/."""

from django.urls import path

from styr.drafting.web.drafts import acts, files, making, supplements, views

urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("ny/", making.new, name="draft_new"),
    path("tillaeg/<uuid:contract_id>/", supplements.new, name="draft_supplement"),
    path("<uuid:draft_id>/", views.draft, name="draft"),
    path("<uuid:draft_id>/kvalitet/", views.assurance, name="draft_quality"),
    path("<uuid:draft_id>/dannes/", files.being_made, name="draft_being_made"),
    path("<uuid:draft_id>/skriv/", making.anew, name="draft_anew"),
    path("<uuid:draft_id>/tjek/", acts.check, name="draft_check"),
    path("<uuid:draft_id>/underskrift/", acts.sign, name="draft_sign"),
    path("<uuid:draft_id>/underskrevet/", files.signed, name="draft_signed_file"),
    path("<uuid:draft_id>/udgave/ny/", acts.hand_in, name="draft_version_new"),
    path("<uuid:draft_id>/udgave/<int:number>/", views.version, name="draft_version"),
    path("<uuid:draft_id>/udgave/<int:number>/<slug:what>/", files.version_file, name="draft_file"),
    path("<uuid:draft_id>/<slug:name>/", acts.act, name="draft_act"),
]
