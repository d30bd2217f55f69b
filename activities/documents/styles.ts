/** The page's own style sheet: readable at 320 px, at 200 %, on paper and in forced colours. */
export const styles = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.8 "BIZ UDPGothic", "Noto Sans JP", "Hiragino Sans", Meiryo, sans-serif; line-break: strict; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.5; margin: 2em 0 .6em; }
h1 { font-size: 1.8rem; margin-top: .5rem; } h2 { font-size: 1.5rem; border-bottom: 3px solid #00118f; }
h3 { font-size: 1.3rem; } h4 { font-size: 1.15rem; } h5, h6 { font-size: 1rem; }
a { color: #00118f; } a:focus-visible, .wide:focus-visible { outline: 4px solid #000; box-shadow: 0 0 0 2px #ffd43d; }
nav ol { list-style: none; padding-inline-start: 1.5em; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; background: #fff; }
.wide { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; min-width: 36rem; line-height: 1.6; font-size: .9rem; }
caption { text-align: start; font-weight: bold; padding: .3em 0; }
th, td { border: 1px solid #767676; padding: .35em .5em; text-align: start; vertical-align: top; }
thead th { background: #e8f1fe; } tbody th { font-weight: normal; } tfoot { font-weight: bold; background: #f2f2f2; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
.notice { border-inline-start: 6px solid #b78f00; padding: .3em .8em; background: #fbf5e0; }
.edited { border-inline-start: 2px solid #767676; padding-inline-start: .8em; }
footer { border-top: 1px solid #767676; margin-top: 3rem; font-size: .8rem; }
@media print { body { max-width: none; font-size: 10pt; } nav { break-after: page; } thead { display: table-header-group; }
  tr, h2, h3, h4, h5, h6 { break-inside: avoid; } h2, h3, h4, h5, h6 { break-after: avoid; } .wide { overflow: visible; } table { min-width: 0; } }
`.trim();
