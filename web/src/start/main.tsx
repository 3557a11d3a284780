import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StartPage } from "./StartPage";
import "./start.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <StartPage />
  </StrictMode>,
);
