import click

group = click.Group("ideas")
