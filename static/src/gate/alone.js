// One page at a time is an app of a phone: two would send everything twice and hold two
// pictures of what has happened.
import { $, show } from "./screens.js";

const PATIENCE = 1500; // ms: a page that is being left lets go a little late

// alone resolves once this page is the one of its name. lost is called when somebody goes
// on in another one.
export async function alone(lost, name = "hoicho-gate") {
	if (!navigator.locks) return;
	const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
	const first = await hold(name, { signal: stop.signal }, lost);
	clearTimeout(timer);
	if (first) return;
	show("other");
	await new Promise((resolve) => { $("use-here").onclick = resolve; });
	await hold(name, { steal: true }, lost);
}

// hold asks for the lock, keeps it until the page ends and reports whether it got
// it.
function hold(name, options, lost) {
	return new Promise((resolve) => {
		let held = false;
		navigator.locks.request(name, options, () => {
			held = true;
			resolve(true);
			return new Promise(() => {});
		}).catch(() => (held ? lost() : resolve(false)));
	});
}
