// Faults that replace a whole answer. Those that only bend a token response are in deviations.mjs.
import { sleep } from './http.mjs';

/** True when the fault has answered the request (or cut the connection). */
export async function playFault(req, res, url, endpoint, fault) {
  if (fault.delay) await sleep(fault.delay);
  if (fault.hangup) {
    req.socket.destroy();
    return true;
  }
  if (fault.redirectError && endpoint === 'authorize') {
    redirectWithError(res, url.searchParams, fault);
    return true;
  }
  if (fault.status) {
    replaceAnswer(res, fault);
    return true;
  }
  return false;
}

function redirectWithError(res, query, { redirectError, error_description: description }) {
  const target = new URL(query.get('redirect_uri'));
  target.searchParams.set('error', redirectError);
  if (description) target.searchParams.set('error_description', description);
  if (query.has('state')) target.searchParams.set('state', query.get('state'));
  res.writeHead(302, { location: target.href });
  res.end();
}

function replaceAnswer(res, { status, headers, body = {}, truncate }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(truncate ? text.slice(0, text.length >> 1) : text);
}
