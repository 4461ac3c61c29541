// The picker of communes, for the public pages that have one.
import { areaPickers } from "./part/area.js";

areaPickers(document);
