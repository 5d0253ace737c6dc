"""The queue that wakes workers: embedded SQLite, or Redis or PostgreSQL by one setting."""

import logging
from collections.abc import Callable

from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from citizen.base import jobs, outbox, parts
from citizen.base.db import session
from citizen.base.settings import Settings


def open_queue(url: str) -> Huey:
    """The queue behind a broker's URL. Nothing but job numbers ever lies in it."""
    if url.startswith("redis"):
        return RedisHuey("citizen", url=url, results=False)
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresHuey("citizen", dsn=url, results=False)
    return SqliteHuey("citizen", filename=url.removeprefix("sqlite:///"), results=False)


def init(app: Flask, settings: Settings) -> None:
    """Wake a worker whenever a transaction that left a job is kept."""
    queue = open_queue(settings.broker_url)
    app.extensions["citizen.queue"] = queue

    @queue.task(name="run_job")  # type: ignore[untyped-decorator]
    def run_job(job_id: int) -> None:
        jobs.run(app, app.extensions["citizen.handlers"], job_id)

    def wake(job_id: int) -> None:
        try:
            run_job(job_id)
        except Exception:
            # The job is a row already; the sweep finds it.
            app.logger.exception("The queue could not be reached")

    jobs.wake_after_commit(app, wake)
    app.extensions["citizen.wake_helper"] = _helpers(app, queue)


def _helpers(app: Flask, queue: Huey) -> Callable[[int], None]:
    """What wakes another worker for a step that is done in parts."""

    @queue.task(name="help_with")  # type: ignore[untyped-decorator]
    def help_with(step_id: int) -> None:
        if not parts.help_with(app, app.extensions["citizen.openers"], step_id):
            help_with.schedule((step_id,), delay=1)

    def wake(step_id: int) -> None:
        try:
            help_with(step_id)
        except Exception:
            # Nobody has to help: whoever has the job does all of it.
            app.logger.exception("The queue could not be reached")

    return wake


def work(
    app: Flask, settings: Settings, handlers: dict[str, jobs.Handler], openers: dict[str, parts.Opener]
) -> None:
    """Be a worker until told to stop."""
    app.extensions["citizen.handlers"] = handlers
    app.extensions["citizen.openers"] = openers
    queue: Huey = app.extensions["citizen.queue"]
    logging.getLogger("huey").setLevel(logging.WARNING)

    def tidy() -> None:
        with app.app_context():
            for job_id in jobs.sweep():
                app.extensions["citizen.wake"](job_id)
            parts.tidy()
            for forget in app.extensions["citizen.forgetting"]:
                forget()
                session.commit()

    queue.on_startup("tidy")(tidy)
    queue.periodic_task(crontab(minute="*"), name="tidy")(tidy)

    @queue.periodic_task(crontab(minute="*"), name="deliver_mail")  # type: ignore[untyped-decorator]
    def deliver_mail() -> None:
        with app.app_context():
            outbox.deliver(outbox.mailer(settings.mail_url), settings.mail_sender)

    queue.create_consumer(workers=2, worker_type="thread", periodic=True, max_delay=1.0).run()
