"""What the measurements of displacements share: cases of a folder, commands, comparison, peer, world."""
