import click

group = click.Group("accounts")
