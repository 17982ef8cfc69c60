from __future__ import annotations

import subprocess
import sys

import click
import pytest

import claimcheck
from claimcheck.cli.main import cli


def commands(group=cli, path=()):
    """Every command with the words that call it."""
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


COMMANDS = dict(commands())


def test_the_commands_are_these():
    assert sorted(" ".join(path) for path in COMMANDS if len(path) == 1) == [
        "audit",
        "corpus",
        "evaluate",
        "evidence",
        "explain",
        "rules",
        "scan",
        "serve",
        "train",
    ]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_says_what_it_does(run, path, option):
    result = run(*path, option)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    first_line = COMMANDS[path].help.split("\n")[0]
    assert " ".join(first_line.split()[:4]) in " ".join(result.stdout.split())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_option_with_free_values_says_what_it_takes(path):
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option) and not isinstance(parameter.type, click.Choice):
            assert parameter.help, parameter.opts


def test_the_exit_codes_are_documented(run):
    shown = " ".join(run("--help").stdout.split())
    for part in ("0 nothing at or above --fail-on", "1 claims", "2 wrong use", "3 a document could not"):
        assert part in shown


def test_the_version_is_told(run):
    assert claimcheck.__version__ in run("--version").stdout


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["audit", "run", "--help"], ["--version"]])
def test_help_does_not_wait_for_heavy_imports(arguments):
    program = (
        "import sys\n"
        "from claimcheck.cli.main import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'spacy', 'sklearn', 'datasets', 'scipy', 'numpy', 'rich', 'lxml', 'httpx', 'jinja2', 'fastapi'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_the_module_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "claimcheck", "scan", "-"],
        input=b"Garlic cures cancer.",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == b""
    assert done.returncode == 1
    assert "cures cancer" in done.stdout.decode()
