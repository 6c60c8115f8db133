"""Places in a text, explained: a gazetteer that works offline, what a text says of a place, and where that is."""

from geo.ingest.gazetteer.entries import Entry
from geo.ingest.gazetteer.index import Gazetteer, open_gazetteer, shown_on_terminal
from geo.ingest.gazetteer.mentions import Candidate, Context, Mention, Role, place_mentions
from geo.ingest.gazetteer.placing import Placement, locate, placements

__all__ = [
    "Candidate",
    "Context",
    "Entry",
    "Gazetteer",
    "Mention",
    "Placement",
    "Role",
    "locate",
    "open_gazetteer",
    "place_mentions",
    "placements",
    "shown_on_terminal",
]
