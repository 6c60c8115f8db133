"""What every engine derives from a record: the texts that a search looks into, and the updates that it names."""

from __future__ import annotations

from geo.filters import folded
from geo.model import Event, Update


def own_text(event: Event) -> str:
    """What a search looks into of the event itself, folded, a text a line. No word of a search holds the end of a line."""
    place = event.place
    parts = [event.title, *((place.name, place.note or "", place.country or "") if place else ())]
    return "\n".join(folded(part) for part in parts)


def update_text(update: Update) -> str:
    """What a search looks into of an update, folded."""
    return f"{folded(update.heading)}\n{folded(update.text)}"


def cited(event: Event) -> frozenset[str]:
    """The ids of all updates that an event, its claims or its passages name."""
    return frozenset((*event.updates, *(claim.update for claim in event.claims), *(part.update for part in event.passages)))
