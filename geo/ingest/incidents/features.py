"""A candidate as a GeoJSON feature of docs/store-format.md, with its evidence as a foreign member (docs/ingest.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.datasets.drafts import NO_ADDRESS
from geo.ingest.gazetteer import Placement
from geo.ingest.incidents.candidate import Candidate, Dating, Link, Span, Telling
from geo.model import Claim

EVIDENCE = 1
"""The version of the evidence's form."""
_MOST_ALTERNATIVES = 8


def as_feature(candidate: Candidate) -> dict[str, Any]:
    """The feature. It has the properties of an event, so that what is accepted needs no other form; `evidence` says how each was found."""
    place = candidate.placement
    return {
        "type": "Feature",
        "id": candidate.id,
        "geometry": {"type": "Point", "coordinates": list(place.position)} if place.position is not None else None,
        "properties": {
            "record": "event",
            "title": candidate.title,
            "kind": candidate.kind,
            **_dates(candidate.dating),
            "place": _place(place),
            "actors": [{"name": actor.name, "role": actor.role} for actor in candidate.actors],
            "claims": [_claim(claim) for claim in candidate.claims],
            "updates": list(candidate.updates),
            "passages": [{"update": span.update, "exact": span.exact} for span in candidate.spans],
            "reported": str(candidate.reported),
            "note": "; ".join(candidate.flags) or None,
        },
        "evidence": {
            "version": EVIDENCE,
            "rule": candidate.rule,
            "placement": _placement(place),
            "tellings": [_telling(one) for one in candidate.tellings],
            "links": [_link(one) for one in candidate.links],
            "flags": list(candidate.flags),
        },
    }


def collection_of(candidates: Sequence[Candidate], updates: Sequence[BlogUpdate], *, address: str, source: str) -> dict[str, Any]:
    """A FeatureCollection that opens as a store: the candidates, and the updates that they cite, as they were read.

    `address` is where the blog was read, empty or no web address for a file; `source` is who published it.
    """
    cited = {update for candidate in candidates for update in candidate.updates}
    return {
        "type": "FeatureCollection",
        "dateline": {"schema": 1, "title": f"Candidates from {source}", "summary": "Proposed by rules, decided by nobody yet.", "licence": ""},
        "updates": [as_update(one, address=address, source=source) for one in updates if one.id in cited],
        "features": [as_feature(one) for one in candidates],
    }


def as_update(update: BlogUpdate, *, address: str, source: str) -> dict[str, Any]:
    """An update of docs/store-format.md, with its text as it was read."""
    return {
        "id": update.id,
        "heading": update.heading,
        "published": str(update.moment),
        "date_basis": update.date_basis,
        "date_note": update.date_note or None,
        "source": source,
        "url": address or NO_ADDRESS,
        "text": update.text,
    }


def _dates(dating: Dating) -> dict[str, Any]:
    return {
        "start": str(dating.start),
        "end": str(dating.end),
        "date_precision": dating.precision,
        "date_basis": dating.basis,
        "date_note": dating.note or None,
    }


def _place(place: Placement) -> dict[str, Any] | None:
    if place.precision is None or not place.name:
        return None
    return {
        "name": " ".join(place.name.split()),
        "country": place.country,
        "precision": place.precision,
        "uncertainty_km": place.uncertainty_km if place.position is not None else None,
        "basis": "gazetteer",
        "note": place.rule,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "metric": claim.metric,
        "low": claim.low,
        "high": claim.high,
        "unit": claim.unit,
        "text": claim.text,
        "by": claim.by,
        "via": claim.via,
        "stated": str(claim.stated) if claim.stated is not None else None,
        "update": claim.update,
    }


def _placement(place: Placement) -> dict[str, Any]:
    return {
        "phrase": place.phrase,
        "rule": place.rule,
        "entries": [{"id": entry.id, "name": entry.name, "source": entry.source} for entry in place.entries],
        "alternatives": [
            {
                "id": one.entry.id,
                "name": one.entry.name,
                "country": one.entry.country,
                "position": list(one.entry.position) if one.entry.position else None,
            }
            for one in place.candidates[:_MOST_ALTERNATIVES]
        ],
        "agrees": list(place.agrees),
    }


def _telling(telling: Telling) -> dict[str, Any]:
    return {
        "id": telling.id,
        "update": telling.update,
        "spans": [_span(span) for span in telling.spans],
        "kind": telling.kind,
        "rule": telling.rule,
        "trigger": telling.trigger,
        "asserts": telling.asserts,
        "dating": _dates(telling.dating) | {"phrase": telling.dating.phrase},
        "placement": _placement(telling.placement),
        "claims": [_claim(claim) for claim in telling.claims],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"update": span.update, "start": span.start, "end": span.end, "exact": span.exact}


def _link(link: Link) -> dict[str, Any]:
    return {"telling": link.telling, "to": link.to, "score": link.score, "reasons": list(link.reasons)}
