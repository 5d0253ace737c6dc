"""What every room stands on and no room owns: one named file per concern.

Nothing here knows an idea, a theme or a municipality.
"""
