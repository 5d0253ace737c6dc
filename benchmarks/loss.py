"""Nothing acknowledged is lost: ``python -m benchmarks.loss [--ideas N] [--clients N] [--kills N]``.

Clients send ideas all at once while the web processes are killed with -9, again and again. A
client that gets no answer sends the same idea again, as a phone does. In the end every idea that
was acknowledged must be there, and none twice. Exits with 1 where that fails.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks import servers, world
from citizen.app import create_app
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.contributions.actions import receipt_code
from citizen.contributions.models import Contribution


class Burst:
    """Twenty phones and what each was told."""

    def __init__(self, port: int, ideas: int, clients: int) -> None:
        self.port, self.share, self.clients = port, ideas // clients, clients
        self.acknowledged: dict[str, str] = {}
        self.lost_answers = 0

    def run(self) -> None:
        threads = [threading.Thread(target=self._phone) for _ in range(self.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _phone(self) -> None:
        phone = servers.Phone(self.port)
        for _ in range(self.share):
            key = str(uuid.uuid4())
            while key not in self.acknowledged:
                try:
                    if not phone.token:
                        phone.open_form(world.SLUG)
                    status, location = phone.submit(world.SLUG, world.MUNICIPALITY, key)
                except (OSError, http.client.HTTPException, RuntimeError):
                    self.lost_answers += 1
                    time.sleep(0.2)
                    continue
                if status == 303:
                    self.acknowledged[key] = location


def web_processes(supervisor: int) -> list[int]:
    """Every process below the supervisor that serves pages."""
    lines = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in lines.stdout.splitlines()]
    below, found = {supervisor}, []
    for _ in range(4):
        below |= {int(pid) for pid, parent, _args in rows if int(parent) in below}
    for pid, _parent, args in rows:
        if int(pid) in below and "gunicorn" in args:
            found.append(int(pid))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ideas", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--kills", type=int, default=3)
    options = parser.parse_args()
    with servers.folder() as path:
        port = servers.free_port()
        env = servers.environment(path, port)
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        world.create(app)
        burst = Burst(port, options.ideas, options.clients)
        line = [sys.executable, "-m", "citizen.base.serve"]
        with subprocess.Popen(line, env=env, cwd=servers.ROOT, stderr=subprocess.DEVNULL) as supervisor:
            servers.wait_until_open(port)
            sending = threading.Thread(target=burst.run)
            sending.start()
            for number in range(1, options.kills + 1):
                _wait_for(burst, options.ideas * number // (options.kills + 1), sending)
                for pid in web_processes(supervisor.pid):
                    os.kill(pid, signal.SIGKILL)
            sending.join()
            supervisor.terminate()
        with app.app_context():
            stored = Counter(receipt_code(ref) for ref in session.scalars(select(Contribution.ref)))
    receipts = {location.rsplit("/", 1)[-1] for location in burst.acknowledged.values()}
    missing = receipts - set(stored)
    print(f"sent {options.ideas} from {options.clients} clients, web killed {options.kills} times,"
          f" {burst.lost_answers} answers lost on the way")
    print(f"acknowledged {len(burst.acknowledged)}, stored {sum(stored.values())},"
          f" missing {len(missing)}, stored but never acknowledged {len(set(stored) - receipts)}")
    sys.exit(bool(missing) or len(receipts) != len(burst.acknowledged) or len(stored) != len(receipts))


def _wait_for(burst: Burst, acknowledged: int, sending: threading.Thread) -> None:
    while len(burst.acknowledged) < acknowledged and sending.is_alive():
        time.sleep(0.02)


if __name__ == "__main__":
    main()
