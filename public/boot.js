// Wakes a page's interactive parts. Pages are complete without it, so it waits for the first paint and an idle moment.
// The page names the files: <script defer src="…/boot.js" data-glue="…/doorstep.js" data-wasm="…/doorstep.wasm">.
(() => {
  const { glue, wasm } = document.currentScript.dataset;
  const idle = window.requestIdleCallback ?? ((wake) => setTimeout(wake, 50));

  async function wake() {
    if (!document.querySelector("leptos-island, [data-wake]")) return;
    const bytes = fetch(wasm);
    const islands = await import(glue);
    await islands.default({ module_or_path: bytes });
    islands.hydrate();
    hydrateBelow(document.body, islands, []);
  }

  // The walk of Leptos' own HydrationScripts, which would be an inline script: outer islands first, and before an
  // island within another's children, the outer one's context.
  function hydrateBelow(node, islands, outer) {
    if (node.localName === "leptos-island") {
      outer.at(-1)?.();
      islands[node.dataset.component](node);
    } else if (node.localName === "leptos-children") {
      outer = [...outer, node.$$on_hydrate];
    }
    for (const child of node.children) hydrateBelow(child, islands, outer);
  }

  requestAnimationFrame(() => idle(wake, { timeout: 2000 }));
})();
