/** Style of the HTML report: system fonts, light and dark, readable on paper and on narrow screens. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfcfa; --card: #ffffff; --ink: #1c2620; --soft: #57655c; --line: #dde5de;
  --leaf: #1f7a46; --leaf-soft: #d6ecdd; --warning: #9a5b00; --information: #1d5f9e; --hint: #57655c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111613; --card: #18201b; --ink: #e4ece6; --soft: #9fb0a5; --line: #2b372f;
    --leaf: #6fd097; --leaf-soft: #1f4430; --warning: #f0b35a; --information: #7fb8f0; --hint: #9fb0a5;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; }
p { margin: .4rem 0; }
a { color: var(--leaf); }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0 .6rem; padding: 0; list-style: none; }
.cards li { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; padding: 1rem 1.2rem; }
.cards strong { display: block; font-size: 1.7rem; line-height: 1.25; color: var(--leaf); font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .8rem; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .9rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.level { font-weight: 600; white-space: nowrap; }
.warning { color: var(--warning); } .information { color: var(--information); } .hint { color: var(--hint); }
.bar { display: block; height: .5rem; margin-top: .35rem; border-radius: .25rem; background: var(--leaf-soft); position: relative; min-width: 7rem; }
.bar i { position: absolute; top: 0; bottom: 0; border-radius: .25rem; background: var(--leaf); opacity: .45; }
.bar b { position: absolute; top: -.15rem; bottom: -.15rem; width: .18rem; margin-left: -.09rem; border-radius: .1rem; background: var(--leaf); }
details { border-top: 1px solid var(--line); padding: .7rem 0; }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; }
footer { padding: 2.5rem 1.25rem 3rem; }
@media print { body { background: #fff; } details > * { display: block; } .scroll { overflow: visible; } }
`;
