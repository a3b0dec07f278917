// What the theme leaves out for those who use a keyboard or a screen reader.
const field = document.querySelector(".md-search__input");
document.querySelector(".md-search")?.setAttribute("aria-label", field?.getAttribute("placeholder") ?? "");

// The theme wraps wide tables once the page stands there.
function reachable() {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap")) wide.setAttribute("tabindex", "0");
}
new MutationObserver(reachable).observe(document.body, { childList: true, subtree: true });
reachable();
