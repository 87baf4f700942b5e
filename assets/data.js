// Data of single pages are script files that call reportData(name, data): pages opened from disk may load no other.
const arrived = new Map();
const asked = new Map();
window.reportData = (name, data) => arrived.set(name, data);

/** Load a data file once; its content. A failed load may be tried again. */
export function load(base, name, version) {
  if (!asked.has(name)) {
    asked.set(
      name,
      new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = `${base}${name}.js?v=${version}`;
        element.onload = () => resolve(arrived.get(name));
        element.onerror = () => {
          asked.delete(name);
          element.remove();
          reject(new Error(`could not load ${element.src}`));
        };
        document.head.append(element);
      }),
    );
  }
  return asked.get(name);
}
