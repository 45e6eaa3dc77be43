// graphql-ws with a credential in every form that clients send, and graphql-sse in its two modes.
// Arguments: address, token. Prints for each form who was asked, or how the connection ended, as JSON.
import { createClient } from "graphql-ws";
import { createClient as createStream } from "graphql-sse";
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const query = "{ viewer { delegate { party { shortName } } } }";

function ask(client) {
  return new Promise((resolve) => {
    client.subscribe(
      { query },
      {
        next: ({ data }) => resolve(data.viewer?.delegate?.party?.shortName ?? "nobody"),
        error: (error) => resolve(`${error.code ?? error.status ?? error.message}`),
        complete: () => {},
      },
    );
  });
}

const forms = {
  authorization: { authorization: `Bearer ${token}` },
  Authorization: { Authorization: `bearer ${token}` },
  "headers.Authorization": { headers: { Authorization: `Bearer ${token}` } },
  "bare token": { authorization: token },
  authToken: { authToken: token },
  basic: { Authorization: "Basic amFwYW46c2VjcmV0" },
  empty: { Authorization: "" },
  none: {},
};
const report = {};
for (const [name, connectionParams] of Object.entries(forms)) {
  const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
  report[name] = await ask(client);
  await client.dispose();
}
for (const singleConnection of [false, true]) {
  const headers = { authorization: `Bearer ${token}` };
  const client = createStream({ url, singleConnection, headers, retryAttempts: 0 });
  report[singleConnection ? "one stream for all" : "a stream for each"] = await ask(client).then((answer) => answer.slice(0, 60));
  client.dispose();
}
process.stdout.write(JSON.stringify(report));
process.exit(0);
