// Where two things meet, and by which links: the rules of `ppun_bfc.crossref`, which a test holds it to.
import { Edition } from "./data.js";

/** @typedef {import("./data.js").Lang} Lang */
/** @typedef {import("./data.js").Link} Link */
/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Strength} Strength */
/** @typedef {{derived: boolean, modality: string | null}} Ground What a way stands on. */
/** @typedef {{row: number, column: number, strength: Strength, modality: string | null, disputes: number[]}} Cell */
/** @typedef {{link: Link | null, child: number}} Hop A link, or what is part of the next thing on the way. */
/** @typedef {{nodes: number[], hops: Hop[]}} Way */
/** @typedef {{nodes: number[], hops: Hop[], strength: Strength, modality: string | null}} Path */

/** Strengths, strongest first. */
export const STRENGTHS = /** @type {Strength[]} */ (["part_of", "stated", "derived", "inherited"]);
/** What a source commits to, the most first. */
const MODALITIES = ["affirmed", "required", "intended", "conditional", "possible"];
/** @type {Ground} */
const FIRM = { derived: false, modality: null };

/** @param {string | null} one
 * @param {string | null} other */
function weaker(one, other) {
  if (one === null || other === null) return one ?? other;
  return MODALITIES.indexOf(one) > MODALITIES.indexOf(other) ? one : other;
}

/** @param {(string | null)[]} modalities */
function strongest(modalities) {
  return MODALITIES.find((one) => modalities.includes(one)) ?? null;
}

/** @param {Ground} one
 * @param {Ground} other
 * @returns {Ground} */
function both(one, other) {
  return {
    derived: one.derived || other.derived,
    modality: weaker(one.modality, other.modality),
  };
}

/** @param {Ground} ground */
function rank(ground) {
  const hedge = ground.modality === null ? -1 : MODALITIES.indexOf(ground.modality);
  return (ground.derived ? 10 : 0) + hedge;
}

/** @param {Ground} ground
 * @returns {Strength} */
function strengthOf(ground) {
  return ground.derived ? "derived" : "stated";
}

/** Note a ground, unless there is a better one for the same key.
 * @template K
 * @param {Map<K, Ground>} grounds
 * @param {K} key
 * @param {Ground} ground */
function keepBest(grounds, key, ground) {
  const known = grounds.get(key);
  if (!known || rank(ground) < rank(known)) grounds.set(key, ground);
}

/** The rows, or the columns: which of them a thing counts for. */
class Side {
  /** @param {Network} network
   * @param {number[]} ids */
  constructor(network, ids) {
    this.network = network;
    this.set = new Set(ids);
    /** @type {Map<number, Map<number, Ground>>} */
    this.known = new Map();
    /** @type {Map<number, number[]>} */
    this.heirs = new Map();
    for (const id of ids) {
      for (const above of network.edition.ancestors(id).slice(0, -1)) {
        if (!network.isActive(above)) continue;
        this.heirs.set(above, [...(this.heirs.get(above) ?? []), id]);
      }
    }
  }

  /** @param {number} id
   * @returns {Map<number, Ground>} */
  owners(id) {
    const known = this.known.get(id);
    if (known) return known;
    /** @type {Map<number, Ground>} */
    const found = new Map();
    if (this.network.isActive(id)) {
      for (const [start, ground] of [[id, FIRM], ...(this.network.delivers.get(id) ?? [])]) {
        const first = /** @type {number} */ (start);
        for (const one of [first, ...this.network.edition.ancestors(first)]) {
          if (this.set.has(one)) keepBest(found, one, /** @type {Ground} */ (ground));
        }
      }
    } else if (this.set.has(id)) found.set(id, FIRM);
    this.known.set(id, found);
    return found;
  }
}

/** The links of a version, ready to be crossed. */
export class Network {
  /** @param {Edition} edition */
  constructor(edition) {
    this.edition = edition;
    /** @type {Map<number, Map<number, Ground>>} of each aid what it delivers */
    this.delivers = new Map();
    /** @type {Map<number, Link[]>} */
    this.deliveredBy = new Map();
    for (const link of edition.links) {
      const aid = edition.things[link.source];
      if (link.relation !== "delivers" || aid.kind !== "aid" || !aid.active) continue;
      const own = this.delivers.get(aid.at) ?? new Map();
      this.delivers.set(aid.at, own.set(link.target, this.ground(link)));
      this.deliveredBy.set(link.target, [...(this.deliveredBy.get(link.target) ?? []), link]);
    }
    /** @type {Map<number, number[]>} the discrepancies of substance about each thing */
    this.disputes = new Map();
    for (const [dispute, about] of edition.packed.disputes) {
      for (const one of about) this.disputes.set(one, [...(this.disputes.get(one) ?? []), dispute]);
    }
  }

