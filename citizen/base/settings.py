"""Settings: one frozen object, read once from the environment, refused when it cannot hold."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(RuntimeError):
    """A setting is missing or contradicts another; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """Everything the administrator decides outside the program.

    Attributes
    ----------
    data_folder : where the SQLite files, the secret key and undelivered mail lie.
    secret_key : signs cookies and receipts. Losing it makes every receipt link unreadable.
    database_url : SQLAlchemy URL; SQLite in the data folder unless given.
    broker_url : ``sqlite:///…`` (embedded), ``redis://…`` or ``postgresql://…`` for the job queue.
    base_url : the address residents use; ``https`` except on this machine alone.
    mail_url : ``folder:PATH`` or ``smtp://user:password@host:port`` (``smtps://`` for TLS at once).
    mail_sender : the address mail comes from.
    web_processes : processes serving pages; more than one needs a shared counter (Redis).
    submit_limit, survey_limit, sign_in_limit, receipt_limit : rate limits per address, as "30 per 10
        minutes".
    fastest_form : seconds before which a form that is back is held back, as no person is so quick.
    hold_after : ideas and lines from one address within an hour after which the rest is held back.
    trusted_proxies : number of reverse proxies in front whose ``X-Forwarded-*`` is believed.
    """

    data_folder: Path
    secret_key: str
    database_url: str
    broker_url: str
    base_url: str
    mail_url: str
    mail_sender: str
    web_processes: int
    submit_limit: str
    survey_limit: str
    sign_in_limit: str
    receipt_limit: str
    fastest_form: int
    hold_after: int
    trusted_proxies: int

    @property
    def secure(self) -> bool:
        """Whether pages are served over TLS."""
        return self.base_url.startswith("https://")

    @property
    def limits_url(self) -> str:
        """Where rate limits are counted: Redis when it is the broker, else this process."""
        return self.broker_url if self.broker_url.startswith("redis") else "memory://"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read ``CITIZEN_*``, ``DATABASE_URL`` and ``BROKER_URL``.

        Raises
        ------
        SettingsError
            If a value cannot be used; the message names the variable.
        """
        env = os.environ if env is None else env
        folder = Path(env.get("CITIZEN_DATA_FOLDER", "instance")).resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = cls(
            data_folder=folder,
            secret_key=_secret(env, "CITIZEN_SECRET_KEY") or _kept_key(folder / "secret.key"),
            database_url=_database(_secret(env, "DATABASE_URL"), folder),
            broker_url=_secret(env, "BROKER_URL") or f"sqlite:///{folder / 'queue.sqlite'}",
            base_url=env.get("CITIZEN_BASE_URL", "http://127.0.0.1:5000").rstrip("/"),
            mail_url=_secret(env, "CITIZEN_MAIL_URL") or f"folder:{folder / 'mail'}",
            mail_sender=env.get("CITIZEN_MAIL_SENDER", "citizen@localhost"),
            web_processes=_number(env, "CITIZEN_WEB_PROCESSES", 1),
            submit_limit=env.get("CITIZEN_SUBMIT_LIMIT", "300 per 10 minutes"),
            survey_limit=env.get("CITIZEN_SURVEY_LIMIT", "600 per 10 minutes"),
            sign_in_limit=env.get("CITIZEN_SIGN_IN_LIMIT", "10 per 10 minutes"),
            receipt_limit=env.get("CITIZEN_RECEIPT_LIMIT", "30 per 10 minutes"),
            fastest_form=_number(env, "CITIZEN_FASTEST_FORM", 3),
            hold_after=_number(env, "CITIZEN_HOLD_AFTER", 60),
            trusted_proxies=_number(env, "CITIZEN_TRUSTED_PROXIES", 0),
        )
        settings.refuse_contradictions()
        return settings

    def refuse_contradictions(self) -> None:
        """Raise SettingsError where two settings cannot hold together."""
        if len(self.secret_key) < 32:
            raise SettingsError("CITIZEN_SECRET_KEY must be at least 32 characters.")
        host = urlsplit(self.base_url).hostname
        if not self.secure and host not in LOOPBACK:
            raise SettingsError(f"CITIZEN_BASE_URL must start with https:// (it is {self.base_url}).")
        for name in ("submit_limit", "survey_limit", "sign_in_limit", "receipt_limit"):
            try:
                parse_many(getattr(self, name))
            except ValueError as error:
                raise SettingsError(f'CITIZEN_{name.upper()} must read like "60 per 10 minutes".') from error
        if self.hold_after < 1 or self.fastest_form < 0:
            raise SettingsError("CITIZEN_HOLD_AFTER must be 1 or more, CITIZEN_FASTEST_FORM 0 or more.")
        if self.web_processes < 1 or self.trusted_proxies < 0:
            raise SettingsError("CITIZEN_WEB_PROCESSES must be 1 or more, CITIZEN_TRUSTED_PROXIES 0 or more.")
        _refuse_other_than(self.broker_url, "BROKER_URL", ("sqlite:///", "redis", "postgresql://", "postgres://"))
        _refuse_other_than(self.mail_url, "CITIZEN_MAIL_URL", ("folder:", "smtp://", "smtps://"))
        if self.web_processes > 1 and self.limits_url == "memory://":
            raise SettingsError(
                "CITIZEN_WEB_PROCESSES above 1 needs BROKER_URL=redis://…, "
                "or each process would count rate limits for itself."
            )


def _refuse_other_than(value: str, name: str, beginnings: tuple[str, ...]) -> None:
    if not value.startswith(beginnings):
        raise SettingsError(f"{name} must begin with one of {', '.join(beginnings)}.")


def _secret(env: Mapping[str, str], name: str) -> str | None:
    """The value of NAME, or the content of the file that NAME_FILE points at."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE cannot be read: {error}") from error
    return env.get(name) or None


def _kept_key(path: Path) -> str:
    """The installation's own key, made on first start and readable by its owner alone."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _database(url: str | None, folder: Path) -> str:
    if not url:
        return f"sqlite:///{folder / 'citizen.sqlite'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name, default))
    except ValueError as error:
        raise SettingsError(f"{name} must be a whole number.") from error
