"""RD (EPSG:28992) to longitude and latitude (WGS 84), for GeoJSON.

The approximation of Schreutelkamp and Strang van Hees (2001), good to some decimetres: enough to find a place
on a map, not for surveying.
"""

from __future__ import annotations

X0, Y0 = 155_000.0, 463_000.0
LATITUDE_0, LONGITUDE_0 = 52.15517440, 5.38720621
# (power of dx, power of dy, coefficient), dx and dy in 100 km.
LATITUDE = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
LONGITUDE = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def to_longitude_latitude(x: float, y: float) -> tuple[float, float]:
    """Metres RD → (longitude, latitude) in degrees."""
    dx, dy = (x - X0) / 1e5, (y - Y0) / 1e5
    latitude = LATITUDE_0 + sum(k * dx**p * dy**q for p, q, k in LATITUDE) / 3600
    longitude = LONGITUDE_0 + sum(k * dx**p * dy**q for p, q, k in LONGITUDE) / 3600
    return longitude, latitude
