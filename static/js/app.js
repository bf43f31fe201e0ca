// Enhancements only: every page works without this file.
import "./menu.js";
import "./keys.js";
import "./focus.js";
import "./bulk.js";
import "./live.js";
