"""Mail: written in the transaction that causes it, sent by the worker after the commit."""

import logging
import secrets
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base import clock
from citizen.base.db import Base, session

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
KEPT_UNSENT = timedelta(days=30)
"""So long a message that could not be sent lies there; then its address and its words are forgotten."""


class Mail(Base):
    """A message waiting to be sent; the row goes when it has been."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    receiver: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(3))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    # Names what the mail tells of, so that an undone action can take it back.
    about: Mapped[str] = mapped_column(String(80), index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    # Where the receiver stops such mail, said in its head too, so that their program has a button.
    stop_url: Mapped[str | None] = mapped_column(String(300))


class Mailer(Protocol):
    """The door to the outside world."""

    def send(self, message: EmailMessage) -> None:
        """Hand a message over; raise OSError or SMTPException where that fails."""


class FolderMailer:
    """Writes each message as a file: for a trial without a mail server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
        (self.folder / f"{stamp}-{secrets.token_hex(3)}.eml").write_bytes(bytes(message))


class SmtpMailer:
    """A mail server at ``smtp://`` (STARTTLS where offered) or ``smtps://``."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        secure = self.url.scheme == "smtps"
        client = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with client(self.url.hostname or "", self.url.port or (465 if secure else 587), timeout=30) as server:
            if not secure and server.has_extn("starttls"):
                server.starttls()
            if self.url.username:
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
            server.send_message(message)


def mailer(url: str) -> Mailer:
    """The mailer a setting names."""
    if url.startswith("folder:"):
        return FolderMailer(Path(url.removeprefix("folder:")))
    return SmtpMailer(url)


def put(
    *, receiver: str, language: str, subject: str, body: str, about: str,
    wait: timedelta = timedelta(0), stop_url: str | None = None,
) -> None:
    """Leave a message for the worker; it goes out once the transaction is kept.

    Parameters
    ----------
    stop_url : takes a POST without a token, as RFC 8058 has it.
    """
    now = clock.now()
    session.add(
        # One line, whatever it was made of: what follows a line end would be another header.
        Mail(receiver=receiver, language=language, subject=" ".join(subject.split()), body=body, about=about,
             created_at=now, due_at=now + wait, stop_url=stop_url)
    )


def waits(about: str) -> bool:
    """Whether anything about something has not been sent yet, nor is being sent at this moment."""
    waiting = select(Mail.id).where(Mail.about == about, Mail.attempts == 0)
    return session.scalar(waiting.limit(1)) is not None


def take_back(about: str) -> None:
    """Remove what has not been sent about something that was undone."""
    session.execute(delete(Mail).where(Mail.about == about))


def take_back_stoppable(stop_url: str) -> None:
    """Remove what has not been sent and would be stopped there."""
    session.execute(delete(Mail).where(Mail.stop_url == stop_url))


def readdress(stop_url: str, receiver: str) -> None:
    """Send what has not been sent, and would be stopped there, to somebody else."""
    session.execute(update(Mail).where(Mail.stop_url == stop_url).values(receiver=receiver))


def deliver(door: Mailer, sender: str) -> int:
    """Send what is due, message by message; a failure is tried again, ever later.

    Returns
    -------
    The number of messages handed over.
    """
    sent = 0
    due = select(Mail.id).where(Mail.due_at <= clock.now(), Mail.attempts < MOST_ATTEMPTS)
    waiting = list(session.scalars(due.order_by(Mail.due_at)))
    session.rollback()
    for mail_id in waiting:
        sent += _deliver_one(mail_id, door, sender)
    return sent


def _deliver_one(mail_id: int, door: Mailer, sender: str) -> int:
    message = _claim(mail_id, sender)
    if message is None:
        return 0
    try:
        door.send(message)
    except (OSError, smtplib.SMTPException, UnicodeError):
        # Its row waits for the next try already.
        return 0
    session.execute(delete(Mail).where(Mail.id == mail_id))
    session.commit()
    return 1


def _claim(mail_id: int, sender: str) -> EmailMessage | None:
    """The message, with its next try noted: no transaction stays open while a mail server thinks."""
    mail = session.scalar(
        select(Mail).where(Mail.id == mail_id, Mail.due_at <= clock.now())
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        session.rollback()
        return None
    mail.attempts += 1
    mail.due_at = clock.now() + timedelta(minutes=2**mail.attempts)
    try:
        message = _message(mail, sender)
    except ValueError:
        # What cannot be written must not stand in the way of all that comes after it.
        log.error("Message %s cannot be written", mail_id)
        message = None
    session.commit()
    return message


def forget_unsent() -> None:
    """Forget what has been given up long ago; called now and then by workers."""
    long_ago = clock.now() - KEPT_UNSENT
    session.execute(delete(Mail).where(Mail.attempts >= MOST_ATTEMPTS, Mail.due_at < long_ago))


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.receiver, mail.subject
    message["Auto-Submitted"] = "auto-generated"
    if mail.stop_url:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Setting the content drops every Content-* header set before it.
    message.set_content(mail.body)
    message["Content-Language"] = mail.language
    return message
