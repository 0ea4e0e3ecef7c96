from django.urls import path

from styr.workspace.web.contracts import acts, views

urlpatterns = [
    path("kontrakter/", views.contract_list, name="contracts"),
    path("kontrakter/ny/", views.new_contract, name="contract_new"),
    path("kontrakter/<uuid:contract_id>/", views.contract, name="contract"),
    path("kontrakter/<uuid:contract_id>/historik/", views.history, name="contract_history"),
    path("kontrakter/<uuid:contract_id>/vilkaar/", acts.terms, name="contract_terms"),
    path("kontrakter/<uuid:contract_id>/linje/", acts.add_line, name="contract_line_new"),
    path("kontrakter/<uuid:contract_id>/linje/<uuid:line_id>/pris/", acts.price, name="contract_price"),
    path("kontrakter/<uuid:contract_id>/linje/<uuid:line_id>/fjern/", acts.remove_line, name="contract_line_remove"),
    path("kontrakter/<uuid:contract_id>/send/", acts.send, name="contract_send"),
    path("kontrakter/<uuid:contract_id>/traek-tilbage/", acts.take_back, name="contract_take_back"),
    path("kontrakter/<uuid:contract_id>/underskrift/", acts.sign, name="contract_sign"),
    path("kontrakter/<uuid:contract_id>/opsig/", acts.terminate, name="contract_terminate"),
]
