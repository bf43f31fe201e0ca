// After an act, focus is on what the page has to say: errors first, then the receipt.
const target = document.querySelector("[data-errors]") || document.querySelector("[data-receipt]");
target?.focus({ preventScroll: false });
