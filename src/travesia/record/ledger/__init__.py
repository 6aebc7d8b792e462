"""The ledger: an append-only file of operations, and what it says of a day as known on a day."""
