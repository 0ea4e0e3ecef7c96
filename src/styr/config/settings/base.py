"""Settings shared by every way of running the program."""

import os
from typing import Any

from styr.access.proxies import trusted_proxies
from styr.access.sign_on.providers import read_local_login, read_providers
from styr.access.sign_on.saml_providers import read_saml_providers

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
LANGUAGES = [("da", "Dansk")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "styr.ui",  # before allauth, so that its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    # The simple configurations leave the template loaders to TEMPLATES below, which names them itself.
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "styr.audit",
    "styr.access",
    "styr.controls",
    "styr.people",
    "styr.suppliers",
    "styr.contracts",
    "styr.grants",
    "styr.invoices",
    "styr.deliveries",
    "styr.ledger",
    "styr.reconciliation",
    "styr.refunds",
    "styr.budgets",
    "styr.planning",
    "styr.agreements",
    "styr.drafting",
    "styr.texts",
    "styr.negotiations",
    "styr.transport",
    "styr.trips",
    "styr.routes",
    "styr.fleet",
    "styr.tenders",
    "styr.initiatives",
    "styr.reports",
    "styr.integrations",
    "styr.workspace",
    "styr.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "styr.access.web.middleware.IdleMiddleware",
    # Opens the request's transaction and puts its token in it: the user is a row under the policies as well.
    "styr.access.web.middleware.ScopeMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "styr.access.web.rules.RuleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Innermost: it draws the page inside the scope, behind the page's own rule.
    "styr.ui.table_files.TableFileMiddleware",
]

ROOT_URLCONF = "styr.config.urls"
WSGI_APPLICATION = "styr.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "styr.ui.loading.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "styr.access.templatetags.once",
                "styr.ui.templatetags.icons",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "styr.access.web.context.may",
                "styr.workspace.web.context.frame",
            ],
        },
    },
]
# Hidden fields of the forms that components draw themselves (undo, confirm, selected rows).
STYR_FORM_MARKS = ["styr.access.templatetags.once.once"]
FORM_RENDERER = "styr.ui.rendering.Fields"

# --- database ---------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["styr.config.router.OwnerMigrates"]

