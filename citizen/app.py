"""Puts the house together: the only file that knows every room."""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask import Flask, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from citizen.accounts import commands as accounts_commands
from citizen.accounts import queries as accounts_queries
from citizen.accounts import routes as accounts_routes
from citizen.base import (
    access,
    audit_commands,
    compressed,
    db,
    errors,
    installed,
    jobs,
    kiosk,
    limits,
    locale,
    pages,
    parts,
    proof,
    queue,
    security,
    transaction,
    trap,
    uploads,
)
from citizen.base.settings import Settings
from citizen.contributions import actions as contributions_actions
from citizen.contributions import commands as contributions_commands
from citizen.contributions import routes as contributions_routes
from citizen.contributions.queries.newest import newest_published
from citizen.contributions.queries.proof import steps_not_as_written
from citizen.contributions.queries.seals import not_as_sealed
from citizen.demo import commands as demo_commands
from citizen.export import commands as export_commands
from citizen.export import routes as export_routes
from citizen.ideas import commands as ideas_commands
from citizen.ideas import routes as ideas_routes
from citizen.moderation import actions as moderation_actions
from citizen.moderation import commands as moderation_commands
from citizen.moderation import jobs as moderation_jobs
from citizen.moderation import routes as moderation_routes
from citizen.places import routes as places_routes
from citizen.portfolio import routes as portfolio_routes
from citizen.privacy import routes as privacy_routes
from citizen.programmes import commands as programmes_commands
from citizen.programmes import queries as programmes_queries
from citizen.programmes import routes as programmes_routes
from citizen.records import commands as records_commands
from citizen.records import routes as records_routes
from citizen.statements import actions as statements_actions
from citizen.statements import commands as statements_commands
from citizen.statements import routes as statements_routes
from citizen.surveys import commands as surveys_commands
from citizen.surveys import jobs as surveys_jobs
from citizen.surveys import policy as surveys_policy
from citizen.surveys import queries as surveys_queries
from citizen.surveys import routes as surveys_routes
from citizen.themes import actions as themes_actions
from citizen.themes import commands as themes_commands
from citizen.themes import queries as themes_queries
from citizen.themes import routes as themes_routes

ROOT = Path(__file__).parent.parent

ROUTES = (
    programmes_routes, places_routes, contributions_routes, ideas_routes, accounts_routes, moderation_routes,
    surveys_routes, themes_routes, portfolio_routes, export_routes, statements_routes,
    privacy_routes, records_routes,
)
COMMANDS = (
    programmes_commands, accounts_commands, contributions_commands, ideas_commands, moderation_commands,
    surveys_commands, themes_commands, export_commands, statements_commands, records_commands,
    demo_commands,
)
# Kind of job → the function that does it. Named, not imported: the text analysis behind it costs
# seconds and a hundred megabytes, which only workers pay.
JOBS = {
    "themes.find": "citizen.themes.jobs:find_themes",
    "themes.place": "citizen.themes.jobs:place_arrivals",
}
# Step of a job that workers share → the function that makes ready to do its parts.
STEPS = {
    "themes.survey": "citizen.themes.jobs:open_survey",
    "themes.placing": "citizen.themes.jobs:open_placing",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The web application, from settings or from the environment.

    Raises
    ------
    SettingsError
        If the settings cannot hold together.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # What residents write stands in no log, whatever goes wrong with it.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        TRANSLATIONS=ROOT / "translations",
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    app.extensions["citizen.settings"] = settings
    _open_base(app, settings)
    _open_doors(app)
    for routes in ROUTES:
        app.register_blueprint(routes.rooms, url_prefix=locale.PATH)
    for commands in COMMANDS:
        app.cli.add_command(commands.group)
    app.cli.add_command(audit_commands.group)
    app.cli.add_command(_jobs_commands(app, settings))
    return app


def _open_base(app: Flask, settings: Settings) -> None:
    db.db.init_app(app)
    db.migrate.init_app(app, db.db)
    compressed.init(app)
    locale.init(app)
    limits.init(app, settings.limits_url, settings.secret_key)
    # What is declared last looks at an answer first: kept, then given its headers.
    security.init(app, settings.secure)
    transaction.init(app)
    access.init(app, accounts_queries.viewer)
    kiosk.init(app)
    _connect(app)
    uploads.init(app)
    csrf = CSRFProtect(app)
    # These forms check their token themselves, so that a lost one costs nobody their text.
    csrf.exempt(ideas_routes.sending.create)
    csrf.exempt(ideas_routes.voices.add_voice)
    csrf.exempt(ideas_routes.reporting.send_report)
    csrf.exempt(statements_routes.feedback.send_feedback)
    # Mail programs press this button (RFC 8058): the address itself is secret and does one thing.
    csrf.exempt(ideas_routes.following.stop_now)
    csrf.exempt(surveys_routes.people.stop_mail_now)
    csrf.exempt(moderation_routes.digests.stop_digest_now)
    errors.init(app)
    pages.init(app)
    trap.init(app)
    installed.init(app)
    queue.init(app, settings)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=app.static_folder, prefix="static/", max_age=31_536_000,
        allow_all_origins=False,
    )
    if hops := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _connect(app: Flask) -> None:
    """What rooms hear of those above them, which they must not know."""
    app.extensions["citizen.municipalities"] = _municipalities
    # Contributions know no room above; who wants to hear of a text that can be read is told through here.
    app.extensions["citizen.text_shown"] = (themes_actions.ask_to_place,)
    # The queue of moderators is kept in step with what comes in and what happens to it.
    app.extensions["citizen.arrived"] = (moderation_actions.arrived,)
    app.extensions["citizen.moved"] = (moderation_actions.refresh,)
    # Words are tried on what residents have sent in; who keeps that stands above the room of words.
    app.extensions["citizen.published_texts"] = newest_published
    # Ideas are read by theme; the room of themes stands above.
    app.extensions["citizen.public_themes"] = themes_queries.entrances
    # Receipts tell which theme an idea is in; themes stand above.
    app.extensions["citizen.public_theme"] = themes_queries.public_theme_names
    # A programme's page leads to its surveys; their room stands above.
    app.extensions["citizen.open_surveys"] = surveys_queries.entrances
    # A photo of an answer is seen by those who read the answer; surveys stand above photos.
    app.extensions["citizen.reads_answer"] = _reads_answer
    # The same of many contributions at once: answers to surveys are read beside their themes.
    app.extensions["citizen.public_themes_of"] = themes_queries.public_themes_of
    # An idea that is moved to another programme leaves the themes of the one it was in.
    app.extensions["citizen.leaves_programme"] = themes_actions.take_out
    app.extensions["citizen.comes_to_programme"] = themes_actions.put_in
    # What shall not be kept for ever, and what is counted; a worker asks once a minute.
    app.extensions["citizen.forgetting"] = (
        contributions_actions.forget_unused_pictures, statements_actions.forget_addresses,
        surveys_jobs.tidy, surveys_jobs.count, partial(_keep_head, app), moderation_jobs.send_digests,
        moderation_jobs.count_figures, moderation_jobs.clear_desks,
    )
    # What `flask audit verify` looks at beside the audit itself.
    app.extensions["citizen.proofs"] = (steps_not_as_written, not_as_sealed)


