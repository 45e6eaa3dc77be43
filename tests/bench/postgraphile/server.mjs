// PostGraphile over the tables of the bench, as its documentation sets it up for production: no roles and no row
// security, so it judges no rights. Usage: node server.mjs CONNECTION-STRING; prints the port and serves until killed.
import { createServer } from "node:http";

import { postgraphile } from "postgraphile";
import { TYPES } from "postgraphile/@dataplan/pg";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { addPgTableOrderBy, orderByAscDesc } from "postgraphile/utils";

// The order in which our server lists comments: by the place of the provision, then by party and number. PostGraphile
// sorts by columns of the table; this is how it is taught to sort by those of others.
const readingOrder = addPgTableOrderBy({ schemaName: "public", tableName: "comments" }, (build) => {
  const { sql, pgResources } = build;
  const place = pgResources.comments.codec.attributes.position
    ? (comments) => sql`${comments.alias}.position`
    : (comments) => sql`coalesce(${comments.singleRelation("provisionTextsByMyProvisionTextId")}.position, 0)`;
  const party = (comments) => sql`${comments.singleRelation("partiesByMyPartyId")}.short_name`;
  return {
    ...orderByAscDesc("PLACE", (comments) => ({ fragment: place(comments), codec: TYPES.int })),
    ...orderByAscDesc("PARTY_NAME", (comments) => ({ fragment: party(comments), codec: TYPES.text })),
  };
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [readingOrder],
  disablePlugins: ["NodePlugin"],
  grafserv: { graphiql: false, websockets: false, outputDataAsString: true },
  grafast: { explain: false },
  pgServices: [
    makePgService({
      connectionString: process.argv[2],
      schemas: ["public"],
      poolConfig: { max: 15, idleTimeoutMillis: 0 }, // as many as ours, and kept while another server is measured
    }),
  ],
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
await instance.getSchema();
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
