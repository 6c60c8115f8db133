"""The map's Folium elements and the online base maps on offer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from folium import Figure

from geo.kinds import KINDS
from geo.mapping import assets
from geo.mapping.assets import ASSETS, SCRIPTS, STYLES
from geo.mapping.elements import BaseMap, event_map, safe_json
from geo.mapping.tiles import OFFLINE, base_names, online_maps

HOSTILE = "</script><script>alert(1)</script>\u2028\u2029&'\"`${alert(2)}\\{{ 7*7 }} {{'drawn'}} ]]> <!-- \udcff"


def script_of(**changes: object) -> str:
    """The script of a whole map, as a page gets it."""
    given = {"channel": "dateline-a", "columns": "/dateline/columns/r1", "labels": "/dateline/labels/r1", **changes}
    figure = event_map(**given).get_root()  # type: ignore[arg-type]
    assert isinstance(figure, Figure)
    return str(figure.render())


def options_of(page: str) -> dict[str, object]:
    found = re.search(r"window\.datelineMap\(map_[0-9a-f]+, (.*)\);", page)
    assert found is not None
    options = json.loads(found.group(1))
    assert isinstance(options, dict)
    return options


def test_every_address_in_the_page_is_our_own() -> None:
    """Leaflet, the scripts and the styles come from the app's own routes; the tiles' hosts stand in the options only."""
    page = script_of(tiles=[])
    addresses = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert len(addresses) == len(["the script", "Leaflet's style", *STYLES])
    assert all(address.startswith("/dateline/") for address in addresses)
    assert "://" not in page


def test_every_script_and_style_is_there() -> None:
    for name in (*SCRIPTS, *STYLES):
        assert (ASSETS / name).is_file(), name


def test_every_script_of_the_folder_is_loaded() -> None:
    there = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js")}
    assert there == set(SCRIPTS)


def test_hostile_options_stay_inside_their_string() -> None:
    """Nothing in an option can end the script, and it arrives as it was."""
    page = script_of(channel=HOSTILE)
    assert options_of(page)["channel"] == HOSTILE
    written = page[page.index("window.datelineMap(") :]
    assert written.count("</script>") == 1
    assert not set("<>&'`\u2028\u2029") & set(written[: written.index("</script>")])
    assert "{{" not in written and "{%" not in written


def test_safe_json_refuses_what_json_has_no_word_for() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        safe_json({"zoom": float("nan")})


def test_longitude_comes_first_everywhere_but_in_folium() -> None:
    page = script_of(view=(5.25, 42.0, 33.0))
    assert options_of(page)["view"] == {"zoom": 5.25, "lon": 42.0, "lat": 33.0}
    assert "[33.0, 42.0]" in page
    assert '"zoom": 5.25' in page


def test_without_a_view_the_browser_fits_all_events() -> None:
    assert options_of(script_of())["view"] is None


def test_the_script_is_the_same_on_every_run() -> None:
    """st_folium makes a new iframe when it differs (but for Folium's own names, which it knows)."""
    first, second = (re.sub(r"map_[0-9a-f]{32}", "map", script_of()) for _ in range(2))
    assert first == second


def test_the_kinds_reach_the_browser_in_the_order_of_the_wire() -> None:
    kinds = options_of(script_of())["kinds"]
    assert isinstance(kinds, list)
    assert [kind["code"] for kind in kinds] == [kind.code for kind in KINDS]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", kind["colour"]) and kind["path"] for kind in kinds)


def test_two_maps_do_not_share_their_lists_of_scripts() -> None:
    """Folium keeps them on the class; a plugin that adds to one map must not add to all."""
    one, other = BaseMap((2.0, 0.0, 20.0)), BaseMap((2.0, 0.0, 20.0))
    one.add_js_link("extra", "/dateline/map/extra.js")
    assert ("extra", "/dateline/map/extra.js") not in other.default_js


def test_the_address_of_the_script_changes_with_the_scripts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever changes a script or a style changes the address, which a browser keeps for ever."""
    for name in (*SCRIPTS, *STYLES):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ASSETS / name).read_bytes())
    seen = {assets.script_url()}
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    try:
        for name in ("map.js", "map.css"):
            (tmp_path / name).write_text("changed")
            assets.script.cache_clear()
            assets.version.cache_clear()
            seen.add(assets.script_url())
    finally:
        assets.script.cache_clear()
        assets.version.cache_clear()
    assert len(seen) == 3


@pytest.mark.parametrize("offered", online_maps(), ids=lambda offered: offered["name"])
def test_an_online_map_says_who_is_asked_and_whom_to_credit(offered: dict[str, object]) -> None:
    url, attribution = str(offered["url"]), str(offered["attribution"])
    assert url.startswith("https://")
    assert set(re.findall(r"\{(\w+)\}", url)) <= {"x", "y", "z", "s"}  # no key is left to fill in
    assert offered["hosts"] == [url.split("/")[2]]
    assert "©" in attribution
    assert not set("<>&") & set(attribution)
    assert isinstance(offered["max_zoom"], int)


def test_the_names_of_base_maps_are_those_of_the_address() -> None:
    assert base_names() == {OFFLINE, "osm", "light", "satellite"}
    assert len(online_maps()) == len(base_names()) - 1
