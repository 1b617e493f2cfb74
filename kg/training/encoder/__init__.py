"""Tuning a small pretrained encoder for names, relations of two names, and how a relation is asserted; torch lives here alone."""
