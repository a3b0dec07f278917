// Who am I, how many inhabitants, what cost, which day: what I may receive, why, and what was refused.

import { amount, conditions, offersFor, sentence } from "./aids.js";
import { App } from "./app.js";
import { choice, h } from "./dom.js";

/** @typedef {import("./data.js").Both} Both */

/** The finder of aids. */
export class FinderView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    this.app = app;
    const { words, edition } = app;
    /** @type {[string, string][]} */
    const who = edition.packed.applicants.map((at) => [edition.things[at].id, edition.headline(at, words.lang)]);
    who.sort(([, a], [, b]) => a.localeCompare(b, words.lang));
    this.results = h("div", { "aria-live": "polite" });
    /** @param {string} name
     * @param {string} type */
    const field = (name, type) => {
      const input = h("input", {
        id: `aid-${name}`,
        type,
        inputmode: type === "text" ? "decimal" : null,
        value: app.get(name),
        autocomplete: "off",
        "aria-describedby": `aid-${name}-wrong`,
        oninput: () => {
          app.note({ [name]: input.value.trim() });
          this.update();
        },
      });
      return h(
        "div",
        { class: "field" },
        h("label", { for: `aid-${name}` }, words.say(name)),
        input,
        h("span", { id: `aid-${name}-wrong`, class: "wrong" }),
      );
    };
    this.replaceChildren(
      h("h1", {}, words.say("aids")),
      h("p", {}, words.say("aids.lead")),
      h(
        "form",
        { class: "controls", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        choice("aid-who", words.say("who"), [["", "—"], ...who], app.get("who"), (value) => {
          app.note({ who: value });
          this.update();
        }),
        field("population", "text"),
        field("cost", "text"),
        field("day", "date"),
        field("epci", "text"),
      ),
      this.results,
    );
    this.update();
  }

  /** What a field holds: null where it is empty, undefined where it is wrong, which is said.
   * @param {string} name */
  number(name) {
    const text = this.app?.get(name) ?? "";
    const value = text === "" ? null : amount(text);
    const wrong = this.querySelector(`#aid-${name}-wrong`);
    const isWrong = text !== "" && value === null;
    if (wrong) wrong.textContent = isWrong ? (this.app?.words.say("bad.number", { value: text }) ?? "") : "";
    this.querySelector(`#aid-${name}`)?.setAttribute("aria-invalid", String(isWrong));
    return isWrong ? undefined : value;
  }

  update() {
    const { app, results } = this;
    if (!app || !results) return;
    const { words, edition } = app;
    const who = edition.byId.get(app.get("who"));
    const [population, epci, cost] = ["population", "epci", "cost"].map((name) => this.number(name));
    if (!who || population === undefined || epci === undefined || cost === undefined) {
      results.replaceChildren();
      return;
    }
    const on = /^\d{4}-\d{2}-\d{2}$/.test(app.get("day")) ? app.get("day") : null;
    const { offers, refused } = offersFor(edition, { who: who.at, population, epci, cost, on });
    /** @param {number} at */
    const named = (at) => h("a", { href: app.to(at) }, edition.name(at, words.lang));
    /** @param {string} key
     * @param {Both[]} found */
    const list = (key, found) =>
      found.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, `${words.say(key)} (${found.length})`),
        h(
          "ul",
          {},
          found.map((one) => h("li", {}, words.of(one))),
        ),
      );
    const cards = offers.map((offer) => {
      const { rule } = offer;
      return h(
        "li",
        { class: "offer" },
        h("h3", {}, named(rule.aid)),
        h("p", { class: "grants" }, sentence(edition, offer, cost, words)),
        h(
          "ul",
          {},
          conditions(edition, offer, words).map((text) => h("li", {}, text)),
          on !== null && offer.open === null && h("li", {}, words.say("undated")),
          rule.closes && h("li", {}, words.say("closes", { day: words.day(rule.closes) })),
          rule.url &&
            /^https?:/.test(rule.url) &&
            h("li", {}, h("a", { href: rule.url, rel: "noopener noreferrer", target: "_blank" }, words.say("apply"))),
        ),
        list(
          "grants",
          rule.brackets.map((one) => one.words),
        ),
        list("bonuses", rule.bonuses),
        list("rules", rule.rules),
        list("deadlines", rule.deadlines),
      );
    });
    const no = refused.map((one) =>
      h("li", {}, named(one.rule.aid), " ", h("span", { class: "why" }, words.of(one.text))),
    );
    results.replaceChildren(
      h("h2", {}, words.say("aids.can", { who: edition.name(who.at, words.lang) })),
      on === null ? h("p", {}, words.say("aids.any-day")) : "",
      cards.length > 0 ? h("ol", { class: "offers" }, cards) : h("p", {}, words.say("aids.none")),
      no.length > 0 ? h("h2", {}, words.say("aids.cannot")) : "",
      no.length > 0 ? h("ul", { class: "refused" }, no) : "",
    );
  }
}
