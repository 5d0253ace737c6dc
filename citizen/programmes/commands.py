import click

group = click.Group("programmes")
