package gate

import "hoicho/internal/registry"

// insideCases: one pass, one place.
func insideCases() []vectorCase {
	inside := since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 08:12", 2)
	again := since(on(lan, registry.VerdictOKAgain), "2026-11-22 08:12", 2)
	return []vectorCase{
		{"inside: already, at the other gate", "lan inside", []step{do(in(lan, 1), "2026-11-22 08:30", inside)}},
		{"inside: already, at the same gate", "lan inside", []step{do(in(lan, 2), "2026-11-22 08:30", inside)}},
		{"inside: already, typed", "lan inside", []step{do(typed(lan), "2026-11-22 08:30", inside)}},
		{"inside: again after leaving", "lan inside", []step{
			do(out(lan, 1), "2026-11-22 09:00", on(lan, registry.VerdictExitOK)),
			do(in(lan, 2), "2026-11-22 09:30", again),
			do(in(lan, 2), "2026-11-22 09:31", since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 09:30", 2)),
			do(out(lan, 2), "2026-11-22 10:00", on(lan, registry.VerdictExitOK)),
			do(in(lan, 1), "2026-11-22 10:10", again),
		}},
		{"inside: forgot to scan out yesterday", "lan inside", []step{
			do(in(lan, 1), "2026-11-23 06:00", on(lan, registry.VerdictOK)),
			do(in(lan, 1), "2026-11-23 06:10", since(on(lan, registry.VerdictAlreadyInside), "2026-11-23 06:00", 1)),
		}},
		{"inside: a refusal changes nothing", "fair", []step{
			do(in(lan, 3), "2026-11-22 08:00", goTo(on(lan, registry.VerdictWrongGate), 1, 2)),
			do(in(lan, 1), "2026-11-22 08:01", on(lan, registry.VerdictOK)),
		}},
		{"inside: past midnight is the same gate day", "evening", []step{
			do(in(lan, 1), "2026-11-22 23:30", on(lan, registry.VerdictOK)),
			do(in(lan, 2), "2026-11-23 00:30", since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 23:30", 1)),
			do(in(lan, 2), "2026-11-23 14:00", on(lan, registry.VerdictOK)),
		}},
		{"inside: official", "fair", []step{
			do(in(official, 4), "2026-11-22 08:00", on(official, registry.VerdictOK)),
			do(in(official, 1), "2026-11-22 08:05", since(on(official, registry.VerdictAlreadyInside), "2026-11-22 08:00", 4)),
			do(out(official, 1), "2026-11-22 08:10", on(official, registry.VerdictExitOK)),
			do(in(official, 1), "2026-11-22 08:20", since(on(official, registry.VerdictOKAgain), "2026-11-22 08:00", 4)),
		}},
	}
}

// limitCases: how many of one booth.
func limitCases() []vectorCase {
	return []vectorCase{
		{"limit: the fourth may enter, the fifth may not", "three inside", []step{
			do(in(son, 1), "2026-11-22 08:30", on(son, registry.VerdictOK)),
			do(in(tuyet, 1), "2026-11-22 08:31", tooMany(tuyet, 4, 4)),
		}},
		{"limit: only staff of the booth counts", "three inside, and others", []step{
			do(in(son, 1), "2026-11-22 08:30", on(son, registry.VerdictOK)),
			do(in(tuyet, 1), "2026-11-22 08:31", tooMany(tuyet, 4, 4)),
		}},
		{"limit: one leaves, one enters", "four inside", []step{
			do(in(tuyet, 1), "2026-11-22 08:30", tooMany(tuyet, 4, 4)),
			do(out(minh, 2), "2026-11-22 08:40", on(minh, registry.VerdictExitOK)),
			do(in(tuyet, 1), "2026-11-22 08:41", on(tuyet, registry.VerdictOK)),
			do(in(minh, 1), "2026-11-22 08:42", tooMany(minh, 4, 4)),
		}},
		{"limit: who is inside is told that, not the limit", "four inside", []step{
			do(in(lan, 1), "2026-11-22 08:30", since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 08:00", 1)),
		}},
		{"limit: of another booth", "four inside", []step{do(in(noBooth, 1), "2026-11-22 08:30", on(noBooth, registry.VerdictOK))}},
		{"limit: a vehicle and an official do not count", "four inside", []step{
			do(in(truck, 3), "2026-11-22 06:00", on(truck, registry.VerdictOK)),
			do(in(official, 1), "2026-11-22 08:30", on(official, registry.VerdictOK)),
		}},
		{"limit: a new day begins at none", "four inside", []step{do(in(tuyet, 1), "2026-11-23 08:00", on(tuyet, registry.VerdictOK))}},
		{"limit: none", "four inside, no limit", []step{do(in(tuyet, 1), "2026-11-22 08:30", on(tuyet, registry.VerdictOK))}},
		{"limit: one", "limit of one", []step{
			do(in(lan, 1), "2026-11-22 08:00", on(lan, registry.VerdictOK)),
			do(in(minh, 1), "2026-11-22 08:01", tooMany(minh, 1, 1)),
		}},
	}
}

// visitorCases: once, or once a day.
func visitorCases() []vectorCase {
	used := func(when string, gate int) Verdict { return since(on(guest, registry.VerdictAlreadyUsed), when, gate) }
	return []vectorCase{
		{"visitor: once", "fair", []step{
			do(in(guest, 1), "2026-11-22 08:00", on(guest, registry.VerdictOK)),
			do(in(guest, 2), "2026-11-22 08:05", used("2026-11-22 08:00", 1)),
			do(in(guest, 1), "2026-11-23 08:00", used("2026-11-22 08:00", 1)),
		}},
		{"visitor: once, even after leaving", "fair", []step{
			do(in(guest, 1), "2026-11-22 08:00", on(guest, registry.VerdictOK)),
			do(out(guest, 2), "2026-11-22 09:00", on(guest, registry.VerdictExitOK)),
			do(in(guest, 1), "2026-11-22 09:05", used("2026-11-22 08:00", 1)),
		}},
		{"visitor: once a day", "visitors daily", []step{
			do(in(guest, 1), "2026-11-22 08:00", on(guest, registry.VerdictOK)),
			do(in(guest, 2), "2026-11-22 15:00", used("2026-11-22 08:00", 1)),
			do(in(guest, 2), "2026-11-23 09:00", on(guest, registry.VerdictOK)),
			do(in(guest, 1), "2026-11-23 09:01", used("2026-11-23 09:00", 2)),
		}},
		{"visitor: once a day ends at midnight", "visitors daily", []step{
			before(do(in(guest, 1), "2026-11-23 00:00", on(guest, registry.VerdictOK))),
			do(in(guest, 1), "2026-11-23 00:00", on(guest, registry.VerdictOK)),
		}},
	}
}

// exitCases: a person is never kept in.
func exitCases() []vectorCase {
	leaves := func(code string, reason Reason) Verdict {
		return because(on(code, registry.VerdictExitOK), reason)
	}
	return []vectorCase{
		{"exit: not inside", "fair", []step{do(out(lan, 1), "2026-11-22 08:00", leaves(lan, ReasonNotInside))}},
		{"exit: twice", "lan inside", []step{
			do(out(lan, 1), "2026-11-22 09:00", on(lan, registry.VerdictExitOK)),
			do(out(lan, 1), "2026-11-22 09:10", leaves(lan, ReasonNotInside)),
		}},
		{"exit: inside since yesterday", "lan inside", []step{do(out(lan, 1), "2026-11-23 08:00", leaves(lan, ReasonNotInside))}},
		{"exit: blocked while inside", "blocked while inside", []step{
			do(out(lan, 1), "2026-11-22 09:00", leaves(lan, ReasonBlocked)),
			do(in(lan, 1), "2026-11-22 09:01", on(lan, registry.VerdictBlocked)),
		}},
		{"exit: revoked while inside", "blocked while inside", []step{do(out(minh, 1), "2026-11-22 09:00", leaves(minh, ReasonRevoked))}},
		{"exit: event stopped", "stopped", []step{do(out(lan, 1), "2026-11-22 09:00", on(lan, registry.VerdictExitOK))}},
		{"exit: late at night by any gate", "lan inside", []step{do(out(lan, 3), "2026-11-22 23:50", on(lan, registry.VerdictExitOK))}},
		{"exit: long after", "lan inside", []step{do(out(lan, 1), "2026-12-24 12:00", leaves(lan, ReasonNotInside))}},
		{"exit: typed where that wants a supervisor", "typed supervised", []step{
			do(Scan{Code: lan, Direction: registry.Out, Gate: 1}, "2026-11-22 09:00", leaves(lan, ReasonNotInside)),
		}},
		{"exit: clock before the list", "lan inside", []step{do(out(lan, 1), "2026-11-20 09:00", leaves(lan, ReasonNotInside))}},
		{"exit: key killed while inside", "key killed, inside", []step{
			do(out(lan, 1), "2026-11-22 09:00", leaves(lan, ReasonRevoked)),
			do(in(lan, 1), "2026-11-22 09:01", because(on(lan, registry.VerdictRevoked), ReasonKeyDead)),
			do(typed(lan), "2026-11-22 09:02", on(lan, registry.VerdictRevoked)),
			do(out(truck, 3), "2026-11-22 06:00", leaves(truck, ReasonRevoked)),
			do(out(official, 1), "2026-11-22 09:03", leaves(official, ReasonRevoked)),
			do(out(guest, 1), "2026-11-22 09:04", leaves(guest, ReasonRevoked)),
		}},
		{"exit: key killed while inside, typed", "key killed, inside", []step{
			do(Scan{Code: lan, Direction: registry.Out, Gate: 1}, "2026-11-22 09:00", leaves(lan, ReasonRevoked)),
		}},
		{"exit: of a killed key and not listed", "key killed, inside", []step{
			do(out(stranger, 1), "2026-11-22 09:00", aged(within(ofKind(bare(registry.VerdictUnknown, ReasonNotListed), registry.StaffPass),
				"2026-11-22", "2026-11-25"), 5*3600_000)),
			do(in(stranger, 1), "2026-11-22 09:00", ofKind(bare(registry.VerdictRevoked, ReasonKeyDead), registry.StaffPass)),
		}},
		{"exit: proof of a thief", "lan inside", []step{
			do(Scan{QR: func() string { k := tokenOf(lan); k.seed = "thief"; return k.text() }(), Direction: registry.Out, Gate: 1},
				"2026-11-22 09:00", bare(registry.VerdictForged, "")),
		}},
	}
}
