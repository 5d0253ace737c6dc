"""A real mail server of a few lines, on a free port of this machine."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Post:
    """What the server has been given; it turns away the first so many messages."""

    port: int = 0
    refusals: int = 0
    received: list[bytes] = field(default_factory=list)


@contextmanager
def server(refusals: int = 0) -> Iterator[Post]:
    """A running server, gone afterwards."""
    post = Post(refusals=refusals)

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"QUIT":
                    return self.say("221 bye")
                if word == b"DATA":
                    self.take()
                elif word == b"MAIL" and post.refusals:
                    post.refusals -= 1
                    self.say("451 come back later")
                else:
                    self.say("250 ok")

        def take(self) -> None:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()).strip() != b".":
                lines.append(line)
            post.received.append(b"".join(lines))
            self.say("250 kept")

        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as running:
        running.daemon_threads = True
        post.port = running.server_address[1]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield post
        running.shutdown()
