"""Commitments: the words that bind, what is promised, how much of it, by whom, for whom and by when."""
