/** What people could write to make a browser do something: every way to run a script, in every place it could stand. */

const HIT = "window.hit=(window.hit??0)+1";

const runs: readonly string[] = [
  `<script>${HIT}</script>`,
  `<script src="data:text/javascript,${HIT}"></script>`,
  `<img src=x onerror="${HIT}">`,
  `<svg onload="${HIT}"></svg>`,
  `<svg><script>${HIT}</script></svg>`,
  `<svg><animate onbegin="${HIT}" attributeName=x dur=1s>`,
  `<body onload="${HIT}">`,
  `<input autofocus onfocus="${HIT}">`,
  `<details open ontoggle="${HIT}">`,
  `<video><source onerror="${HIT}"></video>`,
  `<audio src=x onerror="${HIT}">`,
  `<iframe srcdoc="<script>parent.hit=1</script>"></iframe>`,
  `<iframe src="javascript:parent.hit=1"></iframe>`,
  `<object data="javascript:${HIT}"></object>`,
  `<a href="javascript:${HIT}">押す</a>`,
  `<form action="javascript:${HIT}"><button>押す</button></form>`,
  `<math><mtext><img src=x onerror="${HIT}"></mtext></math>`,
  `<style>@import "javascript:${HIT}";</style><img src=x onerror="${HIT}">`,
];

const places: readonly ((run: string) => string)[] = [
  (run) => run,
  (run) => `">${run}`,
  (run) => `'>${run}`,
  (run) => `</textarea>${run}`,
  (run) => `</option></select>${run}`,
  (run) => `</title></head><body>${run}`,
  (run) => `--><!-- -->${run}`,
  (run) => `]]>${run}`,
  (run) => `" autofocus onfocus="${HIT}" x="${run}`,
  (run) => run.toUpperCase().replaceAll("WINDOW.HIT", "window.hit"),
  (run) => run.replaceAll("<", "<\u0000").replaceAll("\u0000", "\t"),
  (run) => `[押す](javascript:${HIT}) **${run}**`,
];

export const hostileTexts: readonly string[] = runs.flatMap((run) => places.map((place) => place(run)));
