// The book away from its site: on paper, and opened from disk.
(() => {
  const page = document.documentElement;
  let before; // what to restore when the printing is over: the theme and the parts that were folded

  function prepare() {
    if (before) return;
    before = { theme: page.dataset.theme, folded: document.querySelectorAll("article details:not([open])") };
    page.dataset.theme = "light";
    for (const details of before.folded) details.open = true;
    // Paper has no scrolling that would bring an image in.
    for (const image of document.querySelectorAll(".chart-light img[loading]")) image.loading = "eager";
  }

  function restore() {
    if (!before) return;
    page.dataset.theme = before.theme;
    for (const details of before.folded) details.open = false;
    before = undefined;
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  matchMedia("print").addEventListener("change", (print) => (print.matches ? prepare() : restore()));
})();
