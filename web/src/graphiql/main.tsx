import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./graphiql.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { makeFetcher } from "./fetcher";

const WELCOME = `# Handover's API. Run with Ctrl-Enter; the book on the left is its documentation.
#
# To act as somebody, sign in with a mutation and put the access token into Headers below:
#   { "Authorization": "Bearer …" }
# Subscriptions take the same token.

query Newest {
  listings(first: 5) {
    nodes {
      id
      title
      price {
        amount
        currency
      }
    }
  }
}
`;

const root = document.getElementById("root");
if (!root) throw new Error("graphiql.html has no #root");
createRoot(root).render(
  <GraphiQL fetcher={makeFetcher(new URL(window.location.href))} defaultQuery={WELCOME} defaultEditorToolsVisibility="headers">
    <GraphiQL.Logo>
      <a className="home" href="/">
        Handover
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
