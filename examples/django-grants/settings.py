"""The least that the admin needs; a real site keeps its secret elsewhere."""

import os

SECRET_KEY = os.environ.get("SECRET_KEY", "a sample has none")
DEBUG = True
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "grants",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
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
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("GRANTS_DB", "grants.db"),
    }
}
ROOT_URLCONF = "urls"
STATIC_URL = "static/"
LANGUAGE_CODE = "fr"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
