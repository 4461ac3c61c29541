package gate

import "hoicho/internal/registry"

// Lay lays the answer to a request for a gate list over the list that a phone
// holds, nil for none. It is the rule of phones: ok is false for an answer of the
// same epoch that is older than what is held, which is not taken. A pass that was
// once revoked stays on the list and stays revoked, also where a server that was
// restored from a backup has forgotten it.
func Lay(held *Snapshot, answer Snapshot) (list Snapshot, ok bool) {
	if held == nil {
		held = &Snapshot{Epoch: -1}
	}
	if answer.Epoch == held.Epoch && answer.Version < held.Version {
		return *held, false
	}
	list = answer
	list.Vouchers = layVouchers(held, &answer)
	list.Passes = make(Passes, len(held.Passes)+len(answer.Passes))
	for code, p := range held.Passes {
		if answer.Partial || p.State == registry.PassRevoked {
			list.Passes[code] = p
		}
	}
	for code, p := range answer.Passes {
		if held.Passes[code].State == registry.PassRevoked {
			p.State = registry.PassRevoked
		}
		list.Passes[code] = p
	}
	return list, true
}
