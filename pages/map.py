"""The map page: the map, the scrubber under it, and beside it the list that turns into the detail of what is chosen."""

from geo.ui import dashboard, frame

dashboard.draw(frame.collection_or_explain())
