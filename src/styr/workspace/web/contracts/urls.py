from django.urls import path

from styr.workspace.web.contracts import acts, agreed_acts, price_acts, views

urlpatterns = [
    path("kontrakter/", views.contract_list, name="contracts"),
    path("kontrakter/ny/", views.new_contract, name="contract_new"),
    path("kontrakter/<uuid:contract_id>/", views.contract, name="contract"),
    path("kontrakter/<uuid:contract_id>/historik/", views.history, name="contract_history"),
    path("kontrakter/<uuid:contract_id>/vilkaar/", acts.terms, name="contract_terms"),
    path("kontrakter/<uuid:contract_id>/linje/", acts.add_line, name="contract_line_new"),
    path("kontrakter/<uuid:contract_id>/linje/<uuid:line_id>/pris/", acts.price, name="contract_price"),
    path("kontrakter/<uuid:contract_id>/linje/<uuid:line_id>/fjern/", acts.remove_line, name="contract_line_remove"),
    path("kontrakter/<uuid:contract_id>/pris/<uuid:asked_id>/svar/", price_acts.price_answer, name="price_answer"),
    path("kontrakter/<uuid:contract_id>/pris/<uuid:asked_id>/fortryd/", price_acts.price_back, name="price_back"),
    path("kontrakter/<uuid:contract_id>/send/", acts.send, name="contract_send"),
    path("kontrakter/<uuid:contract_id>/traek-tilbage/", acts.take_back, name="contract_take_back"),
    path("kontrakter/<uuid:contract_id>/underskrift/", acts.sign, name="contract_sign"),
    path("kontrakter/<uuid:contract_id>/opsig/", acts.terminate, name="contract_terminate"),
    path("kontrakter/<uuid:contract_id>/opsig-med-varsel/", agreed_acts.notice, name="contract_notice"),
    path("kontrakter/<uuid:contract_id>/aftalt/", agreed_acts.agreed_terms, name="contract_agreed"),
    path("kontrakter/<uuid:contract_id>/indflytning/", agreed_acts.move_in, name="contract_move_in"),
    path("kontrakter/<uuid:contract_id>/rammeaftale/", agreed_acts.framework, name="contract_framework"),
    path("kontrakter/<uuid:contract_id>/ansvarlig/", agreed_acts.keeper, name="contract_keeper"),
    path("kontrakter/<uuid:contract_id>/frist/", agreed_acts.duty_new, name="contract_duty_new"),
    path("kontrakter/<uuid:contract_id>/frist/<uuid:duty_id>/udfoert/", agreed_acts.duty_done, name="duty_done"),
    path("kontrakter/<uuid:contract_id>/frist/<uuid:duty_id>/fjern/", agreed_acts.duty_end, name="duty_end"),
]
