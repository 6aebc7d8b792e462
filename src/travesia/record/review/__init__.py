"""Review: people decide what a reader proposed, in a terminal, in a spreadsheet or on a page."""
