// Two panes that follow each other: choosing a row scrolls its passages into view, and back; T moves between them.
const pane = (name) => document.querySelector(`[data-pane="${name}"]`);

function show(node, inside) {
  if (!node || !inside) return;
  const room = inside.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  if (box.top < room.top || box.bottom > room.bottom) inside.scrollTop += box.top - room.top - room.height / 3;
}

show(document.querySelector(".passage--chosen"), pane("text"));
show(document.querySelector(".review--chosen"), pane("rows"));

// The keys work at once: the chosen row has the focus, unless the page has something to say first.
// Once the page has loaded: going to the row's place in the address takes the focus away until then.
const begin = () => {
  if (document.activeElement !== document.body || document.querySelector("[data-errors], [data-receipt]")) return;
  document.querySelector(".review--chosen a")?.focus({ preventScroll: true });
};
if (document.readyState === "complete") begin(); else window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(begin)));

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-key-row]");
  if (!row) return;
  show(document.querySelector(`[data-row-key="${CSS.escape(row.dataset.keyRow)}"]`), pane("text"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "t" || event.ctrlKey || event.metaKey || event.altKey || !document.body.hasAttribute("data-keys")) return;
  if (event.target.closest("input, textarea, select")) return;
  const text = pane("text");
  const to = text?.contains(document.activeElement) ? pane("rows") : text;
  to?.focus();
});

// Ctrl+Z outside a field takes back the last act on the rows, as the button "Angre" does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const undo = document.querySelector(".undo form");
  if (!undo) return;
  event.preventDefault();
  undo.requestSubmit();
});
