// What is dated, in order: events, when aids open and close, what is due in between.

import { App } from "./app.js";
import { choice, h, svg } from "./dom.js";

/** The timeline. */
export class TimeView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    const { words, edition } = app;
    const sorts = [...new Set(edition.moments.map((one) => one.sort))];
    const sort = app.get("sort");
    const shown = edition.moments.filter((one) => sort === "" || one.sort === sort);
    /** @type {Map<string, typeof shown>} */
    const years = new Map();
    for (const one of shown) {
      const year = one.first.slice(0, 4);
      years.set(year, [...(years.get(year) ?? []), one]);
    }
    /** @type {[string, string][]} */
    const options = [
      ["", words.say("any")],
      ...sorts.map((name) => /** @type {[string, string]} */ ([name, words.say(`sort.${name}`)])),
    ];
    this.replaceChildren(
      h("h1", {}, words.say("time")),
      h(
        "div",
        { class: "controls" },
        choice("sort", words.say("time.sort"), options, sort, (value) => {
          app.note({ sort: value });
          this.show(app);
          this.querySelector("select")?.focus();
        }),
      ),
      chart(
        [...years].map(([year, found]) => [year, found.length]),
        words.say("time.chart"),
      ),
      ...[...years].map(([year, found]) =>
        h(
          "section",
          { id: `year-${year}` },
          h("h2", {}, year),
          h(
            "ul",
            { class: "moments" },
            found.map((one) =>
              h(
                "li",
                { class: one.sort },
                h("time", { datetime: one.first }, words.day(one.date)),
                " ",
                h("a", { href: app.to(one.thing) }, words.of(one.text)),
                " ",
                h("small", {}, words.say(`sort.${one.sort}`)),
              ),
            ),
          ),
        ),
      ),
    );
  }
}

/** Bars, one a year; told in words too.
 * @param {[string, number][]} counts
 * @param {string} title */
function chart(counts, title) {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const [wide, high] = [46, 90];
  const told = counts.map(([year, count]) => `${year}: ${count}`).join(", ");
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    svg(
      "svg",
      {
        role: "img",
        width: counts.length * wide,
        height: high + 36,
        viewBox: `0 0 ${counts.length * wide} ${high + 36}`,
        "aria-label": `${title}. ${told}`,
      },
      counts.map(([year, count], at) => {
        const height = Math.round((high * count) / most);
        return [
          svg("rect", { x: at * wide + 6, y: high - height + 16, width: wide - 12, height, class: "column" }),
          svg("text", { x: at * wide + wide / 2, y: high - height + 11, "text-anchor": "middle" }, count),
          svg("text", { x: at * wide + wide / 2, y: high + 32, "text-anchor": "middle" }, year),
        ];
      }),
    ),
  );
}
