"""Texts annotated by hand, in the shape that reading has: to measure what the reader finds against."""
