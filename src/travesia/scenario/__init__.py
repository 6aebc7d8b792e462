"""From a region, policies and choices to a scenario."""
