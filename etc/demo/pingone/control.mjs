// The control API, for tests alone: turn a knob, plant a fault, read the request log.
import { readBody, sendJson } from './http.mjs';

const actions = {
  info: ({ issuer, settings }) => ({
    issuer, client_id: settings.client.id, client_secret: settings.client.secret, resources: settings.resources,
  }),
  config: ({ state }, change) => Object.assign(state.knobs, change),
  reset: ({ state, keys }) => {
    state.reset();
    keys.publishAll();
    return {};
  },
  fault: ({ state }, fault) => {
    state.faults.push(fault);
    return { faults: state.faults };
  },
  user: ({ state }, user) => {
    state.users.set(user.sub, user);
    return user;
  },
  requests: ({ state }) => state.requests,
  'rotate-keys': async (standin, { publishNew, dropOld }) => {
    const key = await standin.keys.rotate({ publish: publishNew !== false, dropOld });
    standin.renewProvider();
    return { kid: key.kid, jwks: standin.keys.published };
  },
  'publish-all': ({ keys }) => {
    keys.publishAll();
    return keys.published;
  },
  'kill-session': ({ state }, { sid }) => {
    state.deadSessions.add(sid);
    return {};
  },
};

export async function serveControl(req, res, standin, path) {
  const action = actions[path.slice('/__control/'.length)];
  if (!action) return sendJson(res, 404, { error: 'no such control' });
  const body = req.method === 'POST' ? JSON.parse((await readBody(req)) || '{}') : {};
  return sendJson(res, 200, await action(standin, body));
}
