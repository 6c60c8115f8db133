// A small map of where a proposal would stand, or of the places that its name may mean: land, the radius in which it lies, and the point.

const LOCATOR = { width: 264, height: 148, leastKm: 120, kmPerDegree: 111.2 };
const groundOf = new Map();

/** The built-in base map, fetched once: land and lakes as rings of [lon, lat], borders as lines. */
function ground(url) {
  if (!groundOf.has(url)) {
    const read = fetch(url).then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status))))).then(shapes);
    read.catch(() => groundOf.delete(url)); // the next card asks again
    groundOf.set(url, read);
  }
  return groundOf.get(url);
}

function shapes(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const shape = (numbers) => {
    const points = numbers.flatMap((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]));
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [lon, lat] of points) [west, south, east, north] = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
    return { points, box: [west, south, east, north] };
  };
  const { land, lakes, borders, disputed } = topology.objects;
  return { land: land.arcs.flat().map(shape), lakes: lakes.arcs.flat().map(shape), borders: [...borders.arcs, ...disputed.arcs].map(shape) };
}

/** The locator of a proposal's place; null where nothing could be drawn. Its colours are of the style sheet, so that it follows the theme. */
function locator(place, basemap) {
  const others = place.alternatives.filter((one) => one.position);
  const marks = place.position ? [{ position: place.position, radius: place.radius_km }] : others.map((one) => ({ position: one.position, radius: 0 }));
  if (!marks.length) return null;
  const words = place.position
    ? `Small map: ${place.words}, ${place.how}`
    : `Small map: the ${marks.length} places that the name may mean; none is chosen`;
  const view = viewOf(marks);
  const [land, lakes, borders] = ["dl-rev-land", "dl-rev-lake", "dl-rev-border"].map((name) => drawn("path", { class: name, "fill-rule": "evenodd" }));
  const draw = (map) => {
    land.setAttribute("d", outline(map.land, view));
    lakes.setAttribute("d", outline(map.lakes, view));
    borders.setAttribute("d", outline(map.borders, view, { closed: false }));
  };
  ground(basemap).then(draw, () => {}); // without it the point, its radius and the scale still stand
  const picture = marks.map((mark) => drawMark(pixelOf(mark.position, view), (mark.radius || 0) * view.kmToPixels, !place.position));
  return drawn("svg", { viewBox: `0 0 ${LOCATOR.width} ${LOCATOR.height}`, class: "dl-rev-locator", role: "img", "aria-label": words }, land, lakes, borders, ...picture, ...drawScale(view));
}

/** An element of SVG. */
function drawn(tag, props, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function viewOf(marks) {
  const lons = marks.map((one) => one.position[0]);
  const lats = marks.map((one) => one.position[1]);
  const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
  const [lon, lat] = [middle(lons), middle(lats)];
  const narrow = Math.max(0.2, Math.cos((lat * Math.PI) / 180));
  const radius = Math.max(...marks.map((one) => one.radius || 0));
  const tall = ((Math.max(...lats) - Math.min(...lats)) / 2) * LOCATOR.kmPerDegree;
  const wide = (((Math.max(...lons) - Math.min(...lons)) / 2) * LOCATOR.kmPerDegree * narrow * LOCATOR.height) / LOCATOR.width;
  const halfKm = Math.max(LOCATOR.leastKm, radius * 1.6, tall * 1.25, wide * 1.25);
  const scale = LOCATOR.height / 2 / (halfKm / LOCATOR.kmPerDegree); // pixels a degree of latitude
  return { lon, lat, narrow, scale, kmToPixels: scale / LOCATOR.kmPerDegree };
}

function pixelOf([lon, lat], view) {
  const east = ((((lon - view.lon + 540) % 360) + 360) % 360) - 180;
  return [LOCATOR.width / 2 + east * view.narrow * view.scale, LOCATOR.height / 2 - (lat - view.lat) * view.scale];
}

/** What of these shapes lies within the frame, as path data. Each is drawn on every side of the antimeridian on which the frame sees it. */
function outline(shapes, view, { closed = true } = {}) {
  const spanLat = LOCATOR.height / 2 / view.scale;
  const spanLon = LOCATOR.width / 2 / view.scale / view.narrow;
  const parts = [];
  for (const { points, box } of shapes) {
    if (box[1] > view.lat + spanLat || box[3] < view.lat - spanLat) continue;
    for (const turn of [-360, 0, 360]) {
      if (box[0] + turn > view.lon + spanLon || box[2] + turn < view.lon - spanLon) continue;
      const line = points.map(([lon, lat]) => [LOCATOR.width / 2 + (lon + turn - view.lon) * view.narrow * view.scale, LOCATOR.height / 2 - (lat - view.lat) * view.scale]);
      const seen = closed ? clipped(line) : line;
      if (seen.length > 1) parts.push(`M${seen.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${closed ? "Z" : ""}`);
    }
  }
  return parts.join("");
}

/** A ring cut at a little more than the frame, by Sutherland and Hodgman. */
function clipped(ring) {
  const edge = 4;
  const sides = [[0, -edge, 1], [0, LOCATOR.width + edge, -1], [1, -edge, 1], [1, LOCATOR.height + edge, -1]];
  return sides.reduce((points, [axis, at, sign]) => {
    const inside = (point) => (point[axis] - at) * sign >= 0;
    const kept = [];
    points.forEach((point, index) => {
      const before = points.at(index - 1);
      if (inside(point) !== inside(before)) {
        const part = (at - before[axis]) / (point[axis] - before[axis]);
        kept.push([before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])]);
      }
      if (inside(point)) kept.push(point);
    });
    return kept;
  }, ring);
}

function drawMark([x, y], radius, open) {
  const at = { cx: x.toFixed(1), cy: y.toFixed(1) };
  const point = drawn("circle", { ...at, r: open ? 5 : 3.5, class: open ? "dl-rev-open" : "dl-rev-point" });
  return radius > 2 ? drawn("g", {}, drawn("circle", { ...at, r: radius.toFixed(1), class: "dl-rev-radius" }), point) : point;
}

/** A bar of a round number of kilometres. */
function drawScale(view) {
  const most = 90 / view.kmToPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * power).find((value) => value <= most) || power;
  const [left, bottom] = [8, LOCATOR.height - 8];
  const words = drawn("text", { x: left + 4, y: bottom - 5, class: "dl-rev-km" });
  words.textContent = `${km.toLocaleString("en-GB")} km`;
  return [drawn("path", { d: `M${left} ${bottom - 4}V${bottom}h${(km * view.kmToPixels).toFixed(1)}v-4`, class: "dl-rev-bar-km" }), words];
}
