import click

group = click.Group("demo")
