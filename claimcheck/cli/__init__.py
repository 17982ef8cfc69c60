"""The street door: one file a command, heavy imports inside the callbacks."""
