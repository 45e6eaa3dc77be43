// Apollo Client with documents of a manifest, ours and one of Apollo's own tool.
// Arguments: address, token, our manifest, a manifest of Apollo's tool. Prints what was read as JSON.
import { readFileSync } from "node:fs";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { generatePersistedQueryIdsFromManifest } from "@apollo/persisted-query-lists";

const [url, token, ours, theirs] = process.argv.slice(2);
const report = {};

async function read(name, path, document) {
  const manifest = JSON.parse(readFileSync(path));
  const sent = [];
  const http = new HttpLink({
    uri: url,
    headers: { Authorization: `Bearer ${token}` },
    fetch: async (address, options) => {
      sent.push(JSON.parse(options.body));
      return fetch(address, options);
    },
  });
  const persisted = new PersistedQueryLink(
    generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest }),
  );
  const client = new ApolloClient({ link: ApolloLink.from([persisted, http]), cache: new InMemoryCache() });
  const { data } = await client.query({ query: document, variables: { first: 3 } });
  const again = await client.query({ query: document, variables: { first: 3 }, fetchPolicy: "cache-only" });
  report[name] = {
    names: data.parties.nodes.map((node) => node.shortName),
    isCached: JSON.stringify(again.data) === JSON.stringify(data),
    objects: Object.keys(client.cache.extract()).filter((key) => key.startsWith("Party:")).length,
    requests: sent.length,
    textsSent: sent.filter((body) => body.query !== undefined).length,
  };
}

const body = (path) => JSON.parse(readFileSync(path)).operations.find((one) => one.name === "PartyList").body;
await read("ours", ours, gql(body(ours)));
await read("theirs", theirs, gql(body(theirs)));
process.stdout.write(JSON.stringify(report));
