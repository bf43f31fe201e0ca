"""The only reader of the environment.

Every value is typed, and a missing or malformed one stops the start with the name of the variable and what
it should look like. A secret may be given as `NAME` or, as container platforms do, as a file: `NAME_FILE`.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_ENV_FILE = BASE_DIR / "var" / "local.env"

type DatabaseSettings = dict[str, Any]
type MailerSettings = dict[str, Any]


def read_local_file() -> None:
    """Take what set-up wrote for this machine (PostgreSQL, Redis, SMTP); the real environment wins."""
    if LOCAL_ENV_FILE.exists():
        environ.Env.read_env(str(LOCAL_ENV_FILE))


def text(name: str, default: str | None = None) -> str:
    """The variable as text. Without a default it must be set."""
    value = _raw(name)
    if value is None:
        if default is None:
            raise ImproperlyConfigured(f"{name} must be set (or {name}_FILE, naming a file that holds it).")
        return default
    return value


def flag(name: str, default: bool) -> bool:
    """The variable as yes or no: 1/0, true/false, yes/no, on/off."""
    value = _raw(name)
    if value is None:
        return default
    lowered = value.lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = _raw(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: list[str] | None = None) -> list[str]:
    """The variable as a list, separated by commas. Without a default it must be set and not empty."""
    value = _raw(name)
    if value is None:
        if default is None:
            raise ImproperlyConfigured(f"{name} must be set: a list separated by commas.")
        return default
    found = [part.strip() for part in value.split(",") if part.strip()]
    if not found and default is None:
        raise ImproperlyConfigured(f"{name} must not be empty.")
    return found


def path(name: str, default: Path | None = None) -> Path:
    """The variable as a folder or file. Without a default it must be set."""
    return Path(text(name, str(default) if default is not None else None)).expanduser()


def database(default: str | None = None) -> DatabaseSettings:
    """`DATABASE_URL` as Django wants it; only PostgreSQL is supported.

    A socket folder is given as `postgres://user@/name?host=/folder&port=5432`. `DATABASE_PASSWORD` (or
    `DATABASE_PASSWORD_FILE`) may hold the password alone, so that one secret serves server and program.
    """
    address = text("DATABASE_URL", default)
    parts = _split("DATABASE_URL", address, {"postgres", "postgresql"})
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    found: DatabaseSettings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": text("DATABASE_PASSWORD", unquote(parts.password or "")),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", 0),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
    if not found["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    return found


def redis(default: str | None = None) -> str:
    """`REDIS_URL` as redis-py wants it: `redis://`, `rediss://` or `unix:///path?db=0`."""
    address = text("REDIS_URL", default)
    parts = _split("REDIS_URL", address, {"redis", "rediss", "unix", "redis+socket"})
    if parts.scheme == "redis+socket":
        query = parse_qs(parts.query)
        database_number = query.get("virtual_host", query.get("db", ["0"]))[-1]
        return f"unix://{parts.path}?{urlencode({'db': database_number})}"
    return address


def celery_broker(default: str | None = None) -> str:
    """`REDIS_URL` as kombu wants it: a socket is `redis+socket:///path?virtual_host=0` there."""
    address = redis(default)
    parts = urlsplit(address)
    if parts.scheme != "unix":
        return address
    database_number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?{urlencode({'virtual_host': database_number})}"


def mailer(default: str | None = None) -> MailerSettings:
    """`SMTP_URL` as one entry of `MAILERS`.

    `smtp://user:password@host:587?tls=true`, or `smtps://` for TLS from the first byte.
    """
    parts = _split("SMTP_URL", text("SMTP_URL", default), {"smtp", "smtps"})
    query = parse_qs(parts.query)
    wrapped = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if wrapped else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": not wrapped and query.get("tls", ["false"])[-1] == "true",
            "use_ssl": wrapped,
            "timeout": number("SMTP_TIMEOUT", 20),
        },
    }


def openid_connect_providers() -> dict[str, Any]:
    """The organisation's log-in (`OIDC_SERVER_URL`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`) for allauth."""
    server = text("OIDC_SERVER_URL", "")
    if not server:
        return {}
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": text("OIDC_ID", "organisation"),
                    "name": text("OIDC_NAME", "Virksomhetens innlogging"),
                    "client_id": text("OIDC_CLIENT_ID"),
                    "secret": text("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": server},
                }
            ],
        }
    }


def openid_connect_origins() -> list[str]:
    """Where the log-in form may lead, for the content security policy."""
    parts = urlsplit(text("OIDC_SERVER_URL", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def maskinporten() -> dict[str, str]:
    """Issuer, audience and key set for tokens of other systems; empty when systems may not log in."""
    issuer = text("MASKINPORTEN_ISSUER", "")
    if not issuer:
        return {}
    return {
        "issuer": issuer,
        "audience": text("MASKINPORTEN_AUDIENCE"),
        "jwks_url": text("MASKINPORTEN_JWKS_URL"),
        "scope_prefix": text("MASKINPORTEN_SCOPE_PREFIX"),
    }


def _raw(name: str) -> str | None:
    """The value, or the content of the file named by `NAME_FILE`, or None. Both at once is an error."""
    value, file_name = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and file_name:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {problem}") from problem
    return value if value else None


def _split(name: str, address: str, schemes: set[str]) -> SplitResult:
    """The address in parts, or an error that does not repeat it: it may hold a password."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a valid address.") from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with one of: {', '.join(sorted(schemes))}.")
    return parts
