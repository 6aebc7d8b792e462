"""Statements: who says it, what about, and where the speaker stands by it."""