  /** @param {number} at */
  isActive(at) {
    return this.edition.things[at].active;
  }

  /** @param {Link} link
   * @returns {Ground} */
  ground(link) {
    return { derived: link.basis === "derived", modality: link.modality };
  }

  /** The cells in which something meets, by "row column".
   * @param {number[]} rows
   * @param {number[]} columns
   * @returns {Map<string, Cell>} */
  matrix(rows, columns) {
    const rowSide = new Side(this, rows);
    const columnSide = new Side(this, columns);
    /** @typedef {{strength: Strength, modality: string | null, ends: number[]}} Found */
    /** @type {Map<string, Found[]>} */
    const found = new Map();
    /** @param {string} pair
     * @param {Found} one */
    const note = (pair, one) => {
      const known = found.get(pair);
      if (known) known.push(one);
      else found.set(pair, [one]);
    };
    for (const link of this.edition.links) {
      const own = this.ground(link);
      /** @type {Map<string, Ground>} */
      const direct = new Map();
      /** @type {Map<string, Ground>} */
      const inherited = new Map();
      for (const [one, other] of [
        [link.source, link.target],
        [link.target, link.source],
      ]) {
        for (const [row, rowGround] of rowSide.owners(one)) {
          for (const [column, columnGround] of columnSide.owners(other)) {
            keepBest(direct, `${row} ${column}`, both(rowGround, columnGround));
          }
        }
        for (const row of rowSide.heirs.get(one) ?? []) {
          for (const [column, ground] of columnSide.owners(other)) {
            keepBest(inherited, `${row} ${column}`, ground);
          }
        }
        for (const column of columnSide.heirs.get(one) ?? []) {
          for (const [row, ground] of rowSide.owners(other)) {
            keepBest(inherited, `${row} ${column}`, ground);
          }
        }
      }
      const ends = [link.source, link.target];
      for (const [pair, ground] of direct) {
        const whole = both(own, ground);
        note(pair, { strength: strengthOf(whole), modality: whole.modality, ends });
      }
      for (const [pair, ground] of inherited) {
        note(pair, { strength: "inherited", modality: both(own, ground).modality, ends });
      }
    }
    for (const [low, high, isRow] of /** @type {[Side, Side, boolean][]} */ ([
      [rowSide, columnSide, true],
      [columnSide, rowSide, false],
    ])) {
      for (const id of low.set) {
        let below = id;
        /** @type {Found[]} */
        const steps = [];
        for (const above of this.edition.ancestors(id)) {
          steps.push({ strength: "part_of", modality: null, ends: [below, above] });
          below = above;
          if (high.set.has(above)) found.set(isRow ? `${id} ${above}` : `${above} ${id}`, [...steps]);
        }
      }
    }
    /** @type {Map<string, Cell>} */
    const cells = new Map();
    for (const [pair, evidence] of found) {
      const strength = STRENGTHS.find((name) => evidence.some((one) => one.strength === name)) ?? "stated";
      const best = evidence.filter((one) => one.strength === strength);
      const [row, column] = pair.split(" ").map(Number);
      const modality = strongest(best.map((one) => one.modality));
      cells.set(pair, { row, column, strength, modality, disputes: this.disputed(best.map((one) => one.ends)) });
    }
    return cells;
  }

