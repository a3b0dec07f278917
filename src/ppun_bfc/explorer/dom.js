// Elements of the page. Whatever text is given stays text: nothing here reads markup.

/** @typedef {string | number | Node | null | undefined | false} Leaf What an element may hold; empty ones are left out. */
/** @typedef {Leaf | (Leaf | Leaf[])[]} Child */

/** An element with its attributes and children; what begins with "on" listens.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [given]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]} */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  set(made, given);
  put(made, children);
  return made;
}

/** An element of a drawing.
 * @param {string} tag
 * @param {Record<string, unknown>} [given]
 * @param {...Child} children */
export function svg(tag, given = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(made, given);
  put(made, children);
  return made;
}

/** @param {Element} element
 * @param {Record<string, unknown>} given */
function set(element, given) {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {Node} parent
 * @param {Child[]} children */
function put(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) put(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** A choice among some values.
 * @param {string} id
 * @param {string} label
 * @param {[value: string, text: string][]} options
 * @param {string} chosen
 * @param {(value: string) => void} onChange */
export function choice(id, label, options, chosen, onChange) {
  const list = h(
    "select",
    { id, onchange: () => onChange(list.value) },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
  );
  return h("div", { class: "field" }, h("label", { for: id }, label), list);
}

/** A place in a source, numbered where it counts; one that is no web address is no link.
 * @param {import("./data.js").Place} place
 * @param {string} text */
export function placeLink([title, url], text) {
  if (!/^https?:\/\//.test(url)) return h("span", { title }, text);
  return h("a", { href: url, title, rel: "noopener noreferrer", target: "_blank" }, text);
}

/** Hand a text to the person as a file.
 * @param {string} name
 * @param {string} text */
export function download(name, text) {
  const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
