// Decides which names the built-in base map shows at a zoom and where: the same everywhere, so that panning changes nothing.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const TILE = 256;
  const CELL_PX = 64;
  const BUCKET_PX = 256;
  const LINE_HEIGHT = 1.16;
  const DOT_PX = 3;
  const SAME_NAME_PX = 150;
  const LABELS_A_STEP = 100;

  /** A table of labels.json or labels_fine.json (data/basemap/README.md) as a list of names. */
  parts.basemapLabels = function (table, { columns, rows }) {
    const kind = { countries: 'country', waters: 'water', towns: 'town', provinces: 'province' }[table];
    const at = (column) => columns.indexOf(column);
    const [name, lon, lat, zoom, room, angle, repeat, size, capital] = ['name', 'lon', 'lat', 'zoom', 'room', 'angle', 'repeat', 'size', 'capital'].map(at);
    return rows.map((row) => {
      const [x, y] = parts.worldXY(row[lon], row[lat]);
      return {
        kind, name: row[name], x, y, zoom: row[zoom], room: (row[room] || 0) / 360, angle: row[angle] || 0, repeat: Boolean(row[repeat]),
        size: row[size] || 0, capital: Boolean(row[capital]), face: row[capital] ? 'capital' : kind,
      };
    });
  };

  /**
   * Places names for a zoom. A generator: it gives way every few hundred names and returns the layout, whose `near(box)` lists
   * what is placed in a box of the world ({left, top, right, bottom} in pixels of that zoom, across the antimeridian too).
   */
  parts.layOut = function* (labels, zoom) {
    const world = TILE * 2 ** zoom;
    const board = new Board(world);
    const layout = new Layout(world);
    const shown = labels.filter((label) => label.zoom <= zoom + 0.01);
    yield;
    const of = (kind, repeat) => shown.filter((label) => label.kind === kind && label.repeat === repeat);
    const towns = of('town', false);
    const weighty = new Board(world);
    for (const town of towns) if (town.capital || town.size > 1) weighty.take(town.x * world, town.y * world, [square(DOT_PX + 2)]);
    const names = new Map();
    const order = [of('country', false), of('water', false), towns, of('province', false), of('country', true), of('water', true)];
    let done = 0;
    for (const label of order.flat()) {
      if (++done % LABELS_A_STEP === 0) yield;
      if (label.kind === 'province' && sameTown(names.get(label.name), label, world)) continue;
      const placed = place(label, set(label, world), board, weighty, world);
      if (!placed) continue;
      layout.add(placed);
      if (label.kind === 'town') names.set(label.name, (names.get(label.name) || []).concat(label));
    }
    return layout;
  };

  // A province that is named like the town in it says nothing new.
  function sameTown(towns, { x, y }, world) {
    return (towns || []).some((town) => Math.hypot(town.x - x, town.y - y) * world < SAME_NAME_PX);
  }

  /** How a name is set at a zoom: {lines, size, width, height}, or null where it has too little room. */
  function set(label, world) {
    const room = label.room * world;
    const text = parts.basemapFaces[label.face].upper ? label.name.toUpperCase() : label.name;
    if (label.kind === 'town') return block(label, [text], [11.5, 12, 13, 14][label.size] + (label.capital ? 0.5 : 0));
    const [least, most, share] = { country: [10, 17, 0.8], water: [11, world < 5000 && label.room > 0.1 ? 17 : 15, 0.8], province: [10.5, 12.5, 0.7] }[label.kind];
    const one = parts.letterWidth(label.face, text);
    const lines = one * least <= room * share || label.angle ? [text] : twoLines(label.face, text);
    const longest = Math.max(...lines.map((line) => parts.letterWidth(label.face, line)));
    const size = Math.max(least, Math.min(most, (room * share) / longest));
    const spill = { country: Infinity, water: 1.12, province: 1.15 }[label.kind];
    return size * longest > room * spill ? null : block(label, lines, Math.round(size * 2) / 2);
  }

  function block(label, lines, size) {
    const width = Math.max(...lines.map((line) => parts.letterWidth(label.face, line))) * size;
    return { label, lines, size, width, height: lines.length * size * LINE_HEIGHT };
  }

  function twoLines(face, text) {
    const words = text.split(' ');
    let best = [text];
    let least = Infinity;
    for (let i = 1; i < words.length; i += 1) {
      const lines = [words.slice(0, i).join(' '), words.slice(i).join(' ')];
      const longest = Math.max(...lines.map((line) => parts.letterWidth(face, line)));
      if (longest < least) [best, least] = [lines, longest];
    }
    return best;
  }

  /** Finds a free spot for a set name; `dx`, `dy` are from its point to the middle of its letters. */
  function place(label, text, board, weighty, world) {
    if (!text) return null;
    const x = label.x * world;
    const y = label.y * world;
    const dot = label.kind === 'town' ? [square(DOT_PX)] : [];
    if (dot.length && !board.free(x, y, dot)) return null;
    const spots = label.kind === 'town' ? beside(text) : around(text, label);
    const wanted = spots.map(([dx, dy]) => ({ dx, dy, boxes: boxes(text, dx, dy, label.angle) })).filter((spot) => board.free(x, y, spot.boxes));
    if (!wanted.length) return null;
    const spot = (label.kind === 'country' && wanted.find(({ boxes: taken }) => weighty.free(x, y, taken))) || wanted[0];
    board.take(x, y, spot.boxes.concat(dot));
    return { ...text, dx: spot.dx, dy: spot.dy };
  }

  function beside({ width, height }) {
    const side = DOT_PX + 3 + width / 2;
    const over = DOT_PX + height / 2;
    return [[side, 0], [-side, 0], [0, -over], [0, over], [side - 2, -over * 0.7], [side - 2, over * 0.7], [-side + 2, -over * 0.7], [-side + 2, over * 0.7]];
  }

  function around({ width, height }, { kind, angle }) {
    if (kind === 'water') return angle ? [[0, 0]] : [[0, 0], [0, -height * 0.5], [0, height * 0.5]];
    const steps = kind === 'country' ? [0.7, 1.2, 1.8] : [0.7, 1.2];
    return [[0, 0], ...steps.flatMap((step) => [[0, -height * step], [0, height * step]]), [-width * 0.3, 0], [width * 0.3, 0]];
  }

  const square = (half) => ({ x: 0, y: 0, w: half, h: half });

  // A box is its middle and its half sides; a turned name is covered by a row of squares.
  function boxes({ label, width, height }, dx, dy, angle) {
    const gap = { country: 5, water: 4, town: 2, province: 4 }[label.kind];
    if (!angle) return [{ x: dx, y: dy, w: width / 2 + gap, h: height / 2 + gap / 2 }];
    const half = height * 0.6;
    const count = Math.max(2, Math.ceil(width / height));
    const turn = (angle * Math.PI) / 180;
    return Array.from({ length: count }, (_, i) => {
      const along = (i / (count - 1) - 0.5) * (width - height * 0.5);
      return { x: along * Math.cos(turn), y: along * Math.sin(turn), w: half, h: half };
    });
  }

  /** What is taken on the map, in cells; the world's east meets its west. */
  class Board {
    constructor(world) {
      this._world = world;
      this._columns = Math.max(1, Math.round(world / CELL_PX));
      this._cells = new Map();
    }

    free(x, y, list) {
      return list.every((box) => {
        const mine = { x: x + box.x, y: y + box.y, w: box.w, h: box.h };
        return this._keys(mine).every((key) => (this._cells.get(key) || []).every((other) => !this._meet(mine, other)));
      });
    }

    take(x, y, list) {
      for (const box of list) {
        const mine = { x: x + box.x, y: y + box.y, w: box.w, h: box.h };
        for (const key of this._keys(mine)) {
          const cell = this._cells.get(key);
          if (cell) cell.push(mine);
          else this._cells.set(key, [mine]);
        }
      }
    }

    _meet(a, b) {
      const dx = a.x - b.x;
      const nearest = dx - Math.round(dx / this._world) * this._world;
      return Math.abs(nearest) < a.w + b.w && Math.abs(a.y - b.y) < a.h + b.h;
    }

    _keys({ x, y, w, h }) {
      const side = this._world / this._columns;
      const keys = [];
      for (let row = Math.floor((y - h) / side); row <= Math.floor((y + h) / side); row += 1) {
        for (let column = Math.floor((x - w) / side); column <= Math.floor((x + w) / side); column += 1) {
          keys.push(row * this._columns + (((column % this._columns) + this._columns) % this._columns));
        }
      }
      return keys;
    }
  }

  class Layout {
    constructor(world) {
      this.world = world;
      this._buckets = new Map();
    }

    add(placed) {
      const key = this._key(Math.floor((placed.label.x * this.world) / BUCKET_PX), Math.floor((placed.label.y * this.world) / BUCKET_PX));
      if (this._buckets.has(key)) this._buckets.get(key).push(placed);
      else this._buckets.set(key, [placed]);
    }

    _key(column, row) {
      const count = Math.ceil(this.world / BUCKET_PX);
      return row * count + column;
    }

    /** [placed name, how many worlds to the east it stands], for each name in the box. */
    near({ left, top, right, bottom }) {
      const count = Math.ceil(this.world / BUCKET_PX);
      const found = [];
      for (let column = Math.floor(left / BUCKET_PX); column <= Math.floor(right / BUCKET_PX); column += 1) {
        const copy = Math.floor(column / count);
        for (let row = Math.floor(top / BUCKET_PX); row <= Math.floor(bottom / BUCKET_PX); row += 1) {
          for (const placed of this._buckets.get(this._key(column - copy * count, row)) || []) found.push([placed, copy]);
        }
      }
      return found;
    }
  }
})();
