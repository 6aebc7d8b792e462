"""Policies: where a text speaks of a measure, what it says of it, and the record that this makes."""
