import click

group = click.Group("moderation")
