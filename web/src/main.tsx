import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./ui/house.css";
import { ApolloProvider } from "@apollo/client/react";
import { MantineProvider, localStorageColorSchemeManager } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { makeClient } from "./lib/apollo";
import { readLocale } from "./lib/locale";
import { resume } from "./lib/session";
import { startWords } from "./lib/words";
import { router } from "./router";
import { Toasts } from "./ui/Toasts";
import { theme } from "./ui/theme";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const client = makeClient();
const schemes = localStorageColorSchemeManager({ key: "handover.scheme" });

await Promise.all([startWords(readLocale()), resume()]);
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <ApolloProvider client={client}>
        <Toasts />
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  </StrictMode>,
);
