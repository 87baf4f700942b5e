// What scrolls by itself can be reached by keyboard. The theme measures folded code and tables too, one by one, when a page
// is loaded: half of what the browser then has to do. Here those that are laid out are measured together, and the others
// when they unfold, when a reader comes near them, follows a link into the page or presses a key.
(() => {
  const REGIONS = "pre, .cell_output > .output, .pst-scrollable-table-container";

  function measure() {
    const regions = [...document.querySelectorAll(REGIONS)].filter((region) => region.checkVisibility({ contentVisibilityAuto: true }));
    const scrolls = regions.map(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth || scrollHeight > clientHeight);
    regions.forEach((region, place) => (region.tabIndex = scrolls[place] ? 0 : -1));
  }

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(measure, 300);
  });
  // A key may lead far, to the end or to the next find: all must have its height by then.
  addEventListener(
    "keydown",
    () => {
      document.documentElement.removeAttribute("data-fresh");
      measure();
    },
    { once: true, capture: true },
  );
  addEventListener("load", () => {
    measure();
    for (const type of ["hashchange", "toggle", "contentvisibilityautostatechange"]) addEventListener(type, measure, true);
  });
})();
