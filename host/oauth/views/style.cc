#include "oauth/views/style.h"

namespace mcph::oauth {
namespace {

// Contrast is at least 4.5:1 for text and 3:1 for edges of controls, in both colour schemes.
constexpr std::string_view kStyle = R"css(
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --glow: #dfe6fb; --card: #ffffff; --line: #dde2ea; --quiet: #f6f8fb;
  --text: #18202e; --soft: #566176; --accent: #3352d8; --accent-deep: #2742b5; --on-accent: #ffffff;
  --edge: #8490a5; --good: #12734a; --warn-ground: #fff6e2; --warn-line: #ecd08d;
  --warn-text: #6b4a00;
  --shadow: 0 1px 2px #18202e14, 0 12px 40px #18202e1a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e131c; --glow: #1a2440; --card: #171e2a; --line: #2a3446; --quiet: #1d2635;
    --text: #eaeef6; --soft: #a3afc3; --accent: #8fa6ff; --accent-deep: #aebfff;
    --on-accent: #0d1430;
    --edge: #6f7d95; --good: #62d29c; --warn-ground: #2e2611; --warn-line: #5c4a1a;
    --warn-text: #f3d58b;
    --shadow: 0 1px 2px #0006, 0 16px 48px #0009;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1rem;
  background: radial-gradient(60rem 32rem at 50% -8rem, var(--glow), transparent) no-repeat;
  background-color: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", sans-serif;
  -webkit-font-smoothing: antialiased;
}
main {
  width: 100%; max-width: 29rem; padding: 2.25rem 2.25rem 1.75rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 1.25rem; box-shadow: var(--shadow);
}
.meet {
  display: flex; justify-content: center; align-items: center; gap: .75rem; margin-bottom: 1.5rem;
}
.face {
  width: 3.5rem; height: 3.5rem; flex: none; display: grid; place-items: center;
  border-radius: 1rem;
  font-size: 1.5rem; font-weight: 650; border: 1px solid var(--line); background: var(--quiet);
  color: var(--text);
}
.face.ours { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.face svg { width: 1.75rem; height: 1.75rem; }
.dots { width: 2.75rem; border-top: 3px dotted var(--edge); }
h1 {
  margin: 0; font-size: 1.375rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em;
  text-align: center; text-wrap: balance; overflow-wrap: anywhere;
}
.under {
  margin: .5rem 0 0; text-align: center; color: var(--soft); font-size: .9375rem;
  text-wrap: balance;
}
h2 { margin: 1.75rem 0 .625rem; font-size: .8125rem; font-weight: 600; color: var(--soft); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .625rem; }
li {
  display: grid; grid-template-columns: 1.25rem 1fr; gap: .625rem; align-items: start;
  overflow-wrap: anywhere;
}
li svg { width: 1.25rem; height: 1.25rem; margin-top: .125rem; color: var(--good); }
dl {
  margin: 0; border: 1px solid var(--line); border-radius: .75rem; background: var(--quiet);
  overflow: hidden;
}
dl div { display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem; padding: .625rem .875rem; }
dl div + div { border-top: 1px solid var(--line); }
dt { color: var(--soft); font-size: .875rem; line-height: 1.5rem; }
dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
dd small { display: block; font-size: .8125rem; font-weight: 400; color: var(--soft); }
.note {
  margin: .75rem 0 0; padding: .75rem .875rem; border: 1px solid var(--warn-line);
  border-radius: .75rem;
  background: var(--warn-ground); color: var(--warn-text); font-size: .875rem;
}
.note p { margin: 0; } .note p + p { margin-top: .375rem; }
.upstream { margin: .875rem 0 0; color: var(--soft); font-size: .875rem; line-height: 1.75; }
.upstream code {
  padding: .0625rem .375rem; border: 1px solid var(--line); border-radius: .375rem;
  background: var(--quiet); color: var(--text); white-space: nowrap;
}
.remember {
  display: flex; align-items: center; gap: .625rem; min-height: 2.75rem; margin-top: 1rem;
  font-size: .9375rem; cursor: pointer;
}
.remember input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); }
.remember input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; gap: .75rem; margin-top: 1.75rem; }
button {
  flex: 1; min-height: 2.875rem; padding: .5rem 1rem; border-radius: .75rem; font: inherit;
  font-weight: 600;
  cursor: pointer; transition: background-color .12s, border-color .12s;
}
.approve { border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); }
.approve:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.cancel { border: 1px solid var(--edge); background: transparent; color: var(--text); }
.cancel:hover { background: var(--quiet); }
.link {
  min-height: 1.5rem; padding: 0; border: 0; background: none; color: inherit; font-weight: 400;
  text-decoration: underline;
}
.link:hover { color: var(--text); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.foot {
  margin: 1.25rem 0 0; text-align: center; color: var(--soft); font-size: .8125rem;
  text-wrap: balance;
}
code {
  font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere;
}
.code { text-align: center; color: var(--soft); margin: 1.25rem 0 0; font-size: .8125rem; }
@media (max-width: 26rem) {
  main { padding: 1.5rem 1.25rem 1.25rem; }
  dl div { grid-template-columns: 1fr; gap: 0; }
  .buttons { flex-direction: column; }
}
@media (prefers-reduced-motion: reduce) { button { transition: none; } }
@media (forced-colors: active) { .face, dl, .note { border-color: CanvasText; } }
)css";

}  // namespace

std::string_view page_style() noexcept {
  return kStyle;
}

}  // namespace mcph::oauth
