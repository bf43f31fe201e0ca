// Who else is here, and counts that move: an element with data-live="/adresse/" is asked again every data-every seconds
// (20 unless told) while the page is visible. The address answers plain text, or nothing for "no change".
// data-say reads a change out once, politely.
const LEAST = 5;
const spoken = document.getElementById("melding");

async function ask(node) {
  if (document.hidden) return;
  try {
    const answer = await fetch(node.dataset.live, { headers: { Accept: "text/plain" }, credentials: "same-origin" });
    if (!answer.ok || answer.status === 204) return;
    const words = (await answer.text()).trim();
    if (words.length > 400 || words === node.textContent) return;
    node.textContent = words;
    if (node.hasAttribute("data-say") && spoken) spoken.textContent = words;
  } catch { /* offline: the page keeps what it has */ }
}

for (const node of document.querySelectorAll("[data-live]")) {
  const seconds = Math.max(Number(node.dataset.every) || 20, LEAST);
  setInterval(() => ask(node), seconds * 1000);
}
