"""The audit from the terminal: whether it is as it was written, and where it ends."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from citizen.base import audit, proof
from citizen.base.db import only_reading

group = click.Group("audit", help="What staff did, and whether the record of it is whole.")


@group.command("verify")
@click.option("--head", "heads", multiple=True, metavar="COUNT:DIGEST",
              help="An end of the chain that you have kept. May be given several times.")
@click.option("--heads", "files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file with such ends, one a line.")
@with_appcontext
def verify(heads: tuple[str, ...], files: tuple[Path, ...]) -> None:
    """Name every row that was changed, removed or inserted by another hand than the program's.

    Exit code 0: everything is as it was written. 1: something is not.
    """
    kept = proof.kept_heads(current_app.extensions["citizen.settings"].data_folder)
    for typed in heads:
        kept += proof.read_heads(typed) or _refuse(typed)
    for file in files:
        kept += proof.read_heads(file.read_text(encoding="utf-8"))
    wrong = 0
    with only_reading():
        end = audit.head()
        click.echo(f"End of the chain: {end or 'missing'}")
        click.echo(f"Ends kept outside the database: {len(kept)}")
        for finding in proof.findings(kept):
            wrong += _tell(finding)
        for findings in current_app.extensions["citizen.proofs"]:
            for finding in findings():
                wrong += _tell(finding)
    click.echo(f"Not as written: {wrong}" if wrong else "Everything is as it was written.")
    sys.exit(1 if wrong else 0)


@group.command("head")
@with_appcontext
def head() -> None:
    """Print where the chain ends now: keep the line outside this machine, for `verify --head`."""
    with only_reading():
        click.echo(audit.head() or "")


def _refuse(typed: str) -> list[audit.Head]:
    raise click.BadParameter(f"“{typed}” is no count and digest.", param_hint="--head")


def _tell(finding: proof.Finding) -> int:
    click.echo(f"{finding.kind.capitalize()}: {finding.what}")
    return 1
