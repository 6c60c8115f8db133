// How this was done: the page's words, and in them what the store counts and quotes. The id of a section is its anchor.

const SECTIONS = [
  ["places", "How sure a place is", places],
  ["dates", "How sure a date is", dates],
  ["kinds", "Kinds of event", kinds],
  ["dated", "How dates were found", dated],
  ["placed", "How places were found", placed],
  ["not-on-the-map", "What is not on the map", notOnTheMap],
  ["sites", "Sites and rings", sites],
  ["clocks", "Two clocks", clocks],
  ["figures", "Figures", figures],
  ["limits", "Known limits", limits],
  ["sources", "Sources and licences", sources],
  ["privacy", "Privacy", privacy],
];
const SOFTWARE = [
  ["Streamlit", "Apache-2.0", "The pages. With it come the typefaces Source Sans and Source Serif (SIL OFL 1.1)."],
  ["Folium, streamlit-folium", "MIT", "The map in the page."],
  ["Leaflet", "BSD-2-Clause", "The map in the browser."],
  ["GeoPandas, Shapely", "BSD-3-Clause", "Geometry, with GEOS (LGPL-2.1)."],
  ["PROJ, pyproj, GeographicLib", "MIT", "Distances and rings on the ellipsoid."],
];
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dl-method_view");
  const content = JSON.stringify(data);
  if (content !== root.dlContent) {
    const first = root.dlContent === undefined;
    root.dlContent = content;
    draw(root, data);
    const asked = first && SECTIONS.some(([id]) => `#${id}` === location.hash) && root.querySelector(location.hash);
    if (asked) arrive(() => asked.scrollIntoView({ block: "start", behavior: "instant" }));
  }
  const links = root.querySelectorAll(".dl-met-contents a");
  return watchPosition([...root.querySelectorAll("section")], links, (link, section) => link.hash === `#${section.id}`);
}

function draw(root, data) {
  const anchor = (id, title) => h("a", { href: `#${id}` }, title);
  const section = ([id, title, blocks]) => h("section", { id }, h("h2", {}, anchor(id, title)), blocks(data));
  const lead = "How each mark came to be on the map: what was read, what was concluded from it, what an editor added, and what nobody knows.";
  root.replaceChildren(
    h(
      "div",
      { class: "dl-met-page" },
      h("header", { class: "dl-met-masthead" }, h("h1", {}, "Method"), p(lead)),
      h("nav", { class: "dl-met-contents", "aria-label": "On this page" }, ol(SECTIONS.map(([id, title]) => anchor(id, title)))),
      h("div", { class: "dl-met-text" }, SECTIONS.map(section)),
    ),
  );
}

function places(data) {
  const row = (place) => [[placeMark(place.look), place.word], place.means, place.radius ?? "–", place.acled, place.ucdp, count(place.events)];
  const head = ["Known to", "What that means", "Radius here", "ACLED", "UCDP", "Events"];
  return [
    p(
      strong("A solid mark"), " stands where the site or the town is known. ",
      strong("A hollow mark"), " in a disc stands for a place that is known less well: ",
      "it happened somewhere in the disc, and no likelier at its centre than at its edge.",
    ),
    table("How sure a place is, with the codes geo_precision of ACLED and where_prec of UCDP", head, data.places.map(row)),
    data.nowhere > 0 && p(`Of ${counted(data.nowhere, "event")} no place is known at all.`),
    p("The radius is the distance within which the true place is believed to lie. It is a judgement and not a measurement."),
    p("The codes are those of the two large datasets of the field. They are derived from the word, never typed in. Three of them need care:"),
    ul(
      "Events spread over several provinces are 3 for ACLED and 5 for UCDP. There is no word for that here.",
      ["UCDP’s 7 means international waters or airspace. Here it stands for every event at sea, ",
        "since a source that names only a gulf does not say whose waters they were."],
      "A quarter of a city counts as a district. Both datasets code many such places as exact, so that the codes here err on the side of caution.",
    ),
    codes(data.codes.place),
  ];
}

