"""How the figures are taken, in plain words, for the reader of the results."""

from __future__ import annotations

HOW = (
    "**The apps.** All three run under the same Streamlit, with the same settings, from this checkout. The empty page "
    "(`benchmarks/peers/empty.py`) has a title, a button and the number of runs. The plain app (`benchmarks/peers/plain_folium.py`) draws the "
    "same events the plain way: a slider of dates, a `folium.CircleMarker` with a popup for each event, `st_folium`, and a list.",
    "**The plain app is favoured.** Folium loads Leaflet and more from public CDNs. So that the run needs no network, the browser gets "
    "Leaflet 1.9.4 from a Python wheel, and empty files, or a stand-in of one line, for jQuery, Bootstrap and the fonts: the network costs it "
    "nothing. It has no base map. Dateline draws its own base map, and is measured as it is.",
    "**Start.** From starting the `streamlit run` process to the frame in which the first mark is there: for Dateline a first event counted "
    "in `window.dateline.drawn`, that is on the canvas, for the plain app its first circle, for the empty page its title and text. The process "
    "is new each time and so is the browser's cache; the disk's cache is warm (each app is started once before, uncounted) and the browser "
    "and its empty window have been "
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
    "**Any size.** 16,566 events are those of UCDP GED for Syria, 2016 to 2019, brought in by `python -m geo import`, where their file is at "
    "`../shared/data`; else, and for every other number, they are made up (`benchmarks/conflict.py`): the same each time, with updates, "
    "actors, places "
    "and claims in the proportions of the real ones. All are GeoParquet stores, built once into `build/bench`. What is measured is the real app in "
    "a browser with an empty cache, opened by `DATELINE_STORE`.",
    "**Any size, release and filters.** From the time stamp of the event (letting go of the handle, ticking a box, the Enter key in the search "
    "field, which does not wait 250 ms for further letters as typing does) to the last of these: the list's text, the counts in the summary, the "
    "address, and for filters the drawn map. Every sample asks for a view that the server has not been asked for before, so none is remembered.",
    "**Any size, start.** As above; the first mark is the first frame with an event on the canvas, which comes before all of them are there. The "
    "empty page is started in turn with it.",
    "**Memory.** The server's is what the kernel counts as resident, after all movements, releases and filters. The browser's heap is what "
    "the scripts "
    "of page and map hold after a collection, typed arrays included. While an export runs, it is the kernel's high-water mark.",
    "**Opening** is the first snapshot, the counts, and the first page of the list, in a fresh process with the engine loaded; what else the first "
    "page asks for, and the loading of the engine, stand beside it.",
    "**Peers at a size.** The same events with a slider of dates: a folium `CircleMarker` each through `st_folium`; the same through "
    "`feature_group_to_add`; and `st.pydeck_chart` with a scatter layer. A step is an arrow key, from its time stamp to the frame in which "
    "as many events are "
    "drawn as there should be (circles in the map's document, or instances given to WebGL) and the list says so. They have no base map, and "
    "Folium's scripts come at once, as above. A peer whose page or step takes longer than 60 s has died; larger sizes are not tried. WebGL "
    "without a GPU is drawn by the processor, for the peer as for everyone who has none. Below 16,566 events, evenly chosen ones are drawn, and "
    "compared with Dateline's figures at 16,566.",
    "**Many at once.** Each person is a session over a websocket of its own that says what the page says (Streamlit's own messages, the "
    "hashes of what "
    "it holds included) and reads every answer; a browser's work is left out. A person lets go of the scrubber at a window of random days, waits for "
    "the run to end, thinks for 2 to 4 seconds, and goes on. Server and people share the machine. An error is a failed run, an exception on "
    "the page, "
    "a broken connection, no answer within 60 s, or a traceback in the server's log.",
    "The 95th percentile is the nearest-rank one: a sample that was measured. With fewer than 20 samples it is the largest.",
)
