from django.urls import path

from styr.workspace.web.findings import selected, views

urlpatterns = [
    path("", views.finding_list, name="findings"),
    path("valgte/", selected.findings_selected, name="findings_selected"),
    path("valgte/afgoer/", selected.findings_decide, name="findings_decide"),
    path("<uuid:finding_id>/", views.finding, name="finding"),
    path("<uuid:finding_id>/afgoer/", views.finding_decide, name="finding_decide"),
    path("<uuid:finding_id>/fortryd/", views.finding_undo, name="finding_undo"),
    path("<uuid:finding_id>/genaabn/", views.finding_reopen, name="finding_reopen"),
    path("<uuid:finding_id>/laeg-hos/", views.finding_hand_over, name="finding_hand_over"),
    path("<uuid:finding_id>/notat/", views.finding_note, name="finding_note"),
]
