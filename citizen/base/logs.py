"""What the web server writes down: what went wrong, and neither who asked nor for which address.

An address may be a key: whoever reads a receipt's in a log has the receipt.
"""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class Quiet(Logger):  # type: ignore[misc]
    """The server's own log without the addresses, of people and of pages, that it would name."""

    def warning(self, msg: Any, *args: Any, **options: Any) -> None:
        if str(msg).startswith("Invalid request"):
            msg, args = "A request that cannot be read was refused", ()
        super().warning(msg, *args, **options)

    def exception(self, msg: Any, *args: Any, **options: Any) -> None:
        if str(msg).startswith("Error handling request"):
            msg, args = "Error handling a request", ()
        super().exception(msg, *args, **options)
