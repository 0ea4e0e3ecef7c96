from django.urls import path

from styr.grants.web import acts, approving, prices, views, writing

urlpatterns = [
    path("", views.grants, name="grants"),
    path("ny/", writing.new, name="grant_new"),
    path("priser/", prices.prices, name="prices_asked"),
    path("ny/find/", writing.find, name="grant_find"),
    path("ny/pris/", writing.price, name="grant_price"),
    path("<uuid:grant_id>/", views.grant, name="grant"),
    path("<uuid:grant_id>/historik/", views.history, name="grant_history"),
    path("<uuid:grant_id>/ret/", writing.edit, name="grant_edit"),
    path("<uuid:grant_id>/godkend/", approving.approve, name="grant_approve"),
    path("<uuid:grant_id>/godkend/virkning/", approving.weigh, name="grant_weigh"),
    path("<uuid:grant_id>/send-tilbage/", approving.send_back, name="grant_send_back"),
    path("<uuid:grant_id>/traek-tilbage/", approving.withdraw, name="grant_withdraw"),
    path("<uuid:grant_id>/aabn-igen/", approving.reopen, name="grant_reopen"),
    path("<uuid:grant_id>/fortryd-stop/", acts.resume, name="grant_resume"),
    path("<uuid:grant_id>/fravaer/<uuid:absence_id>/fortryd/", acts.undo_absence, name="grant_absence_undo"),
    path("<uuid:grant_id>/opfoelgning/", acts.follow_up, name="grant_follow_up"),
    path("<uuid:grant_id>/handling/<slug:name>/", acts.act, name="grant_act"),
    path("<uuid:grant_id>/handling/<slug:name>/virkning/", acts.effect, name="grant_effect"),
]
