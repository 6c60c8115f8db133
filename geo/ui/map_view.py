"""The map in the page: built once for each stay on it, and never again, so that it neither reloads nor moves."""

from __future__ import annotations

from geo.mapping.elements import event_map
from geo.ui.state import MapStart

# streamlit-folium sets this height; the map's own style fills whatever room the page gives it.
_HEIGHT = 600


def map_view(start: MapStart, *, channel: str) -> None:
    """Draw the map as it was at `start`. Everything that changes afterwards reaches it over the channel."""
    # Its component registers itself when it is imported, and only a running script has the registry for that (docs/decisions/0005-start.md).
    from streamlit_folium import st_folium

    position = start.position
    folium_map = event_map(
        channel=channel,
        columns=start.columns,
        labels=start.labels,
        view=None if position is None else (position.zoom, position.lon, position.lat),
        base=start.base,
    )
    st_folium(folium_map, key="event_map", height=_HEIGHT, use_container_width=True, returned_objects=[])
