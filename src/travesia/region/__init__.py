"""From a pack folder to a checked region."""

from travesia.region.checks import CHECKS, check_pack, check_region
from travesia.region.findings import Finding, finding_of
from travesia.region.loading import acceptances_of, country_names, load_region
from travesia.region.paths import PackPaths, find_pack, pack_names
from travesia.region.region import Region
from travesia.region.shapes import Projection, great_circle_km, project, projection_of

__all__ = [
    "CHECKS",
    "Finding",
    "PackPaths",
    "Projection",
    "Region",
    "acceptances_of",
    "check_pack",
    "check_region",
    "country_names",
    "find_pack",
    "finding_of",
    "great_circle_km",
    "load_region",
    "pack_names",
    "project",
    "projection_of",
]
