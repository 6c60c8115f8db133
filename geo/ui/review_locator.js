// A small map of where a proposal would stand, or of the places that its name may mean: land, the radius in which it lies, and the point.

const LOCATOR = { width: 264, height: 148, leastKm: 120, kmPerDegree: 111.2 };
const landOf = new Map();

/** The land of the built-in base map as rings of [lon, lat], fetched once. */
function land(url) {
  if (!landOf.has(url)) {
    const rings = fetch(url).then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status))))).then(landRings);
    rings.catch(() => landOf.delete(url)); // the next card asks again
    landOf.set(url, rings);
  }
  return landOf.get(url);
}

function landRings(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ringOf = (numbers) => numbers.flatMap((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]));
  return topology.objects.land.arcs.flat().map((numbers) => {
    const points = ringOf(numbers);
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [lon, lat] of points) [west, south, east, north] = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
    return { points, box: [west, south, east, north] };
  });
}

/** The locator of a proposal's place; null where nothing could be drawn. */
function locator(place, basemap) {
  const others = place.alternatives.filter((one) => one.position);
  const marks = place.position ? [{ position: place.position, radius: place.radius_km }] : others.map((one) => ({ position: one.position, radius: 0 }));
  if (!marks.length) return null;
  const words = place.position
    ? `Small map: ${place.words}, ${place.how}`
    : `Small map: the ${marks.length} places that the name may mean; none is chosen`;
  const canvas = h("canvas", { class: "dl-rev-locator", role: "img", "aria-label": words, width: LOCATOR.width * 2, height: LOCATOR.height * 2 });
  const view = viewOf(marks);
  const draw = (rings) => canvas.isConnected && drawLocator(canvas, view, marks, rings, !place.position);
  requestAnimationFrame(() => draw([]));
  land(basemap).then((rings) => requestAnimationFrame(() => draw(rings)), () => {});
  return canvas;
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

function drawLocator(canvas, view, marks, rings, open) {
  const context = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, LOCATOR.width, LOCATOR.height);
  const at = ([lon, lat]) => {
    const east = ((((lon - view.lon + 540) % 360) + 360) % 360) - 180;
    return [LOCATOR.width / 2 + east * view.narrow * view.scale, LOCATOR.height / 2 - (lat - view.lat) * view.scale];
  };
  const spanLat = LOCATOR.height / 2 / view.scale;
  const spanLon = LOCATOR.width / 2 / view.scale / view.narrow;
  context.fillStyle = colour("--rev-sea");
  context.fillRect(0, 0, LOCATOR.width, LOCATOR.height);
  context.beginPath();
  for (const { points, box } of rings) {
    if (box[1] > view.lat + spanLat || box[3] < view.lat - spanLat || box[0] > view.lon + spanLon || box[2] < view.lon - spanLon) continue;
    points.forEach((point, index) => {
      const [x, y] = [LOCATOR.width / 2 + (point[0] - view.lon) * view.narrow * view.scale, LOCATOR.height / 2 - (point[1] - view.lat) * view.scale];
      if (index) context.lineTo(x, y);
      else context.moveTo(x, y);
    });
    context.closePath();
  }
  context.fillStyle = colour("--rev-land");
  context.strokeStyle = colour("--rev-coast");
  context.lineWidth = 0.75;
  context.fill("evenodd");
  context.stroke();
  for (const mark of marks) drawMark(context, at(mark.position), (mark.radius || 0) * view.kmToPixels, colour("--rev-mark"), open);
  drawScale(context, view, colour("--rev-ink"));
}

function drawMark(context, [x, y], radius, colour, open) {
  context.strokeStyle = context.fillStyle = colour;
  if (radius > 2) {
    context.globalAlpha = 0.18;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.25;
    context.stroke();
  }
  context.beginPath();
  context.arc(x, y, open ? 5 : 3.5, 0, 7);
  context.lineWidth = 1.75;
  if (open) context.stroke();
  else context.fill();
}

/** A bar of a round number of kilometres. */
function drawScale(context, view, colour) {
  const most = 90 / view.kmToPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * power).find((value) => value <= most) || power;
  const [left, bottom, length] = [8, LOCATOR.height - 8, km * view.kmToPixels];
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.25;
  context.beginPath();
  context.moveTo(left, bottom - 4);
  context.lineTo(left, bottom);
  context.lineTo(left + length, bottom);
  context.lineTo(left + length, bottom - 4);
  context.stroke();
  context.font = "11px system-ui, sans-serif";
  context.fillText(`${km.toLocaleString("en-GB")} km`, left + 4, bottom - 5);
}
