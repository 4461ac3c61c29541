// Where the page runs: in a browser, in a window of its own, or inside another app
// that shows web pages.

const APPS = [[/Zalo/i, "Zalo"], [/FBAN|FBAV|FB_IAB|Messenger/, "Facebook"], [/Instagram/, "Instagram"], [/musical_ly|BytedanceWebview|TikTok/, "TikTok"], [/\bLine\//, "LINE"]];

// insideApp names the app whose built-in browser this is, "" for a browser proper.
export const insideApp = (agent = navigator.userAgent) => APPS.find(([mark]) => mark.test(agent))?.[1] || "";

// isApple reports an iPhone or iPad, where the steward installs by hand.
export const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

// installed reports whether the page runs in a window of its own.
export const installed = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
