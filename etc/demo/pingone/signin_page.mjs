// The sign-in page, for people and for browser tests: user name, password, Sign in, Cancel.
import { authenticationOf } from './signin.mjs';
import { readBody } from './http.mjs';

const escape = (text) => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const page = ({ action, application, username = '', problem }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in – PingOne stand-in</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; background: #f2f3f4; color: #253746; margin: 0; }
  main { max-width: 22rem; margin: 12vh auto; background: #fff; padding: 2rem; border-radius: 6px;
         box-shadow: 0 1px 4px #0003; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
  label { display: block; margin-top: 1rem; }
  input { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; border: 1px solid #98a0a8; border-radius: 4px; }
  button { width: 100%; margin-top: 1rem; padding: .6rem; font: inherit; border-radius: 4px; border: 1px solid #4462ed; }
  .primary { background: #4462ed; color: #fff; }
  .plain { background: #fff; color: #4462ed; }
  .problem { color: #a31300; }
  small { color: #5a6772; }
</style>
</head>
<body>
<main>
  <h1>Sign in</h1>
  <small>to continue to ${escape(application)} – a stand-in for PingOne, for demonstration only</small>
  ${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
  <form method="post" action="${escape(action)}">
    <label>Username <input name="username" autocomplete="username" value="${escape(username)}" autofocus></label>
    <label>Password <input name="password" type="password" autocomplete="current-password"></label>
    <button class="primary" name="decision" value="signin">Sign in</button>
    <button class="plain" name="decision" value="cancel" formnovalidate>Cancel</button>
  </form>
  <p><small>Demo users: mary.sample / mary-demo, john.sample / john-demo</small></p>
</main>
</body>
</html>`;

function answer(res, status, html) {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  });
  res.end(html);
}

/** GET shows the page, POST takes the answer and sends the browser on. */
export async function serveSignInPage(req, res, { provider, state }) {
  let interaction;
  try {
    interaction = await provider.interactionDetails(req, res);
  } catch {
    return answer(res, 400, page({ action: '#', application: 'nothing', problem: 'This sign-in has expired. Please start again.' }));
  }
  const shown = { action: req.originalUrl, application: interaction.params.client_id };
  if (req.method !== 'POST') return answer(res, 200, page({ ...shown, username: interaction.params.login_hint }));

  const form = new URLSearchParams(await readBody(req));
  if (form.get('decision') === 'cancel') {
    return provider.interactionFinished(req, res, {
      error: 'access_denied', error_description: 'The user cancelled the sign-in',
    });
  }
  const username = form.get('username') ?? '';
  const user = state.findByCredentials(username, form.get('password'));
  if (!user) return answer(res, 401, page({ ...shown, username, problem: 'Wrong username or password.' }));
  return provider.interactionFinished(req, res, {
    login: { accountId: user.sub, ...authenticationOf(interaction.params) },
  });
}
