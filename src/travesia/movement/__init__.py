"""The movement room."""