def _keep_head(app: Flask) -> None:
    """Where the audit ends, noted outside the database; a full disk keeps no worker from its other work."""
    try:
        proof.keep_head(app.extensions["citizen.settings"].data_folder)
    except OSError:
        app.logger.exception("The end of the audit could not be kept")


def _municipalities() -> list[tuple[int, str, dict[str, str]]]:
    """Municipalities as the rooms below them know them: id, slug and names."""
    return [(m.id, m.slug, m.names) for m in programmes_queries.municipalities()]


def _reads_answer(viewer: access.Viewer | None, digest: str) -> bool:
    """Whether somebody reads what came in to the survey that an answer belongs to."""
    survey = surveys_queries.survey_of_answer(digest) if viewer else None
    if viewer is None or survey is None:
        return False
    programme = programmes_queries.programme_by_id(survey.programme_id)
    return surveys_policy.may_read_results(viewer, survey, programme)


def _open_doors(app: Flask) -> None:
    """The addresses without a language: each sends the reader to one that has it."""

    @app.get("/")
    @access.public
    def door() -> Response:
        language = locale.negotiate(request.accept_languages)
        answer = redirect(url_for("programmes.start", language=language))
        answer.headers["Vary"] = "Accept-Language"
        return answer

    @app.get("/no/")
    @app.get("/no/<path:rest>")
    @access.public
    def norwegian(rest: str = "") -> Response:
        query = "?" + request.query_string.decode("latin-1") if request.query_string else ""
        return redirect(f"/nb/{rest}{query}", 301)


def _jobs_commands(app: Flask, settings: Settings) -> click.Group:
    group = click.Group("jobs", help="Long work in the background.")

    @group.command("work")
    def work() -> None:
        """Be a worker until stopped."""
        queue.work(app, settings, handlers(), openers())

    @group.command("shares")
    @click.argument("job_id", type=int, required=False)
    def shares(job_id: int | None) -> None:
        """Tell which worker did how many parts of a job: the latest that was shared, or JOB_ID."""
        with app.app_context():
            for step, worker, count in parts.shares(job_id):
                click.echo(f"{step:<16} {count:>6}  {worker}")

    return group


def handlers() -> dict[str, jobs.Handler]:
    """Every kind of job with the function that does it; imports the text analysis."""
    return _named(JOBS)


def openers() -> dict[str, parts.Opener]:
    """Every step that workers share with the function that opens it; imports the text analysis."""
    return _named(STEPS)


def _named(addresses: dict[str, str]) -> dict[str, Any]:
    found = {}
    for kind, address in addresses.items():
        module, _, name = address.partition(":")
        found[kind] = getattr(import_module(module), name)
    return found
