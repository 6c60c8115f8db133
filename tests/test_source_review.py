"""docs/source-review.md is what the reader gives, and each difference has its reason; and how proposals and events are compared."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks import source_review
from benchmarks.ingest import store_facts
from geo.ingest.blog.updates import read_updates
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents import Candidate, read_incidents
from tests.incidents import SEED
from tests.incidents import atlas as atlas  # a fixture
from tests.review_blogs import gazetteer

DAY = date(2021, 3, 4)
BLOG = "UPDATE, MARCH 4:\n\nRockets hit the town of Douma on March 3, killing at least five people, doctors said.\n"
HAS_SOURCE = pytest.mark.skipif(not SEED.exists(), reason="the source itself is not part of the project")


def store(**changed: Any) -> dict[str, Any]:
    """A store of one event that says what the blog says, but for what is changed."""
    claim = {"metric": "killed", "low": 5, "high": None, "unit": "people", "text": "at least 5", "by": "doctors", "via": None, "stated": None}
    place = {"name": "Douma", "country": "Syria", "precision": "town", "uncertainty_km": 4, "basis": "stated", "note": None}
    properties = {
        "record": "event",
        "title": "Rockets hit Douma",
        "kind": "rocket_attack",
        "start": "2021-03-03",
        "end": "2021-03-03",
        "date_precision": "day",
        "place": place,
        "claims": [claim | {"update": "u"}],
        "updates": ["u"],
    }
    position = changed.pop("position", [36.403, 33.572])
    feature = {
        "type": "Feature",
        "id": "douma",
        "geometry": position and {"type": "Point", "coordinates": position},
        "properties": properties | changed,
    }
    return {"updates": [{"id": "u", "published": "2021-03-04"}], "features": [feature]}


def compared(atlas: Gazetteer, tmp_path: Any, held: dict[str, Any]) -> tuple[source_review.Row, list[Candidate]]:
    blog = read_updates(BLOG, published=DAY)
    path = tmp_path / "store.geojson"
    path.write_text(json.dumps(held), encoding="utf-8")
    proposals = read_incidents(blog, gazetteer=atlas, published=DAY).candidates
    (row,), others = source_review.rows(proposals, [update.id for update in blog.updates], held, store_facts(path))
    return row, others


def test_what_is_the_same_is_no_difference(atlas: Gazetteer, tmp_path: Any) -> None:
    """A proposal with the kind, date, place and figures of the event has none."""
    row, others = compared(atlas, tmp_path, store())
    assert row.proposal is not None and row.differences == () and others == []


@pytest.mark.parametrize(
    ("changed", "about", "words"),
    [
        ({"kind": "explosion"}, "kind", "rocket attack, not explosion"),
        ({"start": "2021-03-02"}, "date", "2021-03-03, not 2021-03-02 to 2021-03-03"),
        ({"position": [36.5, 33.9]}, "place", "does not hold the store's point"),
        ({"position": None, "place": {"name": "Syria", "country": "Syria", "uncertainty_km": None}}, "place", "placed, where the store has no point"),
        ({"claims": []}, "figures", "with killed at least 5 more"),
    ],
)
def test_what_differs_is_told(changed: dict[str, Any], about: str, words: str, atlas: Gazetteer, tmp_path: Any) -> None:
    """Each kind of difference is found, and told in words."""
    row, _ = compared(atlas, tmp_path, store(**changed))
    assert [one for one, _ in row.differences] == [about]
    assert words in row.differences[0][1]


def test_what_is_not_proposed_and_what_is_no_event_are_told(atlas: Gazetteer, tmp_path: Any) -> None:
    """An event of another year has no proposal, and the proposal no event; both need a reason, and a reason that is not needed is found."""
    row, others = compared(atlas, tmp_path, store(start="2013-01-01", end="2013-01-01", position=[0.0, 0.0]))
    assert row.proposal is None and len(others) == 1
    missing, idle = source_review.unexplained([row], others, {("douma", "date"): "of old"})
    assert missing == {("douma", "proposal"), (others[0].id, "proposal")} and idle == {("douma", "date")}
    page = source_review.document([row], others, {("douma", "proposal"): "It is not told."})
    assert "| Rockets hit Douma | – | proposal: nothing is proposed | It is not told. |" in page
    assert "no event of the store: 1." in page and "0 of 1 events are proposed" in page


def test_a_place_that_is_named_otherwise_is_a_difference(atlas: Gazetteer, tmp_path: Any) -> None:
    """Neither is on the map, but the proposal names another country."""
    held = store(position=None, place={"name": "Iraq", "country": "Iraq", "uncertainty_km": None})
    row, _ = compared(atlas, tmp_path, store())
    assert row.proposal is not None
    off = replace(row.proposal, placement=replace(row.proposal.placement, position=None, uncertainty_km=None))
    assert "but named Douma, where the store has Iraq" in source_review.place_difference(off, held["features"][0])


@HAS_SOURCE
def test_the_page_is_what_the_reader_gives() -> None:
    """Made anew, docs/source-review.md is the same to the letter, and every difference has its reason, and no reason is idle."""
    found, others = source_review.compared(SEED.read_text(encoding="utf-8"), gazetteer())
    assert source_review.unexplained(found, others) == (set(), set())
    assert source_review.DOCUMENT.read_text(encoding="utf-8") == source_review.document(found, others), (
        "make it anew: python -m benchmarks.source_review TEXT --write"
    )


@HAS_SOURCE
def test_the_page_has_no_sentence_of_the_source() -> None:
    """No run of eight words is the source's."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w’']+", text.casefold())
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    assert not runs(SEED.read_text(encoding="utf-8")) & runs(source_review.DOCUMENT.read_text(encoding="utf-8"))


def test_the_page_names_every_event_of_the_store() -> None:
    """Each title of the store stands in it, and every reason is about an event of the store."""
    events = [one for one in json.loads(source_review.STORE.read_text(encoding="utf-8"))["features"] if one["properties"]["record"] == "event"]
    page = source_review.DOCUMENT.read_text(encoding="utf-8")
    assert all(f"| {one['properties']['title']} |" in page for one in events)
    assert {id_ for id_, _ in source_review.WHY} <= {one["id"] for one in events}
