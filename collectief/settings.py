"""Settings of the whole platform.

Everything that differs between machines comes from the environment; what is not set is the safe
production value. `./dev` chooses the embedded mode explicitly (COLLECTIEF_MODUS=ingebed).
docs/beheer.md lists every variable.
"""

import gc
import re
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from collectief.rooster import rooster
from collectief.verbinding import voorraad

# Nothing of what is imported from here on is ever thrown away, and looking for what might be is a fifth of a start.
gc.disable()  # until the last app is ready: collectief.apps

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _ja(naam: str, *, standaard: bool) -> bool:
    """Read a yes/no variable; accepts `ja`/`nee` beside what django-environ accepts."""
    waarde = env.str(naam, default="ja" if standaard else "nee")
    return waarde.strip().lower() in {"ja", "true", "1", "yes", "on"}


# --- Where and how we run -------------------------------------------------------------------
MODUS = env.str("COLLECTIEF_MODUS", default="productie")  # productie | ingebed | test
DEBUG = False
VERSIE = env.str("COLLECTIEF_VERSIE", default="0.1.0")
DEMO = _ja("COLLECTIEF_DEMO", standaard=False)
RUSTIGE_UREN = _ja("RUSTIGE_UREN", standaard=True)  # no reminders at night, in the weekend and on holidays
SECRET_KEY = env.str("SECRET_KEY")
CONTACT_ADRES = env.str("CONTACT_ADRES", default="")  # whom the press, and who finds a leak, may write to
BEVEILIGING_DAGEN = env.int("BEVEILIGING_DAGEN", default=180)  # how long security.txt says that it holds
BASIS_URL = env.str("BASIS_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("TOEGESTANE_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = [BASIS_URL]
ROOT_URLCONF = "collectief.urls"
WSGI_APPLICATION = "collectief.wsgi.application"
BEHEER_PAD = env.str("BEHEER_PAD", default="technisch-beheer").strip("/") + "/"

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # autodiscovery would import leaflet.admin, which needs GDAL
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "leaflet",
    "pgtrigger",
    "pghistory",
    "collectief.gebruikers",
    "collectief.geo",
    "collectief.post",
    "initiatieven",
    "trajecten",
    "bijeenkomsten",
    "kaart",
    "collectief",
]

MIDDLEWARE = [
    "collectief.verzoeken.noteer_in_het_log",  # around everything, so that it knows every answer
    "django.middleware.security.SecurityMiddleware",
    "kaart.middleware.BestandenMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "collectief.verzoeken.bewaar_geen_bezoeker",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "collectief.verzoeken.zeg_dat_er_een_knop_bij_hoort",  # before the line above tells how long the answer is
    "django.middleware.csrf.CsrfViewMiddleware",
    "collectief.bestanden.BestandenMiddleware",
    "collectief.rijbeveiliging.RijbeveiligingMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "collectief.gebruikers.middleware.TweedeFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "collectief.context.algemeen",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database: the app role only; the owner is for migrations ---------------------------------
DATABASE_ROL = env.str("COLLECTIEF_DATABASE_ROL", default="app")  # app | eigenaar
_database_url = "DATABASE_OWNER_URL" if DATABASE_ROL == "eigenaar" and "DATABASE_OWNER_URL" in env else "DATABASE_URL"
DATABASES = {"default": env.db_url(_database_url)}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
if DATABASE_ROL == "app" and MODUS != "test":
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = voorraad(env.int("DATABASE_VERBINDINGEN", default=8))
APP_ROL = env.db_url("DATABASE_URL")["USER"]

# --- Broker and cache --------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {  # rate limits live in the database: they hold when the broker is down and on every web process
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "collectief_cache",
        "KEY_FUNCTION": "collectief.ondertekend.onleesbaar",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 3,  # of a broker that took the call and then says nothing: a visitor waits for it
    # A page that puts mail in the outbox does not wait for a broker that is down: the sweep finds the mail.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
ANTWOORD_INTERVAL = timedelta(seconds=env.int("ANTWOORD_INTERVAL", default=60))
POST_INTERVAL = timedelta(seconds=env.int("POST_INTERVAL", default=10))
NAZORG_INTERVAL = timedelta(seconds=env.int("NAZORG_INTERVAL", default=300))
# How long a worker that is not heard of may keep a claimed message before another takes it over. A worker that lives
# renews it, however slow the mail server is. Together with the interval this stays below half a minute.
POST_PACHT = timedelta(seconds=env.int("POST_PACHT", default=15))
KAART_INTERVAL = timedelta(seconds=env.int("KAART_INTERVAL", default=10))
VERSHEID_PER_KEER = env.int("VERSHEID_PER_KEER", default=100)
CELERY_BEAT_SCHEDULE = rooster(
    post=POST_INTERVAL, nazorg=NAZORG_INTERVAL, antwoorden=ANTWOORD_INTERVAL, kaart=KAART_INTERVAL
)
CELERY_BEAT_SCHEDULER = "collectief.hartslag.Planner"

# --- Mail: everything goes through the outbox in collectief.post --------------------------------
MAIL_MAP = env.str("MAIL_MAP", default="")
if MAIL_MAP:
    MAILERS = {
        "default": {
            "BACKEND": "collectief.post.backends.MapBackend",
            "OPTIONS": {"file_path": str((BASE_DIR / MAIL_MAP).resolve())},
        }
    }
else:
    _smtp = env.email_url("EMAIL_URL", default="smtp://localhost:25")
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": _smtp["EMAIL_HOST"],
                "port": _smtp["EMAIL_PORT"],
                "username": _smtp["EMAIL_HOST_USER"],
                "password": _smtp["EMAIL_HOST_PASSWORD"],
                "use_tls": _smtp.get("EMAIL_USE_TLS", False),
                "use_ssl": _smtp.get("EMAIL_USE_SSL", False),
                "timeout": 20,
            },
        }
    }
