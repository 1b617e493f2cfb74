"""Files into documents: the research feed, plain text, Markdown and JSON Lines."""

from kg.reading.sources import Notice, read

__all__ = ["Notice", "read"]
