// What scrolls by itself can be reached by keyboard. The theme measures folded code and tables too, one by one, when a page
// is loaded: half of what the browser then has to do. Here they are measured together, and folded ones when they unfold.
(() => {
  const REGIONS = "pre, .cell_output > .output, .pst-scrollable-table-container";

  function measure() {
    const regions = [...document.querySelectorAll(REGIONS)].filter((region) => region.checkVisibility());
    const scrolls = regions.map(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth || scrollHeight > clientHeight);
    regions.forEach((region, place) => (region.tabIndex = scrolls[place] ? 0 : -1));
  }

  let waiting;
  addEventListener("load", measure);
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(measure, 300);
  });
  document.addEventListener("toggle", measure, true);
})();
