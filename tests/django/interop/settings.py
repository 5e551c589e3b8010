"""The settings of a Django that shares its database with an rdj application.

RDJ_DJANGO_DATABASE   `sqlite:///path` or `postgres://user@host:port/name?schema=schema`
RDJ_DJANGO_SECRET     the secret key
"""

import os
from urllib.parse import parse_qs, unquote, urlsplit


def database(url):
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # a transaction that begins with a read cannot wait for another writer later
        options = {"timeout": 10, "transaction_mode": "IMMEDIATE"}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": options,
        }
    schema = parse_qs(parts.query)["schema"][0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port,
        "OPTIONS": {"options": f"-c search_path={schema}"},
    }


DATABASES = {"default": database(os.environ["RDJ_DJANGO_DATABASE"])}
SECRET_KEY = os.environ["RDJ_DJANGO_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "interop.urls"
STATIC_URL = "static/"
USE_TZ = True
# a local time that is not UTC, so that nothing depends on that
TIME_ZONE = "Europe/Berlin"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "notes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# what Django writes is its default; it reads and replaces what rdj writes
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
if os.environ.get("RDJ_DJANGO_HASHER") == "argon2":
    PASSWORD_HASHERS.reverse()
