// The rich text editor says what it is to those who listen: it takes over the label of the box it stands for.
function name(textarea, box) {
  const words = textarea?.labels?.[0]?.textContent.trim();
  if (words && box) box.setAttribute("aria-label", words);
}

document.addEventListener("prose-editor:ready", (event) => name(event.detail.textarea, event.detail.editor.view.dom));
for (const box of document.querySelectorAll(".prose-editor .ProseMirror")) name(box.closest(".prose-editor").querySelector("textarea"), box);