function dates(data) {
  const example = (it) => (it ? [said(it.when), h("span", { class: "dl-met-minor" }, said(it.title))] : "–");
  const row = (date) => [date.word, date.means, example(date.example), date.acled, date.ucdp, count(date.events)];
  const head = ["Known to", "What that means", "For example", "ACLED", "UCDP", "Events"];
  return [
    p(
      "A date is told exactly as well as it is known. “Between 16 and 21 February” is one incident on an unknown day, ",
      "not six days of fighting. All times are UTC.",
    ),
    table("How sure a date is, with the codes time_precision of ACLED and date_prec of UCDP", head, data.dates.map(row)),
    p(
      "The codes follow from the length of the span. One word can therefore have two of them: ",
      "where an event is dated “a week before” another, whose own day is not known, the span is longer than a week.",
    ),
    codes(data.codes.date),
  ];
}

function kinds(data) {
  const row = (kind) => [[kindMark(kind), said(kind.label)], kind.acled];
  const head = ["Kind", "ACLED sub-event type"];
  const absent = data.absent_kinds;
  return [
    p("The shape and the colour of a mark say what happened. The kind is an editor’s reading of the source, and so is ACLED’s name for it."),
    table("Kinds of event in this store", [...head, "Events"], data.kinds.map((kind) => [...row(kind), count(kind.events)])),
    absent.length > 0 &&
      fold(`${counted(absent.length, "kind")} without an event here`, table("Kinds that are not in this store", head, absent.map(row))),
  ];
}

function dated(data) {
  return [
    p("A live blog writes “Monday” and “last week”, and its headings often leave out the year. So each date has a basis and a note."),
    table("How dates are known", ["Basis", "What that means", "Events"], data.date_bases.map(basisRow)),
    data.dated.count > 0 && fold(`How each date was found: ${counted(data.dated.count, "event")}`, records(data.dated)),
    p("An update that prints only a time takes its day from the next dated heading below it, since newer entries stand on top. Each update says so."),
  ];
}

function placed(data) {
  return [
    p("Places where somebody only spoke are not on the map: a statement that was made in a capital is no incident there."),
    table("Who placed the points on the map", ["Basis", "What that means", "Points"], data.place_bases.map(basisRow)),
    p(
      "A source that names a place seldom prints its coordinates. ",
      "Where it does not, they are an editor’s even if the place is stated, and the radius allows for that.",
    ),
    data.by_editor.count > 0 &&
      fold(`Placed by an editor: ${counted(data.by_editor.count, "event")}, with what the source says`, records(data.by_editor)),
  ];
}

function notOnTheMap(data) {
  const words = (faults, one, many) => (faults.count === 1 ? one : `${count(faults.count)} ${many}`);
  const faulty = (faults, one, many) =>
    faults.problems.length > 0 && fold(words(faults, one, many), ul(...faults.problems.map((problem) => said(problem))), more(faults));
  const absent = data.absent.count;
  return [
    absent === 0
      ? p("Every event of this store has a point.")
      : p(
          `${count(absent)} of ${counted(data.total, "event")} ${absent === 1 ? "has" : "have"} no point, `,
          "since no place is known that one could stand for. A capital or the middle of a country would look like knowledge. ",
          "What has no point stands in the list, counts in the totals, and is exported without one.",
        ),
    absent > 0 && records(data.absent),
    faulty(data.left_out, "1 record of the store cannot be read and is left out", "records of the store cannot be read and are left out"),
    faulty(data.doubts, "1 fault of the store is passed over", "faults of the store are passed over"),
  ];
}

function sites(data) {
  if (data.rings.length === 0) return [p("This store has no sites.")];
  const rows = data.rings.map((ring) => [said(ring.site), ring.radius ?? "–", ring.label ? said(ring.label) : "no ring", toldIn(ring.told)]);
  const { stretch } = data;
  return [
    p(
      "A site is a place that matters to the story without being an incident. A ring around it is a distance that the source gives. ",
      "It is drawn at its true length on the WGS84 ellipsoid, so that a large ring is no perfect circle on the flat map.",
    ),
    table("Sites and their rings", ["Site", "Ring", "What it is", "Told in"], rows),
    stretch &&
      p(
        "The source puts ", said(stretch.base), ` about ${stretch.told} km from `, said(stretch.city), ". ",
        `On the ellipsoid it is ${stretch.measured} km (${stretch.exactly}) from the point that stands for the city. `,
        "The ring keeps the figure of the source, so that the difference shows. From where the source measured, it does not say.",
      ),
    data.site_notes.length > 0 && fold("Notes on the sites", ul(...data.site_notes.map((site) => [strong(said(site.name)), ": ", said(site.note)]))),
  ];
}

