"""The form of a site: every field as the text that a person types, and the record that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.coordinates import format_decimal
from geo.errors import Problem
from geo.model import Update
from geo.ui.edit_form import LISTS, in_order, position_of
from geo.ui.edit_values import feature_typed, fill_texts, item_form, item_of, object_of, text_of

JSON = dict[str, Any]
_TEXTS = ("name", "note")
_RING = LISTS["rings"]


def blank_site() -> JSON:
    """A new site before anything is known of it."""
    properties: JSON = {"record": "site", "name": "", "note": None, "updates": [], "rings": []}
    return {"type": "Feature", "id": "", "geometry": None, "properties": properties}


def site_form(record: Mapping[str, Any]) -> JSON:
    """A site as the form shows it. What is null is blank."""
    properties = object_of(record.get("properties"))
    position = position_of(record)
    rings, told_in = properties.get("rings"), properties.get("updates")
    return {
        "id": text_of(record.get("id")),
        **{name: text_of(properties.get(name)) for name in _TEXTS},
        "where": "" if position is None else format_decimal(position),
        "rings": [item_form(ring, index, _RING) for index, ring in enumerate(rings if isinstance(rings, list) else [])],
        "updates": [id_ for id_ in (told_in if isinstance(told_in, list) else []) if isinstance(id_, str)],
    }


def site_record(form: JSON, base: Mapping[str, Any], updates: Mapping[str, Update]) -> tuple[JSON, list[Problem]]:
    """The site that a form says, and what in the form could not be read, with pointers into the form.

    Whatever the form says as `base` does keeps the very value of `base`, with members that the form does not show.
    """
    problems: list[Problem] = []
    old = site_form(base)
    before = object_of(base.get("properties"))
    properties = dict(before)
    fill_texts(properties, form, old, _TEXTS)
    if form["rings"] != old["rings"]:
        kept = before.get("rings")
        properties["rings"] = [
            item_of(ring, kept if isinstance(kept, list) else [], _RING, f"/rings/{at}", problems, or_none=("note", "update"))
            for at, ring in enumerate(form["rings"])
        ]
    if form["updates"] != old["updates"]:
        properties["updates"] = in_order(form["updates"], updates)
    return feature_typed(form, old, base, properties, problems), problems
