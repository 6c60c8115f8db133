"""The import page: a file of events looked at row by row, and brought into the store."""

from geo.ui import frame, import_page

import_page.draw(frame.collection_or_explain())