function clocks(data) {
  const told = data.clocks;
  return [
    p("Every event has two dates: when it happened, and when it was told. The map goes by the first."),
    p(
      "“As known on” a day goes by the second. It hides every update that came later, the events that only those tell, ",
      "and the claims that they make: the map as a reader could have drawn it that evening. An update without a time counts for its whole day.",
    ),
    told &&
      p(
        "For example: “", said(told.title), "” is dated ", said(told.when), ". It is told in ",
        told.times > 1 ? `${count(told.times)} updates, the first of ${told.first} and the last of ${told.last}.` : `one update, of ${told.first}.`,
      ),
    p("Only updates and claims go back in time. The title, the date and the place of an event are always those that are known now."),
  ];
}

function figures(data) {
  const shown = data.figures;
  const rows = shown ? shown.rows.map((row) => [said(row.text), row.figure, said(row.by), toldIn(row.told)]) : [];
  return [
    p(
      "A figure is kept with who gives it, through whom it came, and the update that tells it. Figures that differ stand side by side: ",
      "they are never averaged or added up, and none is struck out because a later one says otherwise.",
    ),
    p("Unknown is not zero. Where nobody gives a number, there is none."),
    shown && table(["How many were killed: ", said(shown.title)], ["As it is told", "As a figure", "Who says so", "Told in"], rows),
    p(
      "For UCDP’s estimates of deaths, low and high are the least and the greatest figure that anybody gives. ",
      "Best is left open unless all agree, since choosing between claims would mean taking sides.",
    ),
    shown && shown.low !== null && p(`In the example: low ${shown.low}, best ${shown.best ?? "open"}, high ${shown.high}.`),
  ];
}

function limits(data) {
  const names = [...new Set(data.sources.map((source) => source.source))];
  const one = names.length === 1;
  const points = data.by_editor.count;
  return [
    ul(
      [one ? ["Everything here comes from one source, ", said(names[0]), ". What it"] : "What the sources",
        " left out is left out here, and what was mistaken there is mistaken here, unless a note says otherwise."],
      ["The updates are retold. Follow the link to the source before you quote anybody, ",
        "and bear in mind that a live blog can be changed after it was read."],
      points > 0 &&
        `${counted(points, "point")} on the map ${points === 1 ? "is" : "are"} an editor’s: good enough to look at, not to measure from.`,
      ["A record can stand for several incidents where the source does not tell them apart; its note says so. ",
        "Do not count records as if they were attacks."],
      "An empty part of the map means that nothing was told of it, not that nothing happened there.",
      "The codes of ACLED and UCDP say how sure a place or a date is. They do not say that an event is in those datasets or would be let in.",
    ),
  ];
}

function sources(data) {
  return [
    h("h3", {}, "The facts"),
    data.sources.length === 0 && p("This store cites no source."),
    ul(...data.sources.map((source) => [outwardLink(source.url, source.source), `, ${counted(source.updates, "update")}, retold`])),
    data.licence && said(data.licence, "p"),
    h("h3", {}, "The map"),
    p(
      "Land, borders, provinces, seas and towns: Natural Earth, public domain, simplified. Some names are an editor’s, ",
      "and so is the choice of disputed borders, which are dashed. Online base maps carry their own attribution on the map.",
    ),
    h("h3", {}, "The scales"),
    ul(
      ["Armed Conflict Location & Event Data Project, ", h("cite", {}, "ACLED Codebook"), ", 2023."],
      ["Stina Högbladh, ", h("cite", {}, "UCDP GED Codebook, version 23.1"), ", Uppsala University, 2023."],
      ["Charles F. F. Karney, “Algorithms for geodesics”, ", h("cite", {}, "Journal of Geodesy"), " 87, 2013."],
    ),
    p("The codebooks are cited for their scales, which are told here in our words. Dateline belongs to neither project."),
    h("h3", {}, "The software"),
    table("Software that Dateline stands on", ["Name", "Licence", "What for"], SOFTWARE),
  ];
}

function privacy(data) {
  const online = data.online.map((base) => `${base.label} (${base.hosts.join(", ")})`);
  return [
    p(
      "Dateline sends no telemetry. The pages, the map under the marks and the data come from the computer that runs it, ",
      "and what you do here is told to nobody else.",
    ),
    online.length > 0 &&
      p(
        "There is one exception, and it is yours to make: an online base map. Choose one, ",
        `and your browser asks its provider for the pictures of the area that you look at. On offer are ${online.join("; ")}.`,
      ),
    p("Links to a source open the source’s own page. It is not told where you come from."),
  ];
}
