"""Everything claimcheck raises on purpose.

    ClaimcheckError
    ├── ArticleError        a document could not be read
    ├── DataError           a file in data/ breaks its schema
    ├── PipelineError       a built pipeline is missing or of another version
    ├── StoreError          a store cannot be opened or does not hold what was asked for
    └── UsageError          a wrong option or configuration

A message says where, what is wrong, and what to do; its parts stay attributes.
"""


class ClaimcheckError(Exception):
    """Base of all errors; ``str(error)`` is fit to be shown to a user."""


class ArticleError(ClaimcheckError):
    """A document could not be read; the others are not affected."""

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        self.source, self.problem, self.advice = source, problem, advice
        super().__init__(f"{source}: {problem}" + (f" {advice}" if advice else ""))


class DataError(ClaimcheckError):
    """A file in ``data/`` breaks its schema; ``line`` is 0 where it is not known."""

    def __init__(self, path: object, line: int, problem: str) -> None:
        self.path, self.line, self.problem = str(path), line, problem
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")


class PipelineError(ClaimcheckError):
    """A pipeline folder is missing, incomplete or built by another version."""


class StoreError(ClaimcheckError):
    """A store cannot be opened, or does not hold what was asked for."""

    def __init__(self, store: str, problem: str, advice: str = "") -> None:
        self.store, self.problem, self.advice = store, problem, advice
        super().__init__(f"{store}: {problem}" + (f" {advice}" if advice else ""))


class UsageError(ClaimcheckError):
    """A wrong option, id or configuration."""
