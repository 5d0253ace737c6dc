"""Ideas from the command line: a file in, checked from first row to last before anything is stored."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import with_appcontext

from citizen.base import clock
from citizen.base.cells import guarded
from citizen.base.db import session
from citizen.base.locale import LANGUAGES
from citizen.ideas import actions, queries
from citizen.ideas.rules.importing import (
    Circumstances,
    Findings,
    FoundIdea,
    Town,
    check_file,
    sort_out,
)
from citizen.ideas.rules.tables import UnreadableFile, read_table
from citizen.programmes import queries as programme_queries

group = click.Group("ideas", help="Ideas from files.")
SHOWN = 50
STORED_AT_ONCE = 200


@dataclass(frozen=True)
class _Programme:
    """A programme as plain values: no transaction stays open while a file is read or a person thinks."""

    id: int
    slug: str
    towns: list[Town]
    refs: set[str]
    keys: set[str]


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--programme", "slug", required=True, help="Short name of the programme the ideas are for.")
@click.option("--municipality", help="For rows that name none.")
@click.option("--language", type=click.Choice(LANGUAGES),
              help="For rows that name none and whose text does not tell.")
@click.option("--dry-run", is_flag=True, help="Check and report; store nothing.")
@click.option("--skip-wrong-rows", is_flag=True, help="Store the right rows although others are wrong.")
@click.option("--yes", is_flag=True, help="Do not ask before storing.")
@click.option("--report", type=click.Path(dir_okay=False, writable=True, path_type=Path),
              help="Write everything that was found to this CSV file.")
@with_appcontext
def import_file(file: Path, slug: str, municipality: str | None, language: str | None, dry_run: bool,
                skip_wrong_rows: bool, yes: bool, report: Path | None) -> None:
    """Take in ideas from FILE (.csv, .jsonl or .xlsx).

    The whole file is checked first. A wrong row stops everything, unless --skip-wrong-rows.
    The same file twice imports once.
    """
    programme = _load(slug)
    findings = _check(file, programme, _town(programme, municipality), language)
    _tell(findings)
    if report:
        _write_report(report, findings)
    new, here = sort_out(findings.ideas, programme.refs, programme.keys)
    if findings.problems and not skip_wrong_rows:
        _summarise(findings, f"{len(new)} could be imported", len(here))
        raise click.ClickException("Nothing was stored. Correct the rows, or use --skip-wrong-rows.")
    if dry_run:
        _summarise(findings, f"{len(new)} to import", len(here))
        click.echo("Dry run: nothing was stored.")
        return
    if new and not yes and sys.stdin.isatty():
        click.confirm(f"Import {_ideas(len(new))}?", abort=True)
    stored, late = _store(programme, new, file.name) if new else (0, 0)
    _summarise(findings, f"{stored} imported", len(here) + late)


def _load(slug: str) -> _Programme:
    found = programme_queries.programme(slug)
    if found is None:
        known = ", ".join(p.slug for p in programme_queries.programmes()) or "none yet"
        raise click.ClickException(f"There is no programme {slug}. There are: {known}.")
    towns = [Town(m.id, m.slug, tuple(m.names.values()), tuple(m.languages)) for m in found.municipalities]
    programme = _Programme(found.id, found.slug, towns, *queries.marks(found.id))
    session.rollback()
    return programme


def _town(programme: _Programme, name: str | None) -> Town | None:
    if name is None:
        return None
    if town := next((t for t in programme.towns if t.is_called(name)), None):
        return town
    known = ", ".join(t.slug for t in programme.towns)
    raise click.BadParameter(f"{name} does not take part in {programme.slug}. These do: {known}.")


def _check(file: Path, programme: _Programme, town: Town | None, language: str | None) -> Findings:
    # Late: text analysis is for the command line and for workers.
    from citizen.analysis.language import detect

    given = Circumstances(
        programme=programme.slug, towns=programme.towns, now=clock.now().astimezone(clock.LOCAL),
        detect=detect, town=town, language=language,
    )
    try:
        return check_file(read_table(file.name, file.read_bytes()), given)
    except UnreadableFile as error:
        raise click.ClickException(f"{file.name}: {error}.") from error


def _store(programme: _Programme, ideas: Sequence[FoundIdea], file_name: str) -> tuple[int, int]:
    """Store in parts, so that residents who send meanwhile wait for a second and no longer.

    An import that is broken off is started again: what is there already is not stored twice.
    """
    new, late = 0, 0
    for start in range(0, len(ideas), STORED_AT_ONCE):
        part = [_new_idea(programme, idea) for idea in ideas[start : start + STORED_AT_ONCE]]
        counts = actions.import_ideas(part, programme.slug, file_name)
        session.commit()
        new, late = new + counts[0], late + counts[1]
    return new, late


def _new_idea(programme: _Programme, idea: FoundIdea) -> actions.NewIdea:
    return actions.NewIdea(
        programme_id=programme.id, municipality_id=idea.municipality_id, source=idea.source,
        language=idea.language, client_key=idea.client_key, title=idea.title, body=idea.body,
        place=idea.place, sector=idea.sector, external_id=idea.external_id, submitted_at=idea.submitted_at,
        point=idea.point,
    )


# ---- what is told


def _tell(findings: Findings) -> None:
    if findings.unread_columns:
        click.echo(f"Not read: {', '.join(findings.unread_columns)}", err=True)
    notices = findings.grouped_notices()
    for notice, count in notices[:SHOWN]:
        rows = f" ({count} rows, first in line {notice.line})" if count > 1 else f" (line {notice.line})"
        click.echo(f"Notice, {notice.field}: {notice.words}{rows}", err=True)
    for problem in findings.problems[:SHOWN]:
        where = f"line {problem.line}" + (f", {problem.field}" if problem.field else "")
        click.echo(f"{where}: {problem.words}", err=True)
    if (more := len(findings.problems) - SHOWN) > 0:
        click.echo(f"… and {more} more. --report FILE.csv writes them all.", err=True)


def _summarise(findings: Findings, new: str, here: int) -> None:
    skipped = [f"{here} already here", f"{findings.wrong_rows} wrong"]
    if findings.withdrawn:
        skipped.append(f"{findings.withdrawn} withdrawn by their authors")
    click.echo(f"Ideas: {new}, {', '.join(skipped)}.")


def _write_report(path: Path, findings: Findings) -> None:
    kinds = [(p, "wrong") for p in findings.problems] + [(n, "notice") for n in findings.notices]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "field", "kind", "words"])
            for remark, kind in sorted(kinds, key=lambda pair: pair[0].line):
                writer.writerow([remark.line, remark.field, kind, guarded(remark.words)])
    except OSError as error:
        raise click.ClickException(f"The report could not be written: {error}.") from error


def _ideas(count: int) -> str:
    return "1 idea" if count == 1 else f"{count} ideas"
