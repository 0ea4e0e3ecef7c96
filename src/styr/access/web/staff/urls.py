from django.urls import path

from styr.access.web.sign_on import mapping
from styr.access.web.staff import acts, keys, password, people, setup

urlpatterns = [
    path("opsaetning/brugere/", people.users, name="users"),
    path("opsaetning/brugere/ny/", people.user_new, name="user_new"),
    path("opsaetning/brugere/<uuid:user_id>/", people.user, name="user"),
    path("opsaetning/brugere/<uuid:user_id>/navn/", acts.rename, name="user_rename"),
    path("opsaetning/brugere/<uuid:user_id>/rolle/", acts.role_give, name="user_role_give"),
    path("opsaetning/brugere/<uuid:user_id>/rolle/slut/", acts.role_end, name="user_role_end"),
    path("opsaetning/brugere/<uuid:user_id>/rolle/svar/", acts.role_answer, name="user_role_answer"),
    path("opsaetning/brugere/<uuid:user_id>/luk/", acts.close, name="user_close"),
    path("opsaetning/brugere/<uuid:user_id>/aabn/", acts.reopen, name="user_reopen"),
    path("opsaetning/brugere/<uuid:user_id>/sessioner/slut/", acts.sessions_end, name="user_sessions_end"),
    path("opsaetning/brugere/<uuid:user_id>/login-trin/nulstil/", acts.factors_reset, name="user_factors_reset"),
    path("opsaetning/brugere/<uuid:user_id>/link/", acts.link_make, name="user_link"),
    path("opsaetning/brugere/<uuid:user_id>/spaerring/", acts.block, name="user_block"),
    path("opsaetning/brugere/<uuid:user_id>/spaerring/slut/", acts.block_lift, name="user_block_lift"),
    path("opsaetning/brugere/<uuid:user_id>/noegle/", keys.program_key_new, name="user_key_new"),
    path("opsaetning/noegler/", keys.keys, name="api_keys"),
    path("opsaetning/noegler/<uuid:key_id>/luk/", keys.key_end, name="api_key_end"),
    path("opsaetning/systembrugere/ny/", keys.program_new, name="program_new"),
    path("konto/api-noegler/ny/", keys.own_key_new, name="account_key_new"),
    path("konto/api-noegler/<uuid:key_id>/luk/", keys.own_key_end, name="account_key_end"),
    path("opsaetning/enheder/", setup.tree, name="units"),
    path("opsaetning/enheder/ny/", setup.unit_new, name="unit_new"),
    path("opsaetning/enheder/<uuid:unit_id>/", setup.unit, name="unit"),
    path("opsaetning/graenser/", setup.limit_list, name="limits"),
    path("opsaetning/jobfunktionsroller/", mapping.job_roles, name="job_roles"),
    path("opsaetning/jobfunktionsroller/svar/", mapping.job_role_answer, name="job_role_answer"),
    path("opsaetning/jobfunktionsroller/<uuid:job_role_id>/fjern/", mapping.job_role_remove, name="job_role_remove"),
    path("opsaetning/adgang/", setup.overview, name="access_overview"),
    path("konto/vaelg-adgangskode/", password.password_choose, name="password_choose"),
]
