// Reads articles aloud; no other public page loads this.
import { readAloud } from "./part/pass_on.js";

readAloud(document);
