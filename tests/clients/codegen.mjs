// Prints the TypeScript types of the published operations, as graphql-codegen makes them.
import { generate } from "@graphql-codegen/cli";

const [contracts, head] = process.argv.slice(2);
const [file] = await generate(
  {
    schema: `${contracts}/schema.graphql`,
    documents: [`${contracts}/operations/**/*.graphql`, `${contracts}/fragments/*.graphql`],
    silent: true,
    generates: {
      "operations.ts": {
        plugins: [{ add: { content: `/* eslint-disable */\n${head}` } }, "typescript-operations"],
        config: {
          enumType: "string-literal",
          nonOptionalTypename: true,
          defaultScalarType: "string",
          scalars: { ID: "string", JSON: "unknown" },
        },
      },
    },
  },
  false,
);
process.stdout.write(file.content);