DEFAULT_FROM_EMAIL = env.str("MAIL_VAN", default="Initiatieven Collectief <post@localhost>")
# Calendars answer to an address per guest (post+...@...), read over IMAP or a folder; without it no reply is asked.
ANTWOORD_ADRES = env.str("ANTWOORD_ADRES", default="")
ANTWOORD_IMAP = env.str("ANTWOORD_IMAP", default="")  # imaps://naam:wachtwoord@server/INBOX
ANTWOORD_MAP = env.str("ANTWOORD_MAP", default="")

# --- Who is who --------------------------------------------------------------------------------
AUTH_USER_MODEL = "gebruikers.Gebruiker"
AUTHENTICATION_BACKENDS = ["collectief.gebruikers.backends.Inlogbackend"]
PASSWORD_HASHERS = ["collectief.gebruikers.hashers.BegrensdeArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "collectief.gebruikers.wachtwoorden.LengteValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "collectief.gebruikers.wachtwoorden.LijktOpJouValidator"},
    {"NAME": "collectief.gebruikers.wachtwoorden.VeelgebruiktValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mijn"
ACCOUNT_ADAPTER = "collectief.gebruikers.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an account changes: an open screen is not its owner
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"reset_password": "collectief.gebruikers.forms.WachtwoordVergetenForm"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's request must not make us mail another stranger
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "melding": "10/h/ip,20/d/key",  # a report about a public page, by anybody
    "aanmelding": "10/h/ip,3/d/key",  # not an account: the public application form, which sends a mail
    "contact": "10/h/ip,5/d/key",  # a family's question to places
    "zoekalarm": "10/h/ip,3/d/key",  # a mail to confirm an alert
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("AANTAL_PROXIES", default=0)
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "collectief.gebruikers.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "collectief.gebruikers.forms.CodeAppForm",
    "add_webauthn": "collectief.gebruikers.forms.PasskeyForm",
    "edit_webauthn": "collectief.gebruikers.forms.PasskeynaamForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Initiatieven Collectief"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODUS != "productie"
TWEEDE_FACTOR_VERPLICHT = _ja("TWEEDE_FACTOR_VERPLICHT", standaard=True)
# Backups: a role that reads past row security, and the public half of the key (age). Only the backup itself needs them.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
RESERVEKOPIE_DATABASE_URL = env.str("RESERVEKOPIE_DATABASE_URL", default="")
RESERVEKOPIE_ONTVANGER = env.str("RESERVEKOPIE_ONTVANGER", default="")
# Fernet keys for identity fields, newest first; old ones stay until everything is re-encrypted.
SLEUTELS = env.list("COLLECTIEF_SLEUTELS")

# --- Safety ------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
_beveiligd = _ja("COLLECTIEF_BEVEILIGD", standaard=True)
SECURE_SSL_REDIRECT = _beveiligd
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the container's own health check speaks plain http
SECURE_HSTS_SECONDS = 31_536_000 if _beveiligd else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _beveiligd
SECURE_HSTS_PRELOAD = _beveiligd
# Only a proxy of ours may say that the visitor came by https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _beveiligd and ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = _beveiligd
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "__Host-sessie" if _beveiligd else "sessie"
SESSION_ENGINE = "collectief.gebruikers.sessies"
CSRF_COOKIE_SECURE = _beveiligd
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "collectief.paginas.csrf_fout"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Language, time, files ---------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
TIME_ZONE = "Europe/Amsterdam"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env.str("STATIC_MAP", default="staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static", ("gids", BASE_DIR / "docs/gids/beelden")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Photos of moments. No address leads here: a view reads from it, behind the same permission as the moment.
    "prive": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": BASE_DIR / env.str("PRIVE_MAP", default=".data/prive"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODUS == "test"
        else "collectief.statisch.StatischeBestanden"
    },
}
FILE_UPLOAD_HANDLERS = [
    "collectief.bestanden.BegrensdeUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MEDIA_ROOT = BASE_DIR / env.str("MEDIA_MAP", default=".data/media")
WHITENOISE_MAX_AGE = 3600
# What is public about the places, written by a worker and served as it is; one folder for all of them.
UITGAVE_MAP = BASE_DIR / env.str("UITGAVE_MAP", default=".data/uitgaven")
UITGAVE_URL = "/gepubliceerd/"
UITGAVE_BEWAREN = timedelta(days=1)  # how long a page may be open with a file that was replaced
# Sites that may show our small map inside their own pages, as the origins of CSP's frame-ancestors.
INSLUITEN_DOOR = env.list("INSLUITEN_DOOR", default=[])
if vreemd := [site for site in INSLUITEN_DOOR if not re.fullmatch(r"https://(\*\.)?[a-z0-9.-]+(:\d+)?", site)]:
    raise ImproperlyConfigured(f"INSLUITEN_DOOR: {', '.join(vreemd)} is not like https://school.example.")
# Streets under the map, for whoever switches them on: then, and only then, this server sees the visitor.
STRATENKAART = env.str(
    "STRATENKAART",
    default="https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
)
LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (52.15, 5.4),
    "DEFAULT_ZOOM": 7,
    "MIN_ZOOM": 6,
    "MAX_ZOOM": 16,
    "TILES": [],
    "ATTRIBUTION_PREFIX": False,
    "SCALE": "metric",
    "RESET_VIEW": False,
}

