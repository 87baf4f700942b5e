// The theme's scripts make its buttons work; nobody needs them to read. They are asked for once the page stands,
// or as soon as a reader reaches for something; what is pressed before they are there is pressed again then.
(() => {
  const { scripts } = document.currentScript.dataset;
  const BUTTONS = ".search-button__button, .theme-switch-button, .sidebar-toggle, [data-bs-toggle='dropdown']";
  // A pointer that rests where the page is drawn comes over something without a reader's doing; it does not move.
  const REACHED = ["pointerdown", "pointermove", "keydown", "focusin"];
  let asked, there;

  function ask() {
    asked ??= new Promise((done) => {
      const elements = scripts.split(" ").map((src) => Object.assign(document.createElement("script"), { src, async: false }));
      elements.at(-1).onload = () => done((there = true));
      document.head.append(...elements);
    });
    return asked;
  }

  for (const type of REACHED) addEventListener(type, ask, { passive: true });
  addEventListener("load", () => setTimeout(ask));
  addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.(BUTTONS);
      if (there || !button) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask().then(() => button.click());
    },
    true,
  );
  addEventListener(
    "keydown",
    (event) => {
      // A browser that fills a field in sends keys without a name.
      if (there || event.key?.toLowerCase() !== "k" || event.ctrlKey === event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      ask().then(() => event.target.dispatchEvent(new KeyboardEvent("keydown", event)));
    },
    true,
  );
})();
