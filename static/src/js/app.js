// The little script of public and vendor pages.
import { common } from "./part/common.js";

common(document);
