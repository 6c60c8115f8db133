"""Which column of a table says what: guessed from names and values, shown to the person, and overridable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches

from geo.errors import InvalidInput, Problem, shown
from geo.geojson import is_web_address
from geo.ingest.datasets.days import DATE_ORDERS, DateOrder, is_numeric, order_of, read_written
from geo.model import PLACE_PRECISIONS

GEOMETRY_LON, GEOMETRY_LAT, FEATURE_ID = "(longitude of the geometry)", "(latitude of the geometry)", "(id of the feature)"
"""The columns that a GeoJSON feature has beside its properties."""


@dataclass(frozen=True)
class Mapping:
    """The columns of a table by what they say; None where the table does not say it.

    The last members are no columns: who published the file and at which address, where its rows do not say; the order of day and month in dates
    like 03/04/2021; what goes before every id; and how vaguely a place is known where the rows do not say.
    """

    id: str | None = None
    title: str | None = None
    lon: str | None = None
    lat: str | None = None
    date: str | None = None
    end: str | None = None
    kind: str | None = None
    place: str | None = None
    country: str | None = None
    precision: str | None = None
    uncertainty_km: str | None = None
    actor1: str | None = None
    actor2: str | None = None
    attacker: str | None = None
    target: str | None = None
    notes: str | None = None
    heading: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    killed_low: str | None = None
    killed_best: str | None = None
    killed_high: str | None = None
    injured: str | None = None
    publisher: str | None = None
    address: str | None = None
    date_order: DateOrder | None = None
    id_prefix: str = ""
    default_precision: str = "near_town"

    def columns(self) -> dict[str, str]:
        """What is mapped to a column, in the order of the members."""
        return {name: getattr(self, name) for name in COLUMN_FIELDS if getattr(self, name) is not None}

    def missing(self) -> tuple[str, ...]:
        """The members without which no row can be read."""
        return tuple(name for name in ("lon", "lat", "date") if getattr(self, name) is None)


_SETTINGS = ("publisher", "address", "date_order", "id_prefix", "default_precision")
COLUMN_FIELDS = tuple(member.name for member in fields(Mapping) if member.name not in _SETTINGS)

# Names of columns, in small letters and without anything but letters and digits; the better ones first.
_NAMES: dict[str, str] = {
    "id": "idofthefeature id eventid eventidcnty identifier uid globalid fid objectid",
    "title": "title headline name eventname incident summary subject",
    "lon": "longitudeofthegeometry longitude lon lng long xcoord xcoordinate coordx geolon geolongitude locationlongitude x",
    "lat": "latitudeofthegeometry latitude lat ycoord ycoordinate coordy geolat geolatitude locationlatitude y",
    "date": "date eventdate datestart startdate start dateofincident incidentdate dateofevent occurred occurredat datetime timestamp day when year",
    "end": "enddate dateend end until dateto",
    "kind": "kind subeventtype eventtype incidenttype attacktype type category typeofincident weapon",
    "place": "place placename location locationname wherecoordinates town city village settlement site locality",
    "country": "country countryname nation admin0 countryterritory",
    "precision": "placeprecision geoprecision precision",
    "uncertainty_km": "uncertaintykm radiuskm accuracykm",
    "actor1": "actor1 sidea actor group actors",
    "actor2": "actor2 sideb",
    "attacker": "attacker perpetrator perpetratorname gname",
    "target": "target victim targetname",
    "notes": "notes description note details narrative text comment comments remarks",
    "heading": "sourceheadline sourceheading sourcetitle articletitle",
    "source": "source publisher sourcename sourceoffice sources reportedby",
    "url": "url sourceurl link sourcelink href web article",
    "published": "published sourcedate publicationdate publishedat reported datereported reportdate",
    "killed_low": "killedlow low fatalitieslow deathslow killedmin minkilled deathsmin",
    "killed_best": "killedbest best fatalities killed deaths dead nkill fatalitiesbest deathsbest numberkilled",
    "killed_high": "killedhigh high fatalitieshigh deathshigh killedmax maxkilled deathsmax",
    "injured": "injured wounded nwound injuries numberinjured",
}
_MOSTLY = 0.8


def guess_mapping(columns: Sequence[str], sample: Sequence[MappingOf[str, str]]) -> Mapping:
    """The mapping that names and values speak for. `sample` holds the cells of the first rows.

    A name alone is no proof for coordinates and dates: the values must fit. Longitude and latitude are told apart by values only if one column goes
    beyond 90 degrees.
    """
    plain = {re.sub(r"[^a-z0-9]", "", column.casefold()): column for column in reversed(columns)}
    free = dict.fromkeys(columns)
    found: dict[str, str] = {}
    for member, names in _NAMES.items():
        for name in names.split():
            column = plain.get(name)
            if column in free and column is not None and _fits(member, column, sample):
                found[member] = column
                free.pop(column)
                break
    if GEOMETRY_LON in columns:
        found |= {"lon": GEOMETRY_LON, "lat": GEOMETRY_LAT}
    elif "lon" not in found and "lat" not in found:
        found |= _coordinates_by_values(list(free), sample)
    dated = (column for column in free if _share(column, sample, _is_date) >= _MOSTLY and not _is_number_column(column, sample))
    if "date" not in found and (column := next(dated, None)):
        found["date"] = column
    if FEATURE_ID in columns:
        found.setdefault("id", FEATURE_ID)
    guess = Mapping(**found)  # type: ignore[arg-type]
    return replace(guess, date_order=_guess_order(guess, sample))


def with_overrides(mapping: Mapping, given: MappingOf[str, str], columns: Iterable[str]) -> Mapping:
    """`mapping` with what a person said: a member by its name, "" for “the file does not say”. Raises InvalidInput with every problem."""
    known = list(columns)
    problems = []
    changed: dict[str, str | None] = {}
    for member, value in given.items():
        if member in COLUMN_FIELDS and (not value or value in known):
            changed[member] = value or None
        elif member in _SETTINGS:
            problems += _setting_problem(member, value)
            changed[member] = value if value or member in ("id_prefix", "default_precision") else None
        elif member in COLUMN_FIELDS:
            near = get_close_matches(value, known, 3, 0.4)
            advice = f"Did you mean {' or '.join(map(shown, near))}?" if near else f"The columns are: {', '.join(map(shown, known[:30]))}."
            problems.append(Problem("", f"there is no column for {member}", shown(value), advice))
        else:
            problems.append(Problem("", "nothing of this name can be mapped", shown(member), f"Use one of: {', '.join(COLUMN_FIELDS)}."))
    if problems:
        raise InvalidInput(problems)
    return replace(mapping, **changed)  # type: ignore[arg-type]


def check_complete(mapping: Mapping, columns: Sequence[str]) -> None:
    """Raise InvalidInput, naming the columns there are, unless coordinates and date are mapped to some."""
    unknown = {member: column for member, column in mapping.columns().items() if column not in columns}
    with_overrides(Mapping(), unknown, columns)
    missing = mapping.missing()
    if missing:
        say = f"Say which column it is, as in {missing[0]}=COLUMN. The columns are: {', '.join(map(shown, columns[:30]))}."
        raise InvalidInput([Problem("", f"no column could be found for {', '.join(missing)}", "", say)])


def _setting_problem(member: str, value: str) -> list[Problem]:
    if member == "date_order" and value and value not in DATE_ORDERS:
        return [Problem("", "is no order of day and month", shown(value), "Use dmy or mdy.")]
    if member == "default_precision" and value not in PLACE_PRECISIONS:
        return [Problem("", "is no precision of a place", shown(value), f"Use one of: {', '.join(PLACE_PRECISIONS)}.")]
    if member == "address" and value and not is_web_address(value):
        return [Problem("", "is no web address", shown(value), "Give one that starts with https://.")]
    return []


def _fits(member: str, column: str, sample: Sequence[MappingOf[str, str]]) -> bool:
    if member in ("lon", "lat"):
        return _share(column, sample, lambda text: _in_degrees(text, 180 if member == "lon" else 90)) >= _MOSTLY
    if member in ("date", "end", "published"):
        return _share(column, sample, _is_date) >= _MOSTLY
    if member == "precision":
        return _share(column, sample, lambda text: text in PLACE_PRECISIONS) >= _MOSTLY
    if member == "url":
        return _share(column, sample, is_web_address) >= _MOSTLY
    return True


def _share(column: str, sample: Sequence[MappingOf[str, str]], fits: Callable[[str], bool]) -> float:
    """How many of the cells that hold something fit; 1 if none holds anything, since nothing speaks against it."""
    cells = [text for row in sample if (text := row.get(column, "").strip())]
    return sum(map(fits, cells)) / len(cells) if cells else 1.0


def _is_date(text: str) -> bool:
    try:
        read_written(text, "dmy")
    except ValueError:
        try:
            read_written(text, "mdy")
        except ValueError:
            return False
    return True


def _in_degrees(text: str, most: float) -> bool:
    try:
        return abs(float(text)) <= most
    except ValueError:
        return False


def _is_number_column(column: str, sample: Sequence[MappingOf[str, str]]) -> bool:
    """Numbers are no dates that a column's values alone could prove; an empty column proves nothing either."""
    cells = [text for row in sample if (text := row.get(column, "").strip())]
    return not cells or all(text.isdecimal() for text in cells)


def _coordinates_by_values(columns: list[str], sample: Sequence[MappingOf[str, str]]) -> dict[str, str]:
    """The only two columns of decimal degrees, if one of them goes beyond 90: that is the longitude."""
    decimal = [column for column in columns if any("." in row.get(column, "") for row in sample)]
    degrees = [column for column in decimal if _share(column, sample, lambda text: _in_degrees(text, 180)) == 1]
    wide = [column for column in degrees if _share(column, sample, lambda text: _in_degrees(text, 90)) < 1]
    if len(degrees) != 2 or len(wide) != 1:
        return {}
    return {"lon": wide[0], "lat": next(column for column in degrees if column not in wide)}


def _guess_order(mapping: Mapping, sample: Sequence[MappingOf[str, str]]) -> DateOrder | None:
    """The order of day and month where some dates tell it and none contradicts; None where there is nothing to tell."""
    texts = [row.get(column, "").strip() for column in (mapping.date, mapping.end, mapping.published) if column for row in sample]
    orders = {order for text in texts if is_numeric(text) and (order := order_of(text))}
    return orders.pop() if len(orders) == 1 else None