# --- people and their sessions ----------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["styr.access.web.login.ScopedBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "styr.access.web.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
STYR_IDLE_MINUTES = 60  # nobody has asked for anything: the session ends
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "styr.access.web.login.LocalAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# A municipality's people share an address behind its own network, so an address may fail often and a name seldom. The
# counts are shared by all processes. An address is the client's only when the proxies in front are counted.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "100/10m/ip,5/5m/key"}
# Who must show more than a password: required (everybody), optional, or roles with commas.
STYR_SECOND_FACTOR = os.environ.get("STYR_SECOND_FACTOR", "optional")
# Municipalities that log in through a provider of their own; where they do, a name and a password may be left to
# administrators: "administrators" in place of "everybody".
STYR_OIDC = read_providers(os.environ)
STYR_SAML = read_saml_providers(os.environ)
STYR_LOCAL_LOGIN = read_local_login(os.environ.get("STYR_LOCAL_LOGIN", "everybody"))
MFA_ADAPTER = "styr.access.web.second_factor.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Styr"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a code is taken once all the same
MFA_FORMS = {
    "authenticate": "styr.access.web.second_factor.forms.CodeForm",
    "reauthenticate": "styr.access.web.second_factor.forms.AgainForm",
    "activate_totp": "styr.access.web.second_factor.forms.AppForm",
    "add_webauthn": "styr.access.web.second_factor.forms.KeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = trusted_proxies(os.environ.get("STYR_TRUSTED_PROXIES", "0"))
CACHES = {"default": {"BACKEND": "styr.access.web.shared.SharedCache"}}

# --- what is encrypted --------------------------------------------------------------
# (model, field, place): columns sealed with access.crypto besides the CPR fields, which are found by themselves. A key
# rotation covers them; the place must be the one that the domain seals with.
STYR_SEALED_COLUMNS = [
    ("people.DataRequest", "content", "people_datarequest|content|{id}"),
    ("people.Erasure", "archive", "people_erasure|archive|{id}"),
    ("invoices.Document", "content", "invoices_document|content|{id}"),
    ("ledger.PaymentFile", "content", "ledger_paymentfile|content|{id}"),
    ("ledger.PaymentFile", "vouchers", "ledger_paymentfile|vouchers|{id}"),
    ("agreements.AgreementDocument", "content", "agreements_agreementdocument|content|{id}"),
    ("agreements.AgreementDocument", "text", "agreements_agreementdocument|text|{id}"),
    ("agreements.ScannedPage", "text", "agreements_scannedpage|text|{id}"),
    ("agreements.ScannedPage", "picture", "agreements_scannedpage|picture|{id}"),
    ("drafting.TemplateVersion", "content", "drafting_templateversion|content|{id}"),
    ("drafting.ContractDraft", "facts", "drafting_contractdraft|facts|{id}"),
    ("drafting.DraftVersion", "content", "drafting_draftversion|content|{id}"),
    ("drafting.DraftVersion", "read", "drafting_draftversion|read|{id}"),
    ("drafting.DraftVersion", "pdf", "drafting_draftversion|pdf|{id}"),
    ("drafting.DraftVersion", "redline", "drafting_draftversion|redline|{id}"),
    ("drafting.SignedFile", "content", "drafting_signedfile|content|{id}"),
    ("negotiations.CaseLetter", "content", "negotiations_caseletter|content|{id}"),
    ("texts.ClauseFact", "said", "texts_clausefact|said|{id}"),
    ("trips.RideOrder", "content", "trips_rideorder|content|{id}"),
    ("tenders.Bid", "content", "tenders_bid|content|{id}"),
    ("tenders.Bid", "attachment", "tenders_bid|attachment|{id}"),
    ("integrations.ImportFile", "content", "integrations_importfile|content|{municipality_id}|{sha256}"),
    ("integrations.UploadedFile", "content", "integrations_uploadedfile|content|{id}"),
    ("integrations.ImportUpload", "found", "integrations_importupload|found|{id}"),
    ("integrations.ImportUpload", "answers", "integrations_importupload|answers|{id}"),
    ("integrations.ImportUpload", "error_file", "integrations_importupload|error_file|{id}"),
]

# --- audit --------------------------------------------------------------------
PGHISTORY_BASE_MODEL = "styr.audit.event.Event"
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

# --- files handed in ------------------------------------------------------------------
# Kept in memory until they are encrypted: nothing that somebody hands in lies on a disk in clear.
FILE_UPLOAD_HANDLERS = ["styr.integrations.web.receiving.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

# --- jobs -----------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# --- signed contracts: a file of the certificates (PEM) of issuers whose signatures are trusted -------------------
STYR_SIGNATURE_ROOTS = os.environ.get("STYR_SIGNATURE_ROOTS", "")

# --- servers of the municipality's own, where it has them: addresses, roads (OSRM), a map ("https://…/{z}/{x}/{y}.png")
STYR_ADDRESS_SERVICE = os.environ.get("STYR_ADDRESS_SERVICE", "")
STYR_ROUTE_SERVICE = os.environ.get("STYR_ROUTE_SERVICE", "")
STYR_MAP_TILES = os.environ.get("STYR_MAP_TILES", "")

# --- mail: what waits, by ids and addresses of pages; to the terminal where no mail server is named ----------------
STYR_SITE = os.environ.get("STYR_SITE", "http://localhost:8000").rstrip("/")
EMAIL_HOST = os.environ.get("STYR_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("STYR_MAIL_PORT", "25"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("STYR_MAIL_FROM", "styr@localhost")

# --- the browser ----------------------------------------------------------------
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *filter(None, ["/".join(STYR_MAP_TILES.split("/")[:3])])],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
