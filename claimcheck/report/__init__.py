"""Report in, text out: pure renderers, one a format."""
