"""The updates page: the live blog as it ran, each update with the events that it tells."""

from geo.ui import frame, updates_page

updates_page.draw(frame.collection_or_explain())
