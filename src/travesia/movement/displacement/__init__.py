"""Displacements: places, ways, counts and classes of a conflict, laid out for the kernel to walk."""
