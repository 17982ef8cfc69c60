"""``python -m claimcheck`` is the command ``claimcheck``."""

from claimcheck.cli.main import cli

if __name__ == "__main__":
    cli(prog_name="claimcheck")
