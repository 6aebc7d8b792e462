"""What the ledger holds in forms that other programs read: annotations, provenance, tables."""
