"""Writes into README and docs/audit.md what their commands print today: ``python -m tests.update_readme``."""

import os
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from claimcheck.cli.main import cli
from tests.audit.hour import PAGE, played

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run every console block of the README and replace its output."""
    os.chdir(ROOT)
    os.environ["COLUMNS"] = "80"
    readme = ROOT / "README.md"

    def fresh(match: re.Match[str]) -> str:
        output = CliRunner().invoke(cli, shlex.split(match[1])).stdout.rstrip()
        return f"```console\n$ claimcheck {match[1]}\n{output}\n```"

    text = readme.read_text(encoding="utf-8")
    text = re.sub(r"```console\n\$ claimcheck (.*?)\n(.*?)```", fresh, text, flags=re.DOTALL)
    readme.write_text(text, encoding="utf-8")
    with TemporaryDirectory() as folder:
        text = played(Path(folder), lambda words: CliRunner().invoke(cli, words).stdout)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
