"""The kinds of event: their codes, labels, ACLED's names for them, and the mark that stands for each."""

from __future__ import annotations

from dataclasses import dataclass

# Outlines on a 20 x 20 canvas, centred on (10, 10), as SVG path data: the map's canvas reads them with Path2D and the page with <path>.
_SHAPES = {
    "circle": "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15Z",
    "square": "M3.4 3.4H16.6V16.6H3.4Z",
    "diamond": "M10 1.2L18.8 10L10 18.8L1.2 10Z",
    "triangle": "M10 1.8L18.6 16.8H1.4Z",
    "triangle-down": "M10 18.2L1.4 3.2H18.6Z",
    "pentagon": "M10 1.6L18.2 7.6L15.1 17.2H4.9L1.8 7.6Z",
    "hexagon": "M5.4 2.2H14.6L19.2 10L14.6 17.8H5.4L0.8 10Z",
    "star": "M10 0.8L12.6 7.1L19.4 7.6L14.2 12L15.8 18.7L10 15.1L4.2 18.7L5.8 12L0.6 7.6L7.4 7.1Z",
    "plus": "M6.9 1.6H13.1V6.9H18.4V13.1H13.1V18.4H6.9V13.1H1.6V6.9H6.9Z",
    "bow": "M1.8 3L10 7.2L18.2 3V17L10 12.8L1.8 17Z",
}

# Okabe and Ito's palette, darkened where it was too light to hold 3:1 against both base maps.
_VERMILION, _BLUE, _GREEN, _PURPLE, _AMBER, _SKY, _GREY = "#c8501e", "#1f6fb4", "#0c8562", "#b0558c", "#a87400", "#2b86b8", "#6b7280"


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    `code` stands in stores and addresses, `acled` is ACLED's sub-event type, `colour` is sRGB hex, `path` is SVG path data on a
    20 x 20 canvas.
    """

    code: str
    label: str
    acled: str
    colour: str
    shape: str

    @property
    def path(self) -> str:
        """The outline of the mark, SVG path data on a 20 x 20 canvas."""
        return _SHAPES[self.shape]


# The order is on the wire (docs/protocol.md): add new kinds before "other", which stays last.
KINDS: tuple[Kind, ...] = (
    Kind("rocket_attack", "Rocket attack", "Shelling/artillery/missile attack", _VERMILION, "triangle"),
    Kind("shelling", "Shelling", "Shelling/artillery/missile attack", _VERMILION, "square"),
    Kind("air_strike", "Air strike", "Air/drone strike", _BLUE, "triangle-down"),
    Kind("drone_strike", "Drone strike", "Air/drone strike", _SKY, "bow"),
    Kind("explosion", "Explosion", "Remote explosive/landmine/IED", _AMBER, "star"),
    Kind("chemical_attack", "Chemical attack", "Chemical weapon", _PURPLE, "circle"),
    Kind("ship_attack", "Attack on a ship", "Remote explosive/landmine/IED", _GREEN, "hexagon"),
    Kind("ship_seizure", "Ship seized", "Other", _GREEN, "diamond"),
    Kind("shoot_down", "Aircraft shot down", "Disrupted weapons use", _SKY, "plus"),
    Kind("armed_clash", "Armed clash", "Armed clash", _AMBER, "square"),
    Kind("raid", "Raid", "Armed clash", _AMBER, "pentagon"),
    Kind("assassination", "Assassination", "Attack", _PURPLE, "diamond"),
    Kind("other", "Other", "Other", _GREY, "circle"),
)

_BY_CODE = {kind.code: index for index, kind in enumerate(KINDS)}
OTHER = len(KINDS) - 1


def kind_index(code: str) -> int:
    """The place of a kind in `KINDS`; that of "other" for a code that is not there."""
    return _BY_CODE.get(code, OTHER)


def kind_label(code: str) -> str:
    """The words for a kind; for an unknown code the code itself, made readable."""
    if code in _BY_CODE:
        return KINDS[_BY_CODE[code]].label
    return code.replace("_", " ").strip().capitalize() or "Other"
