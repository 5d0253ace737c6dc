import click

group = click.Group("themes")
