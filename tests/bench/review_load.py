"""Many reviewers at once on one server: what is lost, what is doubled, how long an answer takes.

    python -m tests.bench.review_load --people 50 --seconds 120 --kill
"""

from __future__ import annotations

import argparse
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

from claimcheck.store.review import NewItem, ReviewStore

PASSWORD = "a long password"
_HIDDEN = re.compile(r'name="(csrf|request_id)" value="([^"]*)"')
_ITEM = re.compile(r'data-item="(\d+)"')


def fill(path: Path, people: int, claims: int) -> ReviewStore:
    """A store with accounts and made-up claims."""
    store = ReviewStore(str(path))
    for number in range(people):
        store.add_user(f"r{number}", PASSWORD, "reviewer")
    text = "Garlic cures cancer. " * 20
    claim = {
        "start": 7, "end": 19, "fingerprint": "f", "quote": "cures cancer", "kind": "disease", "verdict": "unsupported",
        "findings": [], "reasons": ["Grade C."], "subject": "garlic", "effect": "cancer", "strength": "plain", "grade": "C",
        "confidence": 0.9,
    }  # fmt: skip
    for number in range(claims):
        page = {"source": f"{number}.txt", "site": "s", "title": "", "origin": "scan", "text": text, "blocks": []}
        new = NewItem({**claim, "fingerprint": f"f{number}"}, [], number % 97 / 97, False, 1, "p")
        store.add_page({"id": f"p{number}", **page}, [new])
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
    """Decides as fast as told to, and keeps what the server acknowledged."""

    def __init__(self, name: str, port: int, until: float, pause: float) -> None:
        super().__init__()
        self.name_, self.address, self.until, self.pause = name, f"http://127.0.0.1:{port}", until, pause
        self.acknowledged: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.problems: list[str] = []

    def run(self) -> None:
        while time.time() < self.until:
            try:
                with httpx.Client(base_url=self.address, trust_env=False, timeout=30) as client:
                    self._work(client)
                    return
            except httpx.TransportError:
                time.sleep(0.3)  # the server is down; log in again

    def _work(self, client: httpx.Client) -> None:
        hidden = dict(_HIDDEN.findall(client.get("/login").text))
        client.post("/login", data={**hidden, "name": self.name_, "password": PASSWORD})
        shown = client.get("/review").text
        while time.time() < self.until:
            item = _ITEM.search(shown)
            if item is None:
                return
            hidden = dict(_HIDDEN.findall(shown))
            begun = time.perf_counter()
            data = {**hidden, "label": "overstated"}
            answer = client.post(f"/claims/{item[1]}/decision", data=data, headers={"X-Part": "claim"})
            if answer.status_code == 200 and "Saved: overstated" in answer.text:
                self.acknowledged.append((item[1], f"{hidden['request_id']}.{item[1]}"))
                self.times.append(time.perf_counter() - begun)
                shown = answer.text
            else:
                self.problems.append(f"{answer.status_code} {answer.text[:80]}")
                shown = client.get("/review").text
            time.sleep(self.pause)


def measure(people: int, seconds: float, *, kill: bool, pause: float = 0.5) -> dict[str, float]:
    """Let reviewers loose; with ``kill`` the server dies by SIGKILL half-way and comes again.

    ``pause`` is how long a person looks at a claim before the next key.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.db"
        store = fill(path, people, int(people * seconds / max(pause, 0.05)) + people)
        port = free_port()
        server = start(path, port)
        until = time.time() + seconds
        crowd = [Reviewer(f"r{number}", port, until, pause) for number in range(people)]
        for one in crowd:
            one.start()
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
    acknowledged = [request for one in crowd for _, request in one.acknowledged]
    times = sorted(time_ for one in crowd for time_ in one.times)
    return {
        "people": people,
        "seconds": seconds,
        "acknowledged": len(acknowledged),
        "lost": sum(request not in stored for request in acknowledged),
        "doubled": sum(count > 1 for count in (*stored.values(), *views.values())),
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
