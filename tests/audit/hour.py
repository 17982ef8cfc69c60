"""Plays the console blocks of ``docs/audit.md`` in a folder of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "audit.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def played(folder: Path, claimcheck: Callable[[list[str]], str]) -> str:
    """The page with what its commands print now.

    Args:
        folder: An empty one.
        claimcheck: Runs the command with these words and returns what it prints.
    """
    before = Path.cwd()
    (folder / "data").symlink_to(ROOT / "data")
    os.chdir(folder)
    try:
        return _BLOCK.sub(lambda match: _block(match[1], claimcheck), PAGE.read_text(encoding="utf-8"))
    finally:
        os.chdir(before)


def _block(text: str, claimcheck: Callable[[list[str]], str]) -> str:
    lines = []
    for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
        words = shlex.split(command)
        if words[0] == "claimcheck":
            shown = claimcheck(words[1:])
        else:
            shown = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        lines += [f"$ {command}", *shown.rstrip().splitlines()]
    return "```console\n" + "\n".join(lines) + "\n```"
