"""The spaCy side of the house. Nothing heavy is imported here; see ``factories``."""
