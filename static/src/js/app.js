// The little script of public and vendor pages.
import { common } from "./part/common.js";
import { later } from "./part/later.js";

common(document);
later(document);
