// Find what people mean by a few words: the index of `ppun_bfc.search`, asked in the browser with the same answers.
import { Edition } from "./data.js";

/** @typedef {{at: number, score: number, where: string, lang: string, text: string, spans: [number, number][]}} Hit */
/** @typedef {Map<string, {worth: number, lines: number[]}>} Term What one asked word may mean. */
/** @typedef {{value: number, line: number, word: string}} Part */

const SAME = 1.0;
const FORM = 0.85;
const BEGIN = 0.7;
const SPELLING = 0.75;
const SYNONYM = 0.8;
const BEGINS = 4;
const ENOUGH = 0.55;
const LEAST_SHARE = 0.34;
const STRICT = 1.5;
const NAMED = 1.4;
const ASKED = 1.5;
const NEIGHBOUR = 0.2;
const LIGHTER = 0.5;
const SHORT = 2;
const LEAST = 3;
const LONGEST = 4;
const SHORTEST_STEM = 3;
/** @type {Record<string, number>} */
const SCALES = {
  k: 3,
  m: 6,
  million: 6,
  millions: 6,
  md: 9,
  mds: 9,
  milliard: 9,
  milliards: 9,
  bn: 9,
  billion: 9,
  billions: 9,
};
const AMOUNT =
  /(?<![\d.,])(?<sign>[€])?\s?(?<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,9})?)[ \u00a0\u202f]?(?<scale>(?:k|m|md|mds|bn|millions?|milliards?|billions?)(?![a-zéè]))?(?:[ \u00a0\u202f](?:d['’]))?[ \u00a0\u202f]?(?<unit>€|euros?|eur\b)?/gi;

/** Lower case, without accents, words apart by one space; lines stay lines.
 * @param {string} text */
export function fold(text) {
  return foldLines(text)
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

/** @param {string} text */
function foldLines(text) {
  return text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}\n]+/gu, " ")
    .replace(/[œŒ]/g, "oe")
    .replace(/æ|Æ/g, "ae")
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/[^\0-\x7f]/g, "")
    .replace(/[^a-z0-9\n]+/gi, " ")
    .toLowerCase();
}

/** The amounts of money in a text, each as one word.
 * @param {string} text
 * @returns {string[]} */
export function amounts(text) {
  const found = [];
  for (const match of text.matchAll(AMOUNT)) {
    const { sign, unit, scale, number } = /** @type {Record<string, string>} */ (match.groups);
    if (!unit && !sign) continue;
    let digits = number.replace(/[ \u00a0\u202f]/g, "");
    const grouped = /^(\d{1,3}(?:[.,]?\d{3})+)(?:[.,](\d{1,2}))?$/.exec(digits);
    if (grouped) digits = grouped[1].replace(/[.,]/g, "") + (grouped[2] ? `.${grouped[2]}` : "");
    const [whole, part = ""] = digits.replace(",", ".").split(".");
    const moved = SCALES[(scale ?? "").toLowerCase()] ?? 0;
    const all = whole + part.padEnd(moved, "0");
    const before = all.slice(0, whole.length + moved).replace(/^0+(?=\d)/, "");
    const after = all.slice(whole.length + moved).replace(/0+$/, "");
    found.push(`eur${before}${after ? `p${after}` : ""}`);
  }
  return found;
}

/** Whether so many letters put in, left out, changed or swapped make one word of the other.
 * @param {string} one
 * @param {string} other
 * @param {number} most */
