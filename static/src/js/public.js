// The script of public pages, kept small: it is part of a first visit.
import { light } from "./part/common.js";
import { later } from "./part/later.js";
import { near } from "./part/near.js";
import { passOn } from "./part/pass_on.js";
import { offline } from "./part/offline.js";

light(document);
later(document);
passOn(document);
near(document);
offline();
