"""GeoJSON objects: their types, their members and what they hold (RFC 7946, sections 1 to 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.bounded_json import Limits
from geo.errors import shown
from geo.fields import pointer
from geo.rfc7946.coordinates import LEVELS, CoordinatesCheck, Measured, count_positions
from geo.rfc7946.crs import crs_problem
from geo.rfc7946.findings import Notes

GEOMETRIES = (*LEVELS, "GeometryCollection")
TYPES = ("FeatureCollection", "Feature", *GEOMETRIES)

# RFC 7946, section 7.1: members that define one kind of object must not stand in another.
_FORBIDDEN = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    "geometry": ("geometry", "properties", "features"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """How strict a check is: `limits` on what is read; `for_import` makes errors of coordinates out of range and of a crs that is not WGS84."""

    limits: Limits
    for_import: bool = False


def check_object(value: Any, where: str, notes: Notes, rules: Rules) -> None:
    """Check any GeoJSON object: a FeatureCollection, a Feature or a geometry."""
    type_ = _type(value, where, TYPES, "a GeoJSON object", notes)
    if type_ == "FeatureCollection":
        check_collection(value, where, notes, rules)
    elif type_ == "Feature":
        check_feature(value, where, notes, rules)
    elif type_ is not None:
        _check_geometry(value, where, notes, rules, Measured(), 1)


def check_collection(value: dict[str, Any], where: str, notes: Notes, rules: Rules) -> None:
    """Check a FeatureCollection and each of its features."""
    measured = Measured()
    features = value.get("features")
    check_collection_members(value, where, notes, rules)
    if isinstance(features, list):
        seen: dict[tuple[bool, Any], int] = {}
        for index, feature in enumerate(features):
            if notes.is_full:
                break
            at = f"{where}/features/{index}"
            sizes = check_feature(feature, at, notes, rules)
            measured.sizes |= sizes
            first = first_with_id(feature, index, seen)
            if first is not None:
                notes.warning(f"{at}/id", f"is also the id of feature {first}", feature["id"], "Give each feature an id of its own.")
    _check_bbox(value, where, notes, measured.sizes)


def check_collection_members(value: dict[str, Any], where: str, notes: Notes, rules: Rules) -> None:
    """Check a FeatureCollection without its features and its bbox."""
    _check_forbidden(value, "FeatureCollection", where, notes)
    _check_crs(value, where, notes, rules)
    if "features" not in value:
        notes.missing(pointer(where, "features"), "is missing", "A FeatureCollection has an array of features, if only [] (RFC 7946, 3.3).")
    elif not isinstance(value["features"], list):
        notes.error(pointer(where, "features"), "must be an array", value["features"], "Put the features in an array (RFC 7946, 3.3).")
    elif len(value["features"]) > rules.limits.max_features:
        message = f"holds {len(value['features']):,} features; at most {rules.limits.max_features:,} are read"
        notes.error(pointer(where, "features"), message, value["features"], "Split the file.")


def check_feature(value: Any, where: str, notes: Notes, rules: Rules) -> set[int]:
    """Check a Feature; returns of how many elements its positions are."""
    measured = Measured()
    if _type(value, where, ("Feature",), "a feature", notes) is None:
        return measured.sizes
    _check_forbidden(value, "Feature", where, notes)
    _check_crs(value, where, notes, rules)
    if "id" in value and (isinstance(value["id"], bool) or not isinstance(value["id"], str | int | float)):
        notes.error(pointer(where, "id"), "must be a string or a number", value["id"], "Write such an id, or leave it out (RFC 7946, 3.2).")
    properties = value.get("properties")
    if "properties" not in value:
        notes.missing(pointer(where, "properties"), "is missing", "Write an object, or null if there are none (RFC 7946, 3.2).")
    elif properties is not None and not isinstance(properties, dict):
        notes.error(pointer(where, "properties"), "must be an object or null", properties, "Write {…} or null (RFC 7946, 3.2).")
    if "geometry" not in value:
        notes.missing(pointer(where, "geometry"), "is missing", "Write a geometry, or null if it has no place (RFC 7946, 3.2).")
    elif value["geometry"] is not None:
        at = pointer(where, "geometry")
        if _type(value["geometry"], at, GEOMETRIES, "a geometry", notes) is not None:
            _check_geometry(value["geometry"], at, notes, rules, measured, 1)
    _check_bbox(value, where, notes, measured.sizes)
    return measured.sizes


def first_with_id(feature: Any, index: int, seen: dict[tuple[bool, Any], int]) -> int | None:
    """The index of an earlier feature with the same id, if there is one; notes this one in `seen`. The string "1" and the number 1 are two ids."""
    id_ = feature.get("id") if isinstance(feature, dict) else None
    if isinstance(id_, bool) or not isinstance(id_, str | int | float):
        return None
    first = seen.setdefault((isinstance(id_, str), id_), index)
    return None if first == index else first


def _check_geometry(value: dict[str, Any], where: str, notes: Notes, rules: Rules, measured: Measured, depth: int) -> None:
    """Check a geometry whose type is known to be one; `depth` is the number of objects and arrays of the geometry down to this object."""
    type_ = value["type"]
    _check_forbidden(value, "geometry", where, notes)
    _check_crs(value, where, notes, rules)
    levels = 2 if type_ == "GeometryCollection" else LEVELS[type_] + 2
    if depth + levels - 1 > rules.limits.max_depth:
        message = f"is nested deeper than {rules.limits.max_depth} objects and arrays, which is as deep as geometries are read"
        notes.error(where, message, type_, "Take it out of the GeometryCollections around it (RFC 7946, 3.1.8).")
        return
    inside = Measured()
    if type_ == "GeometryCollection":
        _check_parts(value, where, notes, rules, inside, depth)
    elif "coordinates" not in value:
        notes.missing(pointer(where, "coordinates"), "is missing", f"A {type_} has coordinates (RFC 7946, 3.1).")
    elif measured.vertices + count_positions(type_, value["coordinates"]) > rules.limits.max_vertices:
        message = f"goes beyond the {rules.limits.max_vertices:,} positions that are read of one feature"
        notes.error(pointer(where, "coordinates"), message, value["coordinates"], "Simplify it, or split it into several features.")
    else:
        check = CoordinatesCheck(notes, inside, within_range=rules.for_import)
        check.check(type_, value["coordinates"], pointer(where, "coordinates"))
    _check_bbox(value, where, notes, inside.sizes)
    measured.vertices += inside.vertices
    measured.sizes |= inside.sizes


def _check_parts(value: dict[str, Any], where: str, notes: Notes, rules: Rules, measured: Measured, depth: int) -> None:
    """Check the members of a GeometryCollection."""
    at = pointer(where, "geometries")
    parts = value.get("geometries")
    if "geometries" not in value:
        notes.missing(at, "is missing", "A GeometryCollection has an array of geometries (RFC 7946, 3.1.8).")
        return
    if not isinstance(parts, list):
        notes.error(at, "must be an array", parts, "Put the geometries in an array (RFC 7946, 3.1.8).")
        return
    types = []
    for index, part in enumerate(parts):
        if notes.is_full:
            return
        type_ = _type(part, pointer(at, index), GEOMETRIES, "a geometry", notes)
        types.append(type_)
        if type_ == "GeometryCollection":
            advice = "Put its parts into the outer one (RFC 7946, 3.1.8)."
            notes.warning(pointer(at, index), "is a GeometryCollection within another", part, advice)
        if type_ is not None:
            _check_geometry(part, pointer(at, index), notes, rules, measured, depth + 2)
    single = {str(type_).removeprefix("Multi") for type_ in types}
    if len(single) == 1 and single <= set(LEVELS):
        advice = "Write one geometry of that type, or of its Multi type (RFC 7946, 3.1.8)."
        notes.warning(at, f"are of one type alone, {single.pop()}", parts, advice)


def _type(value: Any, where: str, allowed: tuple[str, ...], noun: str, notes: Notes) -> str | None:
    """The type of an object, if it is one of `allowed`; else what is wrong is noted."""
    if not isinstance(value, dict):
        notes.error(where, f"must be an object, as {noun} is", value, "Write it as {…} (RFC 7946, 1.4 and 3).")
        return None
    at = pointer(where, "type")
    type_ = value.get("type")
    choice = f"Write {_one_of(allowed)} (RFC 7946, 1.4 and 7)."
    if "type" not in value:
        notes.missing(at, "is missing", choice)
    elif not isinstance(type_, str):
        notes.error(at, "must be a string", type_, choice)
    elif type_ not in allowed:
        meant = next((name for name in TYPES if name.lower() == type_.lower()), None)
        if meant in allowed:
            notes.error(at, "is spelt with other capital and small letters than GeoJSON has", type_, f'Write "{meant}" (RFC 7946, 1.4).')
        else:
            notes.error(at, f"is not the type of {noun}", type_, choice)
    else:
        return type_
    return None


def _one_of(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _check_forbidden(value: dict[str, Any], kind: str, where: str, notes: Notes) -> None:
    noun = f"a {kind}"
    for name in _FORBIDDEN[kind]:
        if name in value:
            notes.error(pointer(where, name), f"must not stand in {noun}", value[name], "Give the member another name (RFC 7946, 7.1).")


def _check_crs(value: dict[str, Any], where: str, notes: Notes, rules: Rules) -> None:
    if "crs" not in value:
        return
    at = pointer(where, "crs")
    problem = crs_problem(value["crs"], at)
    if problem is not None and rules.for_import:
        notes.error(problem.pointer, problem.message, value["crs"], problem.advice)
    elif problem is not None:
        notes.warning(problem.pointer, problem.message, value["crs"], problem.advice)
    else:
        notes.warning(at, "is a member that GeoJSON has no more; it says what is so anyway", value["crs"], "Leave it out (RFC 7946, 4).")


def _check_bbox(value: dict[str, Any], where: str, notes: Notes, sizes: set[int]) -> None:
    """Check a bbox, if there is one, beside positions of `sizes` elements (RFC 7946, section 5)."""
    if "bbox" not in value:
        return
    bbox, at = value["bbox"], pointer(where, "bbox")
    if not isinstance(bbox, list):
        notes.error(at, "must be an array of numbers", bbox, "Write [west, south, east, north] (RFC 7946, 5).")
        return
    wrong = [index for index, number in enumerate(bbox) if type(number) not in (int, float)]
    for index in wrong[:6]:
        notes.error(pointer(at, index), "must be a number", bbox[index], "Write the four or six numbers without quotes (RFC 7946, 5).")
    if len(bbox) not in (4, 6):
        message = f"has {len(bbox):,} numbers; it must have 4, or 6 with altitudes"
        notes.error(at, message, bbox, "Write [west, south, east, north], or [west, south, lowest, east, north, highest] (RFC 7946, 5).")
    if wrong or len(bbox) not in (4, 6):
        return
    half = len(bbox) // 2
    if sizes and half not in {min(size, 3) for size in sizes}:
        message = f"has {len(bbox)} numbers, which does not fit positions of {_sizes(sizes)} elements"
        notes.error(at, message, bbox, "Write twice as many numbers as a position has (RFC 7946, 5).")
    if bbox[1] > bbox[half + 1]:
        message = f"is less than the southern edge, {shown(bbox[1])}"
        notes.error(pointer(at, half + 1), message, bbox[half + 1], "The southwest comes first (RFC 7946, 5).")
    if half == 3 and bbox[2] > bbox[5]:
        message = f"is less than the lowest altitude, {shown(bbox[2])}"
        notes.warning(pointer(at, 5), message, bbox[5], "The lowest altitude comes first (RFC 7946, 5).")
    if not all(-180 <= bbox[index] <= 180 and -90 <= bbox[index + 1] <= 90 for index in (0, half)):
        message = "lies outside of longitudes -180 to 180 and latitudes -90 to 90"
        notes.warning(at, message, bbox, "Write degrees, longitude first (RFC 7946, 4 and 5).")


def _sizes(sizes: set[int]) -> str:
    return " or ".join(str(size) for size in sorted(sizes))