function within(one, other, most) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const twoBefore = before;
    before = row;
    row = [at];
    for (let there = 1; there <= other.length; there += 1) {
      const changed = one[at - 1] === other[there - 1] ? 0 : 1;
      let cost = Math.min(before[there] + 1, row[there - 1] + 1, before[there - 1] + changed);
      const swapped = at > 1 && there > 1 && one[at - 1] === other[there - 2] && one[at - 2] === other[there - 1];
      if (swapped) cost = Math.min(cost, twoBefore[there - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return false;
  }
  return row[row.length - 1] <= most;
}

/** The known words that a person may have meant, by a distance that grows with the length.
 * @param {string} word
 * @param {Iterable<string>} known
 * @returns {string[]} */
function near(word, known) {
  const most = (word.length >= 5 ? 1 : 0) + (word.length >= 9 ? 1 : 0);
  if (most === 0 || /^\d+$/.test(word)) return [];
  const found = [];
  for (const other of known) {
    if (other[0] !== word[0] || Math.abs(other.length - word.length) > most || /^\d+$/.test(other)) continue;
    if (within(word, other, most)) found.push(other);
  }
  return found;
}

/** The texts of a version, folded into one long text in which words are looked for. */
export class Index {
  /** @param {Edition} edition */
  constructor(edition) {
    const data = edition.packed.search;
    this.edition = edition;
    this.data = data;
    this.lines = data.lines;
    this.names = new Set(data.names);
    this.stop = new Set(data.stop_words);
    this.text = foldLines(["", ...data.lines.map((line) => edition.packed.strings[line[3]]), ""].join("\n "));
    /** @type {number[]} */
    this.starts = [];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) this.starts.push(at);
    /** @type {Set<string> | null} */
    this.words = null;
  }

  /** The part of a word that its forms share.
   * @param {string} word */
  stem(word) {
    for (const [ending, instead] of this.data.endings) {
      if (word.endsWith(ending) && word.length - ending.length >= SHORTEST_STEM) {
        return word.slice(0, word.length - ending.length) + instead;
      }
    }
    return word;
  }

  /** @param {number} position */
  #lineAt(position) {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (position < this.starts[middle]) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** @param {number} line */
  #folded(line) {
    return this.text.slice(this.starts[line], this.starts[line + 1]).trim();
  }

  /** The words that begin so, each with the lines that have it.
   * @param {string} letters
   * @returns {Map<string, number[]>} */
  #beginning(letters) {
    /** @type {Map<string, number[]>} */
    const found = new Map();
    const wanted = ` ${letters}`;
    const rest = /[a-z0-9]+/y;
    let at = this.text.indexOf(wanted);
    while (at >= 0) {
      rest.lastIndex = at + 1;
      const word = rest.exec(this.text)?.[0] ?? "";
      const lines = found.get(word) ?? [];
      found.set(word, lines);
      if (lines.length === 0 || this.starts[lines[lines.length - 1] + 1] <= at) lines.push(this.#lineAt(at));
      at = this.text.indexOf(wanted, at + 1 + word.length);
    }
    return found;
  }

  // -- asking --------------------------------------------------------------------------------

  /** The things that have what is asked, best first.
   * @param {string} text
   * @param {Set<number> | null} [among]
   * @returns {Hit[]} */
  find(text, among = null) {
    const terms = this.#asked(text).map((words) => this.#term(words));
    if (!terms.some((term) => term.size > 0)) return [];
    /** @type {Map<number, Part[]>} */
    const scores = new Map();
    terms.forEach((term, position) => {
      let common = 0;
      for (const { worth, lines } of term.values()) if (worth >= FORM) common = Math.max(common, lines.length);
      for (const [word, { worth, lines }] of term) {
        const rare = Math.log(1 + this.lines.length / (Math.max(lines.length, common) + 1)) / 4;
        for (const line of lines) {
          const [thing, where, , string] = this.lines[line];
          const value =
            (worth * this.data.worth[where] * rare) / (1 + letters(this.edition.packed.strings[string]) / 400);
          const parts = scores.get(thing) ?? terms.map(() => ({ value: 0, line: -1, word: "" }));
          scores.set(thing, parts);
          if (value > parts[position].value) parts[position] = { value, line, word };
        }
      }
    });
    if (terms.length > 1) this.#lend(scores);
    const kinds = this.#kindsNamed(text);
    const asked = fold(text);
    const wanted = new Set(asked.split(/\s+/).flatMap((word) => this.data.asks[word] ?? []));
    if (amounts(text).length > 0) wanted.add("figure");
    const weights = terms.map((term) => this.#weight(term));
    const all = weights.reduce((sum, one) => sum + one, 0);
    const names = this.#namesOf(new Set([...scores.keys()].filter((thing) => among === null || among.has(thing))));
    const ranked = [];
    for (const [thing, own] of names) {
      const parts = /** @type {Part[]} */ (scores.get(thing));
      const share = parts.filter((part) => part.value > 0).length / terms.length;
      let heavy = 0;
      let score = 0;
      parts.forEach((part, at) => {
        if (part.value > 0) heavy += weights[at] * (part.line >= 0 ? 1 : LIGHTER);
        score += part.value;
      });
      score *= (heavy / all) ** STRICT;
      score *= 1 + Math.max(0, ...own.map((name) => this.#likeness(asked, name)));
      const { kind } = this.edition.things[thing];
      const usual = wanted.has(kind) ? ASKED : (this.data.kinds[kind] ?? 1);
      score *= kinds.has(kind) ? NAMED : usual;
      ranked.push({ last: kind === "discrepancy" && !kinds.has(kind), score, thing, share, parts });
    }
    ranked.sort(
      (a, b) => Number(a.last) - Number(b.last) || b.score - a.score || this.#place(a.thing) - this.#place(b.thing),
    );
    const top = Math.max(0, ...ranked.map((row) => row.share));
    if (top < LEAST_SHARE) return [];
    return ranked.filter((row) => row.share >= top * ENOUGH).map((row) => this.#found(row.score, row.thing, row.parts));
  }

  /** The place of a thing in the index, where withdrawn ones are left out.
   * @param {number} thing */
  #place(thing) {
    if (!this.order) {
      /** @type {Map<number, number>} */
      this.order = new Map();
      for (const [one] of this.lines) if (!this.order.has(one)) this.order.set(one, this.order.size);
    }
    return this.order.get(thing) ?? 0;
  }

  /** Give each thing a part of what its neighbours have of the words that it lacks.
   * @param {Map<number, Part[]>} scores */
  #lend(scores) {
    const own = new Map([...scores].map(([thing, parts]) => [thing, parts.map((part) => part.value)]));
    for (const [thing, parts] of scores) {
      const nearBy = this.data.neighbours[thing].flatMap((other) => (own.has(other) ? [own.get(other) ?? []] : []));
      if (nearBy.length === 0) continue;
      parts.forEach((part, at) => {
        const lent = Math.max(...nearBy.map((values) => values[at]));
        if (lent * NEIGHBOUR > part.value) parts[at] = { ...part, value: lent * NEIGHBOUR };
      });
    }
  }

  /** @param {Term} term */
  #weight(term) {
    let lines = 0;
    for (const found of term.values()) lines += found.lines.length;
    return Math.log(1 + this.lines.length / (lines + 1));
  }

  /** The folded names of some things.
   * @param {Set<number>} things
   * @returns {Map<number, string[]>} */
  #namesOf(things) {
    /** @type {Map<number, string[]>} */
    const found = new Map([...things].map((thing) => [thing, []]));
    this.lines.forEach(([thing, where], line) => {
      if (this.names.has(where)) found.get(thing)?.push(this.#folded(line));
    });
    return found;
  }

  /** @param {number} score
   * @param {number} at
   * @param {Part[]} parts
   * @returns {Hit} */
  #found(score, at, parts) {
    const told = parts.filter((part) => part.line >= 0);
    const best = told.reduce((a, b) => (b.value > a.value ? b : a));
    const [, where, lang, string] = this.lines[best.line];
    const text = this.edition.packed.strings[string];
    return { at, score, where, lang, text, spans: this.#spans(text, new Set(told.map((part) => part.word))) };
  }

  /** Where the words of a text are that fold to one of some words.
   * @param {string} text
   * @param {Set<string>} words
   * @returns {[number, number][]} */
  #spans(text, words) {
    const stems = new Set([...words].flatMap((word) => [word, ...word.split(" ")]).map((word) => this.stem(word)));
    /** @type {[number, number][]} */
    const found = [];
    for (const match of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      const folded = fold(match[0]);
      if (stems.has(this.stem(folded)) || words.has(folded)) found.push([match.index, match.index + match[0].length]);
    }
    return found;
  }

  /** What one asked word may mean; the others are what the policy calls it.
   * @param {string[]} words
   * @returns {Term} */
  #term([first, ...others]) {
    /** @type {Term} */
    const found = new Map();
    this.#forms(first, SAME, found);
    if (found.size === 0) {
      this.words ??= new Set(this.text.split(/\s+/).filter(Boolean));
      for (const word of near(first, this.words)) this.#forms(word, SPELLING, found);
      const single = Object.keys(this.data.synonyms).filter((said) => !said.includes(" "));
      for (const said of near(this.stem(first), single)) others.push(...(this.#synonyms(said) ?? []));
    }
    for (const other of others) {
      const parts = split(fold(other)).filter((part) => !this.stop.has(part));
      if (parts.length === 1) this.#forms(parts[0], SYNONYM, found);
      else {
        const lines = this.#together(parts);
        if (lines.length > 0) add(found, parts.join(" "), SYNONYM, lines);
      }
    }
    return found;
  }

  /** The word, its other forms, the words that begin with it, and two words that are it.
   * @param {string} word
   * @param {number} worth
   * @param {Term} found */
  #forms(word, worth, found) {
    const root = this.stem(word);
    const letters = word.slice(0, Math.max(Math.min(word.length, LEAST), root.length - 2));
    for (const [other, lines] of this.#beginning(letters)) {
      if (other === word) add(found, other, worth, lines);
      else if (word.length > SHORT && this.stem(other) === root) add(found, other, worth * FORM, lines);
      else if (word.length >= BEGINS && other.startsWith(word)) add(found, other, worth * BEGIN, lines);
    }
    if (found.size > 0) return;
    for (let cut = SHORT; cut < root.length - 1; cut += 1) {
      const [first, second] = [root.slice(0, cut), root.slice(cut)];
      for (const [other, lines] of this.#beginning(`${first} ${second}`)) {
        const ends = this.#pairs(first, second);
        add(found, `${other} ${second}`, worth * FORM, ends.length > 0 ? ends : lines);
      }
    }
  }

  /** The lines of names that have two words one after the other, the second in any form.
   * @param {string} first
   * @param {string} second
   * @returns {number[]} */
  #pairs(first, second) {
    /** @type {number[]} */
    const lines = [];
    for (const match of this.text.matchAll(new RegExp(` ${first} (${second}[a-z0-9]*)`, "g"))) {
      if (this.stem(match[1]) !== this.stem(second)) continue;
      const line = this.#lineAt(match.index);
      if (this.names.has(this.lines[line][1]) && !lines.includes(line)) lines.push(line);
    }
    return lines;
  }

  /** The lines that have every one of some words, in any form.
   * @param {string[]} parts
   * @returns {number[]} */
  #together(parts) {
    /** @type {Set<number>[]} */
    const each = parts.map((part) => {
      /** @type {Term} */
      const forms = new Map();
      this.#forms(part, SAME, forms);
      return new Set([...forms.values()].flatMap((found) => found.lines));
    });
    const [first = new Set(), ...rest] = each;
    return [...first].filter((line) => rest.every((lines) => lines.has(line))).sort((a, b) => a - b);
  }

  /** What is asked, word by word, each with what the policy calls it beside.
   * @param {string} text
   * @returns {string[][]} */
  #asked(text) {
    const apart = amountsApart(text).replaceAll(".", " ");
    const folded = fold(apart)
      .replace(/(?:\b[a-z]\b\s?){2,}/g, (found) => `${found.replaceAll(" ", "")} `)
      .trim();
    const told = split(folded).filter((word) => !this.stop.has(word));
    const words = told.length > 0 ? told : split(folded);
    for (let at = words.length - 1; at > 0; at -= 1) {
      const one = words[at - 1] + words[at];
      if (/^\d+$/.test(one)) continue;
      if (this.#synonyms(this.stem(one)) || this.text.includes(` ${one}`)) words.splice(at - 1, 2, one);
    }
    /** @type {string[][]} */
    const asked = [];
    while (words.length > 0) {
      let length = Math.min(LONGEST, words.length);
      let others = null;
      for (; length > 0; length -= 1) {
        others = this.#synonyms(
          words
            .slice(0, length)
            .map((word) => this.stem(word))
            .join(" "),
        );
        if (others) break;
      }
      if (others) {
        const own = words.splice(0, length);
        asked.push([own.join(""), ...(length > 1 ? [own.join(" ")] : []), ...others]);
      } else asked.push([/** @type {string} */ (words.shift())]);
    }
    return asked;
  }

  /** @param {string} said
   * @returns {string[] | null} */
  #synonyms(said) {
    return Object.hasOwn(this.data.synonyms, said) ? this.data.synonyms[said] : null;
  }

  /** @param {string} text
   * @returns {Set<string>} */
  #kindsNamed(text) {
    const words = split(fold(text));
    const said = [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
    return new Set(said.flatMap((word) => (Object.hasOwn(this.data.nouns, word) ? [this.data.nouns[word]] : [])));
  }

  /** How much of a name is what was asked: all of it, or a part of it in one piece.
   * @param {string} asked
   * @param {string} name */
  #likeness(asked, name) {
    if (asked === name) return 3;
    const [mine, its] = [this.#roots(asked), this.#roots(name)];
    if (mine.join("") === its.join("")) return 2.5;
    if (` ${its.join(" ")} `.includes(` ${mine.join(" ")} `)) {
      return 0.3 + mine.length / its.length + (mine.length > 1 ? 0.9 : 0);
    }
    const theirs = new Set(its);
    const shared = [...new Set(mine)].filter((root) => theirs.has(root)).length;
    return (0.8 * shared) / Math.max(mine.length, its.length);
  }

  /** @param {string} text
   * @returns {string[]} */
  #roots(text) {
    const words = split(text);
    const told = words.filter((word) => !this.stop.has(word));
    return (told.length > 0 ? told : words).map((word) => this.stem(word));
  }
}

