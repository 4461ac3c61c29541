// Lists laid over each other, the same as gate.Lay in Go: both run the same file of
// cases.

// lay returns the passes after an answer was laid over the list held; null for an
// answer of the same epoch that is older than what is held. What was revoked stays
// on the list and stays revoked, also where a restored server has forgotten it.
export function lay(held, answer) {
	if (held && answer.epoch === held.epoch && answer.version < held.version) return null;
	const stays = held ? [...held.passes.values()].filter((p) => answer.partial || p.state === "revoked") : [];
	const passes = new Map(stays.map((p) => [p.code, p]));
	for (const p of answer.passes) passes.set(p.code, held?.passes.get(p.code)?.state === "revoked" ? { ...p, state: "revoked" } : p);
	return [...passes.values()];
}

// layVouchers is the packs after an answer was laid over those held: one with changes
// alone says nothing of them where they are as before, and what was called in stays so.
export function layVouchers(held, { partial, vouchers }) {
	if (!vouchers) return partial ? held : undefined;
	const gone = (p) => held?.packs.some((b) => b.number === p.number && b.block === p.block && b.state === "revoked");
	return { ...vouchers, packs: vouchers.packs.map((p) => (gone(p) ? { ...p, state: "revoked" } : p)) };
}
