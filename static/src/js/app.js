// The script of the pages of vendors and of forms of accounts.
import { common } from "./part/common.js";
import { later } from "./part/later.js";

common(document);
later(document);
