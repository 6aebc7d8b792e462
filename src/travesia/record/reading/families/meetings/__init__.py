"""Meetings and instruments: what a text speaks of that others take part in, sign and tell events of."""
