"""README says what the commands say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ claimcheck (.*?)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("arguments", "output"), CONSOLE, ids=[arguments for arguments, _ in CONSOLE])
def test_console(run, monkeypatch, arguments, output):
    import shlex

    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert run(*shlex.split(arguments)).stdout.rstrip() == output.rstrip()


def test_python():
    assert PYTHON
    for code in PYTHON:
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "unsupported" in done.stdout


def test_two_commands_of_one_line_do_all_the_set_up():
    assert [block.count("\n") for block in SHELL] == [1, 1]
    assert "claimcheck scan" in SHELL[0]
    assert "pytest" in SHELL[1]


def test_every_command_stands_in_the_readme():
    from claimcheck.cli.main import cli

    assert [name for name in cli.commands if f"claimcheck {name}" not in README] == []


def test_the_sample_stands_in_the_readme():
    assert (ROOT / "data" / "samples" / "amberwell.txt").read_text(encoding="utf-8").strip() in README