/** How many characters a text has, as Python counts them.
 * @param {string} text */
function letters(text) {
  return text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0);
}

/** @param {string} text */
function split(text) {
  return text.split(/\s+/).filter(Boolean);
}

/** @param {Term} found
 * @param {string} word
 * @param {number} worth
 * @param {number[]} lines */
function add(found, word, worth, lines) {
  if (worth > (found.get(word)?.worth ?? 0)) found.set(word, { worth, lines });
}

/** The text with each amount as one word of the index.
 * @param {string} text */
function amountsApart(text) {
  const found = amounts(text);
  if (found.length === 0) return text;
  const rest = text
    .replace(/€|\beuros?\b|\bEUR\b/g, " ")
    .replace(/\d[\d\s.,]*\s?(?:M|k|Md|Mds|millions?|milliards?)?(?=\s|$)/g, " ");
  return `${rest} ${found.join(" ")}`;
}

/** So many letters of a text are shown around the first word that counts. */
const BEFORE = 40;
const AFTER = 110;

/** The text around the words that count, in parts of which every other one counts.
 * @param {Hit} hit
 * @returns {string[]} */
export function snippet({ text, spans }) {
  const first = spans.length > 0 ? spans[0][0] : 0;
  let start = Math.max(0, first - BEFORE);
  if (start > 0) start = text.lastIndexOf(" ", start - 1) + 1;
  let end = Math.min(text.length, first + AFTER);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end - 1), start);
  const parts = [start > 0 ? "…" : ""];
  let at = start;
  for (const [from, to] of spans) {
    if (from < start || to > end) continue;
    parts[parts.length - 1] += text.slice(at, from);
    parts.push(text.slice(from, to), "");
    at = to;
  }
  parts[parts.length - 1] += text.slice(at, end) + (end < text.length ? "…" : "");
  return parts;
}
