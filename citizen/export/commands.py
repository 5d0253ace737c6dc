"""Files for others from the command line."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import click
from flask.cli import with_appcontext

from citizen.base.db import session
from citizen.base.locale import LANGUAGES
from citizen.export.actions import Order, write_export
from citizen.export.rules.columns import documentation
from citizen.export.rules.files import SEPARATORS, Format, Variant, What, ending
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme

group = click.Group("export", help="Ideas, themes and portfolio candidates as files.")


@group.command("write")
@click.option("--programme", "slug", required=True, help="Short name of the programme.")
@click.option("--what", type=click.Choice([w.value for w in What]), default=What.EVERYTHING.value,
              show_default=True)
@click.option("--format", "chosen", type=click.Choice([f.value for f in Format]), required=True)
@click.option("--variant", type=click.Choice([v.value for v in Variant]), default=Variant.PUBLIC.value,
              show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES),
              help="For names of themes; else the programme's first.")
@click.option("--separator", type=click.Choice(list(SEPARATORS)), default="semicolon", show_default=True,
              help="In CSV files.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def write(slug: str, what: str, chosen: str, variant: str, language: str | None, separator: str,
          output: Path) -> None:
    """Write one file. Everything as CSV is a .zip with three."""
    programme = programme_queries.programme(slug)
    if programme is None:
        known = ", ".join(p.slug for p in programme_queries.programmes()) or "none yet"
        raise click.ClickException(f"There is no programme {slug}. There are: {known}.")
    order = Order(What(what), Variant(variant), Format(chosen), SEPARATORS[separator],
                  language or programme.municipalities[0].languages[0])
    expected = "." + ending(order.what, order.format)
    if output.suffix.lower() != expected:
        raise click.BadParameter(f"The name of this file must end in {expected}.", param_hint="--output")
    _write(output, programme, order)
    click.echo(f"Wrote {output} ({output.stat().st_size} bytes).")


def _write(output: Path, programme: Programme, order: Order) -> None:
    """Put it beside the target first, so that nobody reads half a file."""
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as part:
            try:
                write_export(part, programme, order, None)
                part.close()
                session.commit()
                os.replace(part.name, output)
            except BaseException:
                os.unlink(part.name)
                raise
    except OSError as error:
        raise click.ClickException(f"{output} could not be written: {error}.") from error


@group.command("columns")
def columns() -> None:
    """Print the columns of every table as Markdown, as they stand in docs/export.md."""
    click.echo(documentation(), nl=False)
