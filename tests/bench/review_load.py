"""Many reviewers at once on one server: what is lost, what is doubled, how long an answer takes.

python -m tests.bench.review_load --people 50 --seconds 120 --kill
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
from sqlalchemy import insert, select

from claimcheck.store.review import NewItem, ReviewStore
from claimcheck.store.review_tables import users

PASSWORD = "a long password"
_HIDDEN = re.compile(r'name="(csrf|request_id)" value="([^"]*)"')
_ITEM = re.compile(r'data-item="(\d+)"')


def fill(path: Path, people: int, claims: int) -> ReviewStore:
    """A store with accounts and made-up claims."""
    store = ReviewStore(str(path))
    store.add_user("r0", PASSWORD, "reviewer")
    with store.writing() as connection:  # one hash for all: what is measured is not how slow it is
        first = dict(connection.execute(select(users)).mappings().one())
        del first["id"]
        rows = [{**first, "name": f"r{number}"} for number in range(1, people)]
        connection.execute(insert(users), rows)
    text = "Garlic cures cancer. " * 20
    claim = {
        "start": 7, "end": 19, "fingerprint": "f", "quote": "cures cancer", "kind": "disease", "verdict": "unsupported",
        "findings": [], "reasons": ["Grade C."], "subject": "garlic", "effect": "cancer", "strength": "plain",
        "grade": "C", "confidence": 0.9,
    }  # fmt: skip
    page = {"source": "a.txt", "site": "s", "title": "", "origin": "scan", "text": text, "blocks": [], "id": "p"}
    rest = range(0, claims, 100)
    for first_ in rest:
        new = [
            NewItem({**claim, "fingerprint": f"f{n}", "start": 7, "end": 19}, [], n % 97 / 97, False, 1, "p")
            for n in range(first_, first_ + 100)
        ]
        for n, item in enumerate(new):
            item.claim.update(start=n, end=n + 12)  # type: ignore[attr-defined]
        store.add_page({**page, "id": f"p{first_}"}, new)
    return store


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start(path: Path, port: int) -> subprocess.Popen:
    """A server, once it answers."""
    words = ["review", "serve", "--port", str(port), "--store", str(path)]
    server = subprocess.Popen([sys.executable, "-m", "claimcheck", *words], stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/login", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError("the server did not start")


class Reviewer(threading.Thread):
    """Decides at its pace, and keeps what the server acknowledged."""

    def __init__(self, name: str, port: int, gate: threading.Barrier, seconds: float, pause: float) -> None:
        super().__init__()
        self.name_, self.gate, self.seconds, self.pause = name, gate, seconds, pause
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)
        self.acknowledged: list[str] = []
        self.times: list[float] = []
        self.problems: list[str] = []
        self.down = 0

    def run(self) -> None:
        hidden = dict(_HIDDEN.findall(self.client.get("/login").text))
        self.client.post("/login", data={**hidden, "name": self.name_, "password": PASSWORD})
        self.gate.wait()
        until = time.time() + self.seconds
        shown = ""
        while time.time() < until:
            try:
                shown = self._decide(shown or self.client.get("/review").text)
            except httpx.TransportError:
                self.down += 1
                shown = ""
            time.sleep(self.pause * random.uniform(0.5, 1.5))
        self.client.close()

    def _decide(self, shown: str) -> str:
        item = _ITEM.search(shown)
        if item is None:
            self.problems.append("nothing to decide")
            return ""
        hidden = dict(_HIDDEN.findall(shown))
        begun = time.perf_counter()
        data = {**hidden, "label": "overstated"}
        answer = self.client.post(f"/claims/{item[1]}/decision", data=data, headers={"X-Part": "claim"})
        if answer.status_code != 200 or "Saved: overstated" not in answer.text:
            self.problems.append(f"{answer.status_code} {answer.text[:80]}")
            return ""
        self.acknowledged.append(f"{hidden['request_id']}.{item[1]}")
        self.times.append(time.perf_counter() - begun)
        return answer.text


def measure(people: int, seconds: float, *, kill: bool, pause: float = 0.5) -> dict[str, float]:
    """Let reviewers loose; with ``kill`` the server dies by SIGKILL half-way and comes again.

    ``pause`` is how long a person looks at a claim before the next key.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.db"
        store = fill(path, people, int(people * seconds / max(pause, 0.05)) + people)
        port = free_port()
        server = start(path, port)
        gate = threading.Barrier(people + 1)
        crowd = [Reviewer(f"r{number}", port, gate, seconds, pause) for number in range(people)]
        for one in crowd:
            one.start()
        gate.wait()  # all are logged in
        if kill:
            time.sleep(seconds / 2)
            server.send_signal(signal.SIGKILL)
            server.wait()
            server = start(path, port)
        for one in crowd:
            one.join()
        server.terminate()
        server.wait()
        stored = Counter(row["request"] for row in store.all_decisions())
        views = Counter((row["item"], row["reviewer"]) for row in store.all_decisions())
        store.store.close()
    acknowledged = [request for one in crowd for request in one.acknowledged]
    times = sorted(time_ for one in crowd for time_ in one.times)
    return {
        "people": people,
        "seconds": seconds,
        "acknowledged": len(acknowledged),
        "lost": sum(request not in stored for request in acknowledged),
        "doubled": sum(count > 1 for count in (*stored.values(), *views.values())),
        "refused_while_down": sum(one.down for one in crowd),
        "problems": sum(len(one.problems) for one in crowd),
        "median_ms": round(1000 * times[len(times) // 2], 1),
        "p95_ms": round(1000 * times[int(len(times) * 0.95)], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--kill", action="store_true")
    arguments = parser.parse_args()
    print(measure(arguments.people, arguments.seconds, kill=arguments.kill, pause=arguments.pause))


if __name__ == "__main__":
    main()
