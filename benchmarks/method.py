"""How the figures are taken, in plain words, for the reader of the results."""

from __future__ import annotations

HOW = (
    "**The apps.** All three run under the same Streamlit, with the same settings, from this checkout. The empty page "
    "(`benchmarks/peers/empty.py`) has a title, a button and the number of runs. The plain app (`benchmarks/peers/plain_folium.py`) draws the "
    "same events the plain way: a slider of dates, a `folium.CircleMarker` with a popup for each event, `st_folium`, and a list.",
    "**The plain app is favoured.** Folium loads Leaflet and more from public CDNs. So that the run needs no network, the browser gets "
    "Leaflet 1.9.4 from a Python wheel, and empty files, or a stand-in of one line, for jQuery, Bootstrap and the fonts: the network costs it "
    "nothing. It has no base map. Dateline draws its own base map, and is measured as it is.",
    "**Start.** From starting the `streamlit run` process to the frame in which the first mark is there: for Dateline `window.dateline.ready` "
    "in the map, for the plain app its first circle, for the empty page its title and text. The process is new each time and so is the "
    "browser's cache; the disk's cache is warm (each app is started once before, uncounted) and the browser and its empty window have been "
    "there for two seconds. The page is asked for as soon as the port is open. The apps take turns.",
    "**Scrub.** The end handle of Dateline's scrubber is held and moved by real mouse events, 4 pixels at a time. Each movement counts from "
    "the time stamp that the browser gave the event to the map's message that its frame is on the canvas. Both are read in the page. Headless "
    "Chromium makes 60 frames a second, so one frame is 16.7 ms, and 33 ms are two; the browser itself holds mouse events back until the next "
    "frame, and that wait is in the figure. Putting the canvas on a screen is not.",
    "**Scrub, plain app.** Its map does not follow a held slider at all, so it is given single steps by arrow key: from the key's time stamp "
    "to a map with the new number of circles. The steps go to and fro between the last two days of the store, so that each changes the map.",
    "**Release.** From the time stamp of letting go of the handle to the change of the list's text. For the empty page, from letting go of its "
    "button to the number of the next run: what Streamlit takes for a rerun of nothing. For the plain app, from the arrow key to the first "
    "change of its list. The apps take turns.",
    "**Idle.** The reruns that the page asks for, counted in the messages that it sends over its websocket, after two seconds of silence. All "
    "three pages are open at once.",
    "The 95th percentile is the nearest-rank one: a sample that was measured. With fewer than 20 samples it is the largest.",
)
