from django.urls import path

from styr.integrations.web import first_day, mapping_views, run_views, upload_views

urlpatterns = [
    path("indlaesninger/", run_views.imports, name="imports"),
    path("indlaesninger/holdt-ude/", run_views.kept_out, name="imports_kept_out"),
    path("indlaesninger/kolonnevalg/", mapping_views.mappings, name="import_mappings"),
    path("indlaesninger/kolonnevalg/<uuid:mapping_id>/", mapping_views.mapping, name="import_mapping"),
    path("indlaesninger/kolonnevalg/<uuid:mapping_id>/udgaa/", mapping_views.retire, name="import_mapping_retire"),
    path(
        "indlaesninger/kolonnevalg/<uuid:mapping_id>/version/<int:number>/",
        mapping_views.use_version,
        name="import_mapping_use",
    ),
    path("indlaesninger/filer/", upload_views.hand_in, name="import_hand_in"),
    path("indlaesninger/filer/<uuid:upload_id>/", upload_views.upload, name="import_upload"),
    path("indlaesninger/filer/<uuid:upload_id>/fremdrift/", upload_views.progress, name="import_progress"),
    path("indlaesninger/filer/<uuid:upload_id>/ret/", upload_views.mend, name="import_mend"),
    path("indlaesninger/filer/<uuid:upload_id>/kolonner/", upload_views.columns, name="import_columns"),
    path("indlaesninger/filer/<uuid:upload_id>/indlaes/", upload_views.land, name="import_land"),
    path("indlaesninger/filer/<uuid:upload_id>/stands/", upload_views.stop, name="import_stop"),
    path("indlaesninger/filer/<uuid:upload_id>/igen/", upload_views.again, name="import_again"),
    path("indlaesninger/filer/<uuid:upload_id>/laeg-vaek/", upload_views.put_away, name="import_put_away"),
    path("indlaesninger/filer/<uuid:upload_id>/fejl.xlsx", upload_views.error_file, name="import_error_file"),
    path("indlaesninger/<uuid:run_id>/", run_views.run, name="import_run"),
    path("indlaesninger/<uuid:run_id>/fortryd/", run_views.undo, name="import_undo"),
    path("kom-i-gang/", first_day.first_day, name="first_day"),
    path("kom-i-gang/skabelon.xlsx", first_day.template, name="import_template"),
]
