"""A reader of Flee folders: what they say, and what of it is not carried over."""
