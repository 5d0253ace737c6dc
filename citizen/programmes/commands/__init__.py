"""Municipalities, their programmes and their own words, from the command line."""

from citizen.programmes.commands.concepts import concepts
from citizen.programmes.commands.containers import group

group.add_command(concepts)

__all__ = ["group"]
