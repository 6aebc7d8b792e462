"""The version of the package, read by the build and printed in every study."""

__version__ = "0.1.0"
