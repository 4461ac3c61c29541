// The little script of public and vendor pages. Every page works without it.
import { areaPickers } from "./part/area.js";
import { moneyFields } from "./part/money.js";
import { passwordFields } from "./part/password.js";
import { photoFields } from "./part/photo.js";
import { drafts } from "./part/draft.js";

areaPickers(document);
moneyFields(document);
passwordFields(document);
photoFields(document);
drafts(document);
