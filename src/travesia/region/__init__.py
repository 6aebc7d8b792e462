"""From a pack folder to a checked region."""
