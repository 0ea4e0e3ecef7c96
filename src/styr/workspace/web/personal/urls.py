from django.urls import path

from styr.workspace.web.personal import calendar, views

urlpatterns = [
    path("filtre/ord/", views.list_words, name="list_words"),
    path("filtre/", views.saved_filter_list, name="saved_filter_list"),
    path("filtre/ny/", views.saved_filter_new, name="saved_filter_new"),
    path("filtre/<uuid:filter_id>/slet/", views.saved_filter_delete, name="saved_filter_delete"),
    path("filtre/<uuid:filter_id>/del/", views.saved_filter_share, name="saved_filter_share"),
    path("beskeder/", views.notice_list, name="notices"),
    path("beskeder/laest/", views.notices_read, name="notices_read"),
    path("beskeder/mail/", views.mail_choice, name="mail_choice"),
    path("beskeder/<uuid:notice_id>/", views.notice_open, name="notice_open"),
    path("kalender/", calendar.calendar_feed, name="calendar_feed"),
    path("kalender/slut/", calendar.calendar_end, name="calendar_end"),
    path("kalender/frister.ics", calendar.calendar_file, name="calendar_file"),
]
