// urql with a normalising cache, whose documents are sent by their ids alone.
// Arguments: address, token, our manifest. Prints what was read as JSON.
import { readFileSync } from "node:fs";
import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";

const [url, token, path] = process.argv.slice(2);
const { operations } = JSON.parse(readFileSync(path));
const entry = operations.find((one) => one.name === "PartyList");
let requests = 0;

const client = new Client({
  url,
  preferGetMethod: false,
  exchanges: [cacheExchange({ keys: { PageInfo: () => null, PartyConnection: () => null, AvailableAct: () => null } }), fetchExchange],
  fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  fetch: (address, options) => {
    requests += 1;
    const { variables } = JSON.parse(options.body);
    const documentId = entry.id.replace("sha256:", "");
    return fetch(address, { ...options, body: JSON.stringify({ documentId, variables }) });
  },
});

// the document as it is in its file, without __typename: the cache adds its own, the server answers by the manifest
const document = gql(entry.body.replaceAll(/\n *__typename/g, ""));
const first = await client.query(document, { first: 3 }).toPromise();
const second = await client.query(document, { first: 3 }, { requestPolicy: "cache-only" }).toPromise();
process.stdout.write(
  JSON.stringify({
    error: first.error?.message ?? null,
    names: first.data?.parties.nodes.map((node) => node.shortName) ?? null,
    isCached: JSON.stringify(second.data) === JSON.stringify(first.data),
    requests,
  }),
);
