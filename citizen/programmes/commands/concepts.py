"""A municipality's own words: taken in from a file, listed, and reviewed in what residents have written."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from citizen.analysis.additions import BadAdditions
from citizen.analysis.hits import hits
from citizen.analysis.lexicon import load_lexicon
from citizen.analysis.normalise import words as words_of
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.base.tables import UnreadableFile
from citizen.programmes import actions, queries
from citizen.programmes.models import Municipality
from citizen.programmes.rules import files, words
from citizen.programmes.rules.matching import Clash, Warned
from citizen.programmes.rules.words import Entry

concepts = click.Group("concepts", help="A municipality's own words for the text analysis.")
_WORDS_SHOWN = 8


@concepts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", "slug", required=True, help="Short name of the municipality.")
@click.option("--dry-run", is_flag=True, help="Check and report; store nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before storing.")
@with_appcontext
def import_file(file: Path, slug: str, dry_run: bool, yes: bool) -> None:
    """Take in own words from FILE (.csv, .xlsx or .json).

    The whole file is checked first; a wrong row stops everything. What is there and not in the file
    stays. The same file twice changes nothing.
    """
    municipality = _municipality(slug)
    entries = _read(file, municipality)
    own = {found.entry.key: found.entry for found in queries.own_entries(municipality.id)}
    fresh = [entry for entry in entries if own.get(entry.key) != entry]
    new = sum(entry.key not in own for entry in fresh)
    for warned in queries.warnings_of(municipality, fresh):
        click.echo(f"Notice: {_warning(warned)}", err=True)
    told = f"{new} new, {len(fresh) - new} changed, {len(entries) - len(fresh)} here already"
    if dry_run:
        click.echo(f"Concepts: {told}. Dry run: nothing was stored.")
        return
    # Nobody who writes shall wait while a person thinks.
    session.rollback()
    if fresh and not yes and sys.stdin.isatty():
        click.confirm(f"Concepts: {told}. Store them?", abort=True)
    if fresh:
        _store(slug, fresh)
    click.echo(f"Concepts: {told}.")


@concepts.command("list")
@click.option("--municipality", "slug", required=True, help="Short name of the municipality.")
@with_appcontext
def list_concepts(slug: str) -> None:
    """What a municipality has added, one concept a line: id, name, words."""
    shipped = queries.shipped_concepts()
    for own in queries.own_entries(_municipality(slug).id):
        entry = own.entry
        if entry.extends:
            called = f"more words for {shipped[entry.key].names['en']}" if entry.key in shipped else "gone"
        else:
            called = next(iter(entry.names.values()))
        click.echo(f"{entry.key}\t{called}\t{', '.join(entry.stems)}")


@concepts.command("review")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@click.option("--unknown", "most", type=click.IntRange(0, 1000), default=50, show_default=True,
              help="So many words that speak of no concept.")
@with_appcontext
def review(slug: str, most: int) -> None:
    """Each concept's hits in the published ideas, and the commonest words that hit nothing."""
    programme = queries.programme(slug)
    if programme is None:
        known = ", ".join(p.slug for p in queries.programmes()) or "none yet"
        raise click.ClickException(f"There is no programme {slug}. There are: {known}.")
    lexicon = load_lexicon(queries.lexicon_additions(programme.id))
    names = {concept.id: concept.names["en"] for concept in lexicon.concepts}
    texts = queries.published_texts([programme.id])
    found = hits(lexicon, map(words_of, texts), words_shown=_WORDS_SHOWN, unknown_shown=most)
    click.echo(f"{found.texts} published ideas, {found.covered} speak of at least one concept.\n")
    for concept in found.concepts:
        if concept.texts:
            mark = " (own)" if ":" in concept.concept else ""
            click.echo(f"{concept.texts:>6}  {names[concept.concept]}{mark}: {_counted(concept.words)}")
    if found.unknown:
        click.echo(f"\nWords that speak of no concept: {_counted(found.unknown)}")


def _counted(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{word} {count}" for word, count in counts)


def _municipality(slug: str) -> Municipality:
    found = queries.municipality(slug)
    if found is None:
        known = ", ".join(m.slug for m in queries.municipalities()) or "none yet"
        raise click.ClickException(f"There is no municipality {slug}. There are: {known}.")
    return found


def _read(file: Path, municipality: Municipality) -> list[Entry]:
    own = {found.entry.key: found.entry for found in queries.own_entries(municipality.id)}
    try:
        additions = files.read_file(file.name, file.read_bytes(), queries.shipped_lexicon())
    except UnreadableFile as error:
        raise click.ClickException(f"{file.name}: {error}.") from error
    except BadAdditions as bad:
        for problem in bad.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("Nothing was stored. Correct the file and try again.") from bad
    return [words.from_addition(one, queries.shipped_concepts(), own) for one in additions]


def _store(slug: str, entries: Sequence[Entry]) -> None:
    try:
        actions.import_entries(_municipality(slug), entries, user_id=None)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    session.commit()


def _warning(warned: Warned) -> str:
    examples = ", ".join(warned.examples)
    if warned.clash is Clash.SAME:
        return f"{warned.word} is also a word of {warned.concept}."
    if warned.clash is Clash.MANY:
        return (f"{warned.word} lies in {warned.words} words of {warned.texts} published ideas: {examples}"
                + (" …" if warned.words > len(warned.examples) else "") + ".")
    return f"{examples}: no longer speak of {warned.concept}, for the longer of two words counts."
