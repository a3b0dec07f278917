// One version of the policy, as Python compiled it: things, links, cards and rules. Nothing here changes.

/** @typedef {"fr" | "en"} Lang */
/** @typedef {[fr: string, en: string]} Both A text in French and English. */
/** @typedef {[text: string, url: string]} Place A place in a source, and the address that opens it. */
/** @typedef {"part_of" | "stated" | "derived" | "inherited"} Strength */
/** @typedef {{text: string, id: string, mark: string, places: Place[], below: Item[]}} Item */
/** @typedef {{title: string, items: Item[], table: string[][]}} Section */
/** @typedef {{title: string, id: string, lead: string[], sections: Section[], notes: string[]}} Card */
/**
 * @typedef {object} Thing
 * @property {number} at its number, by which all else names it
 * @property {string} id
 * @property {string} kind
 * @property {Both} label
 * @property {string | null} acronym
 * @property {number | null} above what it is a part of
 * @property {boolean} active whether it is not withdrawn
 * @property {number[]} documents where it stands
 */
/**
 * @typedef {object} Link
 * @property {number} source
 * @property {string} relation
 * @property {number} target
 * @property {"stated" | "derived"} basis
 * @property {string | null} modality
 * @property {Place[]} places
 * @property {Both | null} rationale
 */
/** @typedef {{date: string, first: string, last: string, sort: string, thing: number, text: Both}} Moment */
/** @typedef {{who: number, below: string | null, of: string | null, condition: Both | null}} Entry */
/**
 * @typedef {object} Bracket
 * @property {Both | null} label
 * @property {string | null} from
 * @property {string | null} above
 * @property {string | null} to
 * @property {string | null} rate
 * @property {string | null} rate_from
 * @property {string | null} ceiling
 * @property {Both} words
 */
/** @typedef {[first: string, last: string] | null} Days */
/**
 * @typedef {object} Rule
 * @property {number} aid
 * @property {Entry[]} eligible
 * @property {Bracket[]} brackets
 * @property {[opens: Days, closes: Days][]} days
 * @property {string | null} closes
 * @property {string | null} url
 * @property {Both[]} bonuses
 * @property {Both[]} rules
 * @property {Both[]} deadlines
 */
/**
 * @typedef {object} SearchData
 * @property {[thing: number, where: string, lang: string, text: number][]} lines
 * @property {number[][]} neighbours
 * @property {Record<string, number>} worth
 * @property {string[]} names
 * @property {Record<string, number>} kinds
 * @property {Record<string, string>} asks
 * @property {Record<string, string>} nouns
 * @property {string[]} stop_words
 * @property {Record<string, string[]>} synonyms
 * @property {[string, string][]} endings
 */
/** @typedef {[text: number, id: number, mark: number, places: [number, number][], below: PackedItem[]]} PackedItem */
/** @typedef {[title: number, items: PackedItem[], table: number[][]]} PackedSection */
/** @typedef {[title: number, id: number, lead: number[], sections: PackedSection[], notes: number[]]} PackedCard */
/**
 * @typedef {object} Packed
 * @property {string} version
 * @property {string} digest
 * @property {string} licence
 * @property {Both} notice
 * @property {string[]} documents
 * @property {[string, [string, string], [string, string]][]} kinds
 * @property {Record<string, [Both, Both]>} relations
 * @property {Record<"strengths" | "bases" | "modalities" | "reasons", Record<string, Both>>} words
 * @property {[string, string, string, string | null, number | null, boolean, number[], number | null][]} things
 * @property {[number, string, number, "stated" | "derived", string | null, [number, number][], Both | null][]} links
 * @property {[number, number[]][]} disputes
 * @property {[string, string, string, string, number, string, string][]} moments
 * @property {Rule[]} aids
 * @property {number[]} applicants
 * @property {SearchData} search
 * @property {Record<Lang, PackedCard[]>} cards
 * @property {string[]} strings
 */

