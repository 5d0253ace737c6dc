"""Pictures that people send: read with care, made small, and free of everything but their pixels.

Pure work on bytes; it knows no request and no database.
"""

from citizen.base.pictures.headers import BadPicture, Trouble
from citizen.base.pictures.hiding import COLUMNS, hide, rows_for
from citizen.base.pictures.making import (
    LONGEST,
    LONGEST_SMALL,
    TYPE,
    Encoded,
    Ready,
    make_ready,
    read_pixels,
)

__all__ = ["COLUMNS", "LONGEST", "LONGEST_SMALL", "TYPE", "BadPicture", "Encoded", "Ready", "Trouble", "hide",
           "make_ready", "read_pixels", "rows_for"]