# --- Logs: structured, without personal data ----------------------------------------------------
LOG_JSON = _ja("LOG_JSON", standaard=MODUS == "productie")
_regel = {
    "format": "%(asctime)s %(levelname)s %(name)s %(trace)s %(message)s",
    "datefmt": "%Y-%m-%d %H:%M:%S%z",  # with the zone: one night a year has the hour after two o'clock twice
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "pythonjsonlogger.json.JsonFormatter", **_regel}, "regel": _regel},
    "filters": {
        "zonder_persoonsgegevens": {"()": "collectief.logs.ZonderPersoonsgegevens"},
        "zonder_ruis": {"()": "collectief.logs.ZonderRuis"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_JSON else "regel",
            "filters": ["zonder_persoonsgegevens"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "_granian": {"filters": ["zonder_ruis"]},
        "django.request": {"level": "ERROR", "filters": ["zonder_ruis"]},  # a 4xx stands in our own line of the request
        # So does what a stranger tries: there is nothing to mend, and nobody reads a traceback of each.
        **{f"django.security.{wat}": {"level": "CRITICAL"} for wat in ("DisallowedHost", "RequestDataTooBig")},
        "psycopg.pool": {"level": "ERROR"},  # it tries all the time; a request says once that the database is away
        "celery": {"level": "WARNING"},
        "celery.apps.worker": {"level": "INFO"},  # that it is ready, once
    },
}
