// What the clients graphql-ws and graphql-sse meet at a running server, as JSON. Usage: node clients.mjs URL TOKEN BODY
// A POST to /later moves the server's clock beyond the life of the token.
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token, bodyId] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const FOLLOW = 'subscription ($after: String) { journalEntryAdded(after: $after) { id cursor act } }';
const NAME = '{ viewer { delegate { party { shortName } } } }';
const found = {};
let keys = 0;

function ws(credential = authorization) {
  let socket;
  const client = createWs({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: credential ? { authorization: credential } : undefined,
    retryAttempts: 0,
    on: { opened: (opened) => (socket = opened) },
  });
  return Object.assign(client, { cut: () => socket.terminate() });
}

function sse(credential = authorization) {
  return createSse({ url, headers: { authorization: credential }, retryAttempts: 0 });
}

async function once(client, query, variables) {
  for await (const result of client.iterate({ query, variables })) return result;
}

async function act(client, name) {
  const input = { idempotencyKey: `key-${(keys += 1)}`, bodyId };
  const type = name[0].toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename } }`;
  return (await once(client, query, { input })).data[name].__typename;
}

async function take(events, number) {
  const taken = [];
  while (taken.length < number) taken.push((await events.next()).value.data.journalEntryAdded);
  return taken;
}

async function failure(promise) {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    if (Array.isArray(error)) return error[0].extensions.code;
    return error.code ? `${error.code} ${error.reason}` : `${error.response.status}`;
  }
}

async function fromTheEnd(client, number) {
  const query = 'query ($number: Int) { journalEntries(last: $number) { nodes { cursor } } }';
  return (await once(client, query, { number })).data.journalEntries.nodes[0].cursor;
}

for (const [name, open] of [['ws', ws], ['sse', sse]]) {
  const acting = open();
  found[`${name} query`] = (await once(acting, NAME)).data.viewer.delegate.party.shortName;
  found[`${name} act`] = await act(acting, 'joinBody');
  const after = await fromTheEnd(acting, 1);

  const following = open();
  const events = following.iterate({ query: FOLLOW, variables: { after } });
  await act(acting, 'leaveBody');
  const [first] = await take(events, 1);
  if (name === 'ws') {
    const cut = failure(events.next());
    following.cut();
    found['ws cut off'] = (await cut).split(' ')[0];
  } else {
    await events.return();
  }
  await act(acting, 'joinBody');
  await act(acting, 'leaveBody');
  const again = open().iterate({ query: FOLLOW, variables: { after: first.cursor } });
  found[`${name} acts`] = [first, ...(await take(again, 2))].map((entry) => entry.act);
  await again.return();

  found[`${name} bad token`] = await failure(once(open('Bearer nonsense'), NAME));
  found[`${name} bad document`] = await failure(once(open(), '{ unknown }'));
}

const after = await fromTheEnd(ws(), 2);
const lasting = [ws(), sse()].map((client) => client.iterate({ query: FOLLOW, variables: { after } }));
await Promise.all(lasting.map((events) => take(events, 1)));
const pending = lasting.map((events) => events.next());
await fetch(url.replace('graphql', 'later'), { method: 'POST' });
found['ws expired'] = await failure(pending[0]);
found['sse expired'] = (await pending[1]).value.errors[0].message;
found['sse completed'] = (await lasting[1].next()).done;
console.log(JSON.stringify(found));
process.exit(0);