  /** The discrepancies on which some links rest; none where one rests on none.
   * @param {number[][]} steps
   * @returns {number[]} */
  disputed(steps) {
    /** @type {Set<number>} */
    const found = new Set();
    for (const ends of steps) {
      const here = ends.flatMap((end) => this.disputes.get(end) ?? []);
      if (here.length === 0) return [];
      for (const one of here) found.add(one);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** What counts for a thing, each with the way that leads there.
   * @param {number} at
   * @returns {Map<number, Way>} */
  members(at) {
    /** @type {Map<number, Way>} */
    const ways = new Map([[at, { nodes: [at], hops: [] }]]);
    for (const below of this.edition.descendants(at)) {
      const above = ways.get(/** @type {number} */ (this.edition.things[below].above));
      if (above) ways.set(below, onwards(above, below, { link: null, child: below }));
    }
    /** @type {Map<number, [number, Way][]>} */
    const delivered = new Map();
    for (const [member, way] of ways) {
      for (const link of this.deliveredBy.get(member) ?? []) {
        if (ways.has(link.source)) continue;
        const ranked = delivered.get(link.source) ?? [];
        ranked.push([rank(this.ground(link)), onwards(way, link.source, { link, child: -1 })]);
        delivered.set(link.source, ranked);
      }
    }
    for (const [aid, ranked] of delivered) {
      ranked.sort(
        ([a, one], [b, other]) => a - b || one.nodes.length - other.nodes.length || this.byIds(one.nodes, other.nodes),
      );
      ways.set(aid, ranked[0][1]);
    }
    return ways;
  }

  /** @param {number[]} one
   * @param {number[]} other */
  byIds(one, other) {
    const [a, b] = [one, other].map((nodes) => nodes.map((at) => this.edition.things[at].id));
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
    }
    return a.length - b.length;
  }

  /** Every way in which two things meet, strongest and shortest first.
   * @param {number} source
   * @param {number} target
   * @returns {Path[]} */
  explain(source, target) {
    let paths = [...this.containing(source, target)];
    if (paths.length === 0) {
      const from = this.members(source);
      const to = this.members(target);
      paths = this.between(from, to, null);
      paths.push(...this.between(this.waysUp(source), to, "inherited"));
      paths.push(...this.between(from, this.waysUp(target), "inherited"));
    }
    /** @param {string | null} modality */
    const place = (modality) => (modality === null ? MODALITIES.length : MODALITIES.indexOf(modality));
    return paths.sort(
      (a, b) =>
        STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength) ||
        a.hops.length - b.hops.length ||
        place(a.modality) - place(b.modality) ||
        this.byIds(a.nodes, b.nodes),
    );
  }

  /** @param {Way} way
   * @param {Strength | null} strength
   * @returns {Path} */
  path(way, strength) {
    let ground = FIRM;
    for (const hop of way.hops) if (hop.link) ground = both(ground, this.ground(hop.link));
    return { ...way, strength: strength ?? strengthOf(ground), modality: ground.modality };
  }

  /** @param {Map<number, Way>} ones
   * @param {Map<number, Way>} others
   * @param {Strength | null} strength
   * @returns {Path[]} */
  between(ones, others, strength) {
    const found = [];
    for (const [one, way] of ones) {
      for (const link of this.edition.linksOf[one]) {
        for (const [here, there] of [
          [link.source, link.target],
          [link.target, link.source],
        ]) {
          const back = others.get(there);
          if (here !== one || !back) continue;
          const nodes = [...way.nodes, ...[...back.nodes].reverse()];
          const hops = [...way.hops, { link, child: -1 }, ...[...back.hops].reverse()];
          found.push(this.path({ nodes, hops }, strength));
        }
      }
    }
    return found;
  }

  /** The ways to the ancestors whose links are inherited: all but the root of the tree.
   * @param {number} at
   * @returns {Map<number, Way>} */
  waysUp(at) {
    /** @type {Map<number, Way>} */
    const ways = new Map();
    /** @type {Way} */
    let way = { nodes: [at], hops: [] };
    for (const above of this.edition.ancestors(at).slice(0, -1)) {
      way = onwards(way, above, { link: null, child: way.nodes[way.nodes.length - 1] });
      if (this.isActive(above)) ways.set(above, way);
    }
    return ways;
  }

  /** @param {number} source
   * @param {number} target
   * @returns {Generator<Path>} */
  *containing(source, target) {
    for (const [low, high] of [
      [source, target],
      [target, source],
    ]) {
      const above = this.edition.ancestors(low);
      if (!above.includes(high)) continue;
      let nodes = [low, ...above.slice(0, above.indexOf(high) + 1)];
      let hops = nodes.slice(0, -1).map((child) => ({ link: /** @type {Link | null} */ (null), child }));
      if (low === target) [nodes, hops] = [nodes.reverse(), hops.reverse()];
      yield this.path({ nodes, hops }, "part_of");
    }
  }
}

/** @param {Way} way
 * @param {number} node
 * @param {Hop} hop
 * @returns {Way} */
function onwards(way, node, hop) {
  return { nodes: [...way.nodes, node], hops: [...way.hops, hop] };
}
