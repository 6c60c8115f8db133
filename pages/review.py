"""The review page: a live blog read, and what it proposes decided on."""

from geo.ui import frame, review_page

review_page.draw(frame.collection_or_explain())
