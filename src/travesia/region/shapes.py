"""The map projection, chosen once when a pack is built, and distance on the globe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG 1980)."""


@dataclass(frozen=True)
class Projection:
    """Lambert's azimuthal equal-area projection around a centre (degrees); kilometres, y pointing down."""

    lat0: float
    lon0: float
    radius_km: float = EARTH_RADIUS_KM

    def as_dict(self) -> dict[str, Any]:
        """Return the parameters as they are written into ``shapes.json``."""
        return {"name": "lambert-azimuthal-equal-area", **asdict(self), "unit": "km", "y": "down"}


AMERICAS = Projection(lat0=12.0, lon0=-84.0)
"""Centred so that the Americas from Québec to Patagonia are bent as little as possible."""


def project(lon: float, lat: float, projection: Projection = AMERICAS) -> tuple[float, float]:
    """Return (x, y) in km from the centre; x to the east, y **down** to the south, as a picture needs it.

    Parameters
    ----------
    lon, lat
        Degrees east and north.

    Raises
    ------
    ValueError
        For the point opposite to the centre, which has no place on the map.

    Notes
    -----
    Spherical form: Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987),
    equations 24-2 to 24-4.
    """
    phi, phi0, turn = radians(lat), radians(projection.lat0), radians(lon - projection.lon0)
    closeness = 1 + sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(turn)
    if closeness < 1e-12:
        raise ValueError(f"lon {lon} lat {lat} is opposite to the centre of the map")
    scale = projection.radius_km * sqrt(2 / closeness)
    x = scale * cos(phi) * sin(turn)
    y = scale * (cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(turn))
    return x, -y


def projection_of(shapes: Mapping[str, Any]) -> Projection:
    """Return the projection in which the shapes of a region are drawn."""
    values = shapes["projection"]
    return Projection(values["lat0"], values["lon0"], values["radius_km"])


def great_circle_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the shortest distance over the globe in km (haversine formula, mean radius)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, radians(lon2 - lon1) / 2
    root = sin(half_lat) ** 2 + cos(phi1) * cos(phi2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(root)))
