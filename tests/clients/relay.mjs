// Relay's runtime with what relay-compiler made: ids are MD5, texts are with the compiler.
// Arguments: address, token, folder with the artifacts. Prints what was read as JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { Environment, Network, RecordSource, Store, fetchQuery } = require("relay-runtime");
const [url, token, folder] = process.argv.slice(2);
const artifact = await import(pathToFileURL(`${folder}/__generated__/appPartiesQuery.graphql.js`));
const query = artifact.default?.default ?? artifact.default;
const sent = [];

const environment = new Environment({
  network: Network.create(async (request, variables) => {
    sent.push({ id: request.id, text: request.text });
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ documentId: request.id, variables }),
    });
    return response.json();
  }),
  store: new Store(new RecordSource()),
});
const data = await fetchQuery(environment, query, { first: 3 }).toPromise();
process.stdout.write(
  JSON.stringify({
    names: data.parties.edges.map((edge) => edge.node.shortName),
    idLength: sent[0].id.length,
    text: sent[0].text,
    records: environment.getStore().getSource().getRecordIDs().filter((id) => id.startsWith("PTY_")).length,
  }),
);
