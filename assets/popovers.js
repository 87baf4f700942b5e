// Citations, and words with a fixed meaning, explain themselves beside the line: on hover, on focus, on the first tap.
// The popover itself (top layer, closing on a click elsewhere) and its place are the browser's.
(() => {
  const LINKS = "a.cited, a[data-note]";
  const OPEN_AFTER = 150, CLOSE_AFTER = 300; // milliseconds: crossing a link opens nothing, and the way to the note is no hurry
  const address = document.currentScript.dataset.cited;
  const note = document.createElement("div");
  note.id = "note";
  note.popover = "auto";
  note.lang = "en";
  note.dir = "ltr";
  note.setAttribute("role", "dialog");

  let notes; // promise of the notes on this page's sources, by the address of their entry
  let shown, wanted, timer, pointer, closing;

  const load = () => (notes ??= new Promise((resolve, reject) => {
    window.MoscowTehranCited = resolve;
    const script = document.createElement("script");
    script.src = address;
    script.onerror = () => { notes = undefined; reject(new Error(`could not load ${address}`)); };
    document.head.append(script);
  }));

  async function open(link) {
    clearTimeout(timer);
    if (shown === link) return;
    wanted = link;
    if (link.dataset.note) note.textContent = link.dataset.note;
    else {
      const found = (await load())[link.href.split("/").pop()];
      if (wanted !== link) return;
      note.innerHTML = found;
      const entry = document.createElement("p");
      entry.className = "note-entry";
      const there = document.createElement("a");
      there.href = link.href;
      there.textContent = `Entry ${link.textContent} in the bibliography`;
      entry.append(there);
      note.append(entry);
    }
    close();
    note.setAttribute("aria-label", link.dataset.note ? "Meaning" : `Source ${link.textContent}`);
    link.after(note);
    link.style.anchorName = "--note";
    link.setAttribute("aria-describedby", link.dataset.note ? "note" : "note-publisher note-title note-facts");
    shown = link;
    note.showPopover();
  }

  function close() {
    clearTimeout(timer);
    wanted = undefined;
    if (!shown) return;
    closing = true; // the focus goes back from the note to the link; that is no wish to read on
    note.hidePopover();
    closing = false;
  }

  note.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed") return;
    shown.style.anchorName = "";
    shown.removeAttribute("aria-describedby");
    shown = undefined;
  });

  const tell = (error) => console.log(error.message);

  document.addEventListener("pointerover", ({ target, relatedTarget, pointerType }) => {
    if (pointerType !== "mouse") return;
    const link = target.closest(LINKS);
    if (link?.contains(relatedTarget)) return;
    clearTimeout(timer);
    const focus = document.activeElement;
    if (link) timer = setTimeout(() => open(link).catch(tell), OPEN_AFTER);
    else if (shown && !note.contains(target) && focus !== shown && !note.contains(focus)) timer = setTimeout(close, CLOSE_AFTER);
    else if (!shown) wanted = undefined;
  });

  document.addEventListener("focusin", ({ target }) => {
    if (closing) return;
    const link = target.closest(LINKS);
    if (link?.matches(":focus-visible")) open(link).catch(tell);
    else if (!note.contains(target)) close();
  });

  // Sphinx's own script keeps the browser from closing popovers on Escape.
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") close(); }, true);
  document.addEventListener("pointerdown", ({ pointerType }) => (pointer = pointerType), true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(LINKS);
    // The keyboard's click counts as none.
    if (!link || event.detail === 0 || pointer === "mouse") return;
    event.preventDefault();
    open(link).catch(() => (location.href = link.href));
  });
})();
