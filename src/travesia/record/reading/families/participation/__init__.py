"""Participation: who signed, hosted, came, sent somebody else, stayed away or was not invited."""
