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
  const COLUMNS = ['name', 'lon', 'lat', 'zoom', 'room', 'angle', 'repeat', 'size', 'capital'];
  const LABELS_A_STEP = 100;
  const TOWN_PX = [11.5, 12, 13, 14]; // by the town's size
  const OCEAN_ROOM = 0.1; // of the world's width
  const OCEAN_PX = 17;
  // Sizes in pixels; a name fills `share` of its room where it may grow, and may need up to `spill` times its room.
  const SETTING = {
    country: { least: 10, most: 17, share: 0.8, spill: Infinity },
    water: { least: 11, most: 15, share: 0.8, spill: 1.12 },
    province: { least: 10.5, most: 12.5, share: 0.7, spill: 1.15 },
  };

  /** A table of labels.json or labels_fine.json (data/basemap/README.md) as a list of names. */
  parts.basemapLabels = function (table, { columns, rows }) {
    const kind = { countries: 'country', waters: 'water', towns: 'town', provinces: 'province' }[table];
    const [name, lon, lat, zoom, room, angle, repeat, size, capital] = COLUMNS.map((column) => columns.indexOf(column));
    return rows.map((row) => {
      const [x, y] = parts.worldXY(row[lon], row[lat]);
      return {
        kind, name: row[name], x, y, zoom: row[zoom], room: (row[room] || 0) / 360, angle: row[angle] || 0, repeat: Boolean(row[repeat]),
        size: row[size] || 0, capital: Boolean(row[capital]), face: row[capital] ? 'capital' : kind, measured: null,
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

  /** How a name is set at a zoom: {label, lines, size, width, height}, or null where it has too little room. */
  function set(label, world) {
    const { one, two } = measured(label);
    if (label.kind === 'town') return block(label, one, TOWN_PX[label.size] + (label.capital ? 0.5 : 0));
    const { least, most, share, spill } = SETTING[label.kind];
    const room = label.room * world;
    const text = one.ems * least <= room * share || label.angle ? one : two;
    const size = Math.max(least, Math.min(label.room > OCEAN_ROOM ? OCEAN_PX : most, (room * share) / text.ems));
    return size * text.ems > room * spill ? null : block(label, text, Math.round(size * 2) / 2);
  }

  function block(label, { lines, ems }, size) {
    return { label, lines, size, width: ems * size, height: lines.length * size * LINE_HEIGHT };
  }

  // A name on one line and on two, with its width in parts of its size; kept, since it is asked at every zoom.
  function measured(label) {
    if (label.measured) return label.measured;
    const text = parts.basemapFaces[label.face].upper ? label.name.toUpperCase() : label.name;
    const one = { lines: [text], ems: parts.letterWidth(label.face, text) };
    let two = one;
    const words = label.kind === 'town' ? [] : text.split(' ');
    for (let i = 1; i < words.length; i += 1) {
      const lines = [words.slice(0, i).join(' '), words.slice(i).join(' ')];
      const ems = Math.max(...lines.map((line) => parts.letterWidth(label.face, line)));
      if (ems < two.ems) two = { lines, ems };
    }
    label.measured = { one, two };
    return label.measured;
  }

  /** Measure every name anew, as when a web font has come. */
  parts.forgetMeasures = function (labels) {
    parts.forgetLetterWidths();
    for (const label of labels) label.measured = null;
  };

  /** Finds a free spot for a set name; `dx`, `dy` are from its point to the middle of its letters. */
  function place(label, text, board, weighty, world) {
    if (!text) return null;
    const x = label.x * world;
    const y = label.y * world;
    const dot = label.kind === 'town' ? [square(DOT_PX)] : [];
    if (dot.length && !board.free(x, y, dot)) return null;
    let chosen = null;
    for (const [dx, dy] of label.kind === 'town' ? beside(text) : around(text, label)) {
      const taken = boxes(text, dx, dy, label.angle);
      if (!board.free(x, y, taken)) continue;
      const clear = label.kind !== 'country' || weighty.free(x, y, taken);
      if (clear || !chosen) chosen = { dx, dy, taken };
      if (clear) break;
    }
    if (!chosen) return null;
    board.take(x, y, chosen.taken.concat(dot));
    return { ...text, dx: chosen.dx, dy: chosen.dy };
  }

  function beside({ width, height }) {
    const side = DOT_PX + 3 + width / 2;
    const over = DOT_PX + height / 2;
    const corner = [side - 2, over * 0.7];
    return [
      [side, 0], [-side, 0], [0, -over], [0, over],
      [corner[0], -corner[1]], corner, [-corner[0], -corner[1]], [-corner[0], corner[1]],
    ];
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
        return this._cellsOf(mine, (cell) => !cell || cell.every((other) => !this._meet(mine, other)));
      });
    }

    take(x, y, list) {
      for (const box of list) {
        const mine = { x: x + box.x, y: y + box.y, w: box.w, h: box.h };
        this._cellsOf(mine, (cell, key) => {
          if (cell) cell.push(mine);
          else this._cells.set(key, [mine]);
          return true;
        });
      }
    }

    _meet(a, b) {
      const dx = a.x - b.x;
      const nearest = dx - Math.round(dx / this._world) * this._world;
      return Math.abs(nearest) < a.w + b.w && Math.abs(a.y - b.y) < a.h + b.h;
    }

    /** Whether `test` holds for every cell under a box. */
    _cellsOf({ x, y, w, h }, test) {
      const columns = this._columns;
      const side = this._world / columns;
      const lastRow = Math.floor((y + h) / side);
      const lastColumn = Math.floor((x + w) / side);
      for (let row = Math.floor((y - h) / side); row <= lastRow; row += 1) {
        for (let column = Math.floor((x - w) / side); column <= lastColumn; column += 1) {
          const key = row * columns + (((column % columns) + columns) % columns);
          if (!test(this._cells.get(key), key)) return false;
        }
      }
      return true;
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