/** One version, unpacked where it is asked for. */
export class Edition {
  /** @param {Packed} packed */
  constructor(packed) {
    this.packed = packed;
    /** @type {Thing[]} */
    this.things = packed.things.map(([id, fr, en, acronym, above, active, documents], at) => {
      const kind = id.slice(0, id.indexOf(":"));
      return { at, id, kind, label: [fr, en], acronym, above, active, documents };
    });
    /** @type {Map<string, Thing>} */
    this.byId = new Map(this.things.map((one) => [one.id, one]));
    /** @type {Link[]} */
    this.links = packed.links.map(([source, relation, target, basis, modality, places, rationale]) => ({
      source,
      relation,
      target,
      basis,
      modality,
      places: this.places(places),
      rationale,
    }));
    /** @type {Link[][]} the links of each thing */
    this.linksOf = this.things.map(() => []);
    for (const link of this.links) {
      this.linksOf[link.source].push(link);
      if (link.target !== link.source) this.linksOf[link.target].push(link);
    }
    /** @type {number[][]} what is directly a part of each thing, withdrawn ones left out */
    this.children = this.things.map(() => []);
    for (const one of this.things) {
      if (one.above !== null && one.active) this.children[one.above].push(one.at);
    }
    /** @type {Moment[]} */
    this.moments = packed.moments.map(([date, first, last, sort, thing, fr, en]) => {
      return { date, first, last, sort, thing, text: [fr, en] };
    });
    /** @type {Map<string, number[]>} the things of each kind that are not withdrawn */
    this.ofKind = new Map(packed.kinds.map(([kind]) => [kind, []]));
    for (const one of this.things) {
      if (one.active) this.ofKind.get(one.kind)?.push(one.at);
    }
  }

  /** What a thing is a part of, nearest first.
   * @param {number} at
   * @returns {number[]} */
  ancestors(at) {
    const found = [];
    for (let up = this.things[at].above; up !== null; up = this.things[up].above) found.push(up);
    return found;
  }

  /** Everything below a thing, each before what is below it.
   * @param {number} at
   * @returns {number[]} */
  descendants(at) {
    return this.children[at].flatMap((below) => [below, ...this.descendants(below)]);
  }

  /** How a thing is called.
   * @param {number} at
   * @param {Lang} lang */
  name(at, lang) {
    return this.things[at].label[lang === "en" ? 1 : 0];
  }

  /** The name with the acronym.
   * @param {number} at
   * @param {Lang} lang */
  headline(at, lang) {
    const name = this.name(at, lang);
    const acronym = this.things[at].acronym;
    return acronym && acronym !== name ? `${name} (${acronym})` : name;
  }

  /** How a kind is called.
   * @param {string} kind
   * @param {Lang} lang
   * @param {number} [count] */
  noun(kind, lang, count = 2) {
    const [, fr, en] = this.packed.kinds.find(([name]) => name === kind) ?? [kind, [kind, kind], [kind, kind]];
    return lang === "fr" ? fr[Math.abs(count) >= 2 ? 1 : 0] : en[count === 1 ? 0 : 1];
  }

  /** The paragraph to cite, in French; "" of what is withdrawn.
   * @param {number} at */
  paragraph(at) {
    const text = this.packed.things[at][7];
    return text === null ? "" : this.packed.strings[text];
  }

  /** Everything that concerns a thing, as Python shows it.
   * @param {number} at
   * @param {Lang} lang
   * @returns {Card} */
  card(at, lang) {
    const texts = this.packed.strings;
    const [title, id, lead, sections, notes] = this.packed.cards[lang][at];
    return {
      title: texts[title],
      id: texts[id],
      lead: lead.map((n) => texts[n]),
      sections: sections.map(([head, items, table]) => ({
        title: texts[head],
        items: items.map((item) => this.#item(item)),
        table: table.map((row) => row.map((n) => texts[n])),
      })),
      notes: notes.map((n) => texts[n]),
    };
  }

  /** @param {PackedItem} packed
   * @returns {Item} */
  #item([text, id, mark, places, below]) {
    const texts = this.packed.strings;
    return {
      text: texts[text],
      id: texts[id],
      mark: texts[mark],
      places: this.places(places),
      below: below.map((one) => this.#item(one)),
    };
  }

  /** @param {[number, number][]} packed
   * @returns {Place[]} */
  places(packed) {
    return packed.map(([text, url]) => [this.packed.strings[text], this.packed.strings[url]]);
  }
}

/** What Python deflated and wrote as base64.
 * @param {string} text
 * @returns {Promise<Packed>} */
export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
