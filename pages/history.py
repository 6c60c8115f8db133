"""The history page: what was changed, when, by whom and why; and the ways to take it back."""

from geo.ui import frame, history_page

history_page.draw(frame.collection_or_explain())
