package gate

import "hoicho/internal/registry"

// gateCases: which gates take which kind, and who may type.
func gateCases() []vectorCase {
	at8 := "2026-11-22 08:00"
	wrong := func(code string) Verdict { return on(code, registry.VerdictWrongGate) }
	return []vectorCase{
		{"gate: staff at the gate for vehicles", "fair", []step{do(in(lan, 3), at8, goTo(wrong(lan), 1, 2))}},
		{"gate: visitor at the gate for visitors", "fair", []step{do(in(guest, 4), at8, on(guest, registry.VerdictOK))}},
		{"gate: official at the gate for visitors and officials", "fair", []step{do(in(official, 4), at8, on(official, registry.VerdictOK))}},
		{"gate: vehicle at its gate", "fair", []step{do(in(truck, 3), "2026-11-22 06:00", on(truck, registry.VerdictOK))}},
		{"gate: vehicle at the gate for visitors", "fair", []step{do(in(truck, 4), "2026-11-22 06:00", goTo(wrong(truck), 1, 2, 3))}},
		{"gate: a gate that there is not", "fair", []step{do(in(lan, 9), at8, goTo(wrong(lan), 1, 2))}},
		{"gate: comes before the day", "fair", []step{do(in(dayTwoOnly, 3), at8, goTo(wrong(dayTwoOnly), 1, 2))}},
		{"typed: wants a supervisor", "typed supervised", []step{do(typed(lan), at8, because(on(lan, registry.VerdictNeedsSupervisor), ReasonTyped))}},
		{"typed: the wrong gate comes before it", "typed supervised", []step{
			do(Scan{Code: lan, Direction: registry.In, Gate: 3}, at8, goTo(wrong(lan), 1, 2)),
		}},
		{"typed: comes before the clock", "typed supervised", []step{do(typed(lan), "2026-11-20 08:00", because(on(lan, registry.VerdictNeedsSupervisor), ReasonTyped))}},
		{"typed: by a supervisor", "typed supervised", []step{do(supervised(typed(lan)), at8, on(lan, registry.VerdictOK))}},
		{"typed: a symbol needs none", "typed supervised", []step{do(in(lan, 1), at8, on(lan, registry.VerdictOK))}},
		{"typed: blocked comes before it", "typed supervised", []step{do(typed(blockedOne), at8, on(blockedOne, registry.VerdictBlocked))}},
		{"typed: a booth's pass is only checked", "typed supervised", []step{do(typed(boothA05), at8, on(boothA05, registry.VerdictChecked))}},
	}
}

// clockCases: a phone whose clock cannot be right decides nothing by it.
func clockCases() []vectorCase {
	wrongClock := because(on(official, registry.VerdictNeedsSupervisor), ReasonClock)
	return []vectorCase{
		{"clock: two minutes before the list", "fair", []step{
			do(in(official, 1), "2026-11-22 03:58", on(official, registry.VerdictOK)),
			before(do(in(guest, 1), "2026-11-22 03:58", because(on(guest, registry.VerdictNeedsSupervisor), ReasonClock))),
		}},
		{"clock: an hour before the list", "fair", []step{do(in(official, 1), "2026-11-22 03:00", wrongClock)}},
		{"clock: at the beginning of time", "fair", []step{do(in(official, 1), "1970-01-01 07:00", wrongClock)}},
		{"clock: a supervisor sees it too", "fair", []step{do(supervised(in(official, 1)), "2026-11-21 08:00", wrongClock)}},
		{"clock: the register has no clock to doubt", "register", []step{
			do(in(official, 1), "2026-11-21 08:00", within(on(official, registry.VerdictNotYet), "2026-11-22", "2026-11-25")),
		}},
		{"clock: blocked comes before it", "fair", []step{do(in(blockedOne, 1), "2026-11-20 08:00", on(blockedOne, registry.VerdictBlocked))}},
		{"clock: a day ahead is not seen", "fair", []step{do(in(official, 1), "2026-11-23 08:00", on(official, registry.VerdictOK))}},
	}
}

// dayCases: the days of the pass.
func dayCases() []vectorCase {
	official22to25 := func(v registry.VerdictCode) Verdict { return within(on(official, v), "2026-11-22", "2026-11-25") }
	day2 := func(v registry.VerdictCode) Verdict { return within(on(dayTwoOnly, v), "2026-11-23", "2026-11-23") }
	guest2 := func(v registry.VerdictCode) Verdict { return within(on(guestTwo, v), "2026-11-23", "2026-11-24") }
	return []vectorCase{
		{"days: official from midnight of the first day", "register", []step{
			before(do(in(official, 1), "2026-11-22 00:00", official22to25(registry.VerdictNotYet))),
			do(in(official, 1), "2026-11-22 00:00", on(official, registry.VerdictOK)),
		}},
		{"days: official to midnight of the last day", "fair", []step{
			before(do(in(official, 1), "2026-11-26 00:00", on(official, registry.VerdictOK))),
			do(in(official, 1), "2026-11-26 00:00", official22to25(registry.VerdictExpired)),
		}},
		{"days: staff of the second day on the first", "fair", []step{do(in(dayTwoOnly, 1), "2026-11-22 08:00", day2(registry.VerdictNotYet))}},
		{"days: staff of the second day on it", "fair", []step{do(in(dayTwoOnly, 1), "2026-11-23 08:00", on(dayTwoOnly, registry.VerdictOK))}},
		{"days: staff of the second day on the third", "fair", []step{do(in(dayTwoOnly, 1), "2026-11-24 08:00", day2(registry.VerdictExpired))}},
		{"days: visitor before the day", "fair", []step{do(in(guestTwo, 1), "2026-11-22 08:00", guest2(registry.VerdictNotYet))}},
		{"days: visitor after the day", "fair", []step{do(in(guestTwo, 1), "2026-11-25 08:00", guest2(registry.VerdictExpired))}},
		{"days: expired comes before the hours", "fair", []step{do(in(dayTwoOnly, 1), "2026-11-24 03:00", day2(registry.VerdictExpired))}},
		{"days: packing up after midnight is still the last day", "evening", []step{
			before(do(in(official, 1), "2026-11-26 01:00", on(official, registry.VerdictOK))),
			do(in(guest, 1), "2026-11-26 01:00", within(on(guest, registry.VerdictExpired), "2026-11-22", "2026-11-25")),
		}},
		{"days: after midnight a pass of the new day is not yet good", "evening", []step{do(in(dayTwoOnly, 1), "2026-11-23 00:30", day2(registry.VerdictNotYet))}},
		{"days: opening hours come before the set-up time of another day", "round the clock", []step{
			do(in(dayTwoOnly, 1), "2026-11-23 00:30", on(dayTwoOnly, registry.VerdictOK)),
			do(in(lan, 1), "2026-11-22 23:30", on(lan, registry.VerdictOK)),
		}},
		{"days: without event days the calendar counts", "no days", []step{
			do(in(official, 1), "2026-11-25 23:59", on(official, registry.VerdictOK)),
			do(in(guest, 1), "2026-11-26 00:00", within(on(guest, registry.VerdictExpired), "2026-11-22", "2026-11-25")),
		}},
	}
}

// hourCases: staff and the opening hours.
func hourCases() []vectorCase {
	early := func(code string) Verdict { return on(code, registry.VerdictWrongHours) }
	return []vectorCase{
		{"hours: staff two hours before opening", "fair", []step{
			before(do(in(lan, 1), "2026-11-22 05:00", next(early(lan), "2026-11-22 05:00", "2026-11-22 19:00"))),
			do(in(lan, 1), "2026-11-22 05:00", on(lan, registry.VerdictOK)),
		}},
		{"hours: staff two hours after closing", "fair", []step{
			before(do(in(lan, 1), "2026-11-22 19:00", on(lan, registry.VerdictOK))),
			do(in(minh, 1), "2026-11-22 19:00", next(early(minh), "2026-11-23 05:00", "2026-11-23 19:00")),
		}},
		{"hours: staff after the last closing", "fair", []step{do(in(lan, 1), "2026-11-25 19:00", early(lan))}},
		{"hours: no set-up time", "no set-up time", []step{
			before(do(in(lan, 1), "2026-11-22 07:00", next(early(lan), "2026-11-22 07:00", "2026-11-22 17:00"))),
			do(in(lan, 1), "2026-11-22 07:00", on(lan, registry.VerdictOK)),
			do(in(minh, 1), "2026-11-22 17:00", next(early(minh), "2026-11-23 07:00", "2026-11-23 17:00")),
		}},
		{"hours: a day between without market", "day off", []step{do(in(lan, 1), "2026-11-23 10:00", next(early(lan), "2026-11-24 05:00", "2026-11-24 19:00"))}},
		{"hours: no days, no hours", "no days", []step{do(in(lan, 1), "2026-11-23 10:00", early(lan))}},
		{"hours: past midnight", "evening", []step{
			before(do(in(lan, 1), "2026-11-23 01:00", on(lan, registry.VerdictOK))),
			do(in(minh, 1), "2026-11-23 01:00", next(early(minh), "2026-11-23 14:00", "2026-11-24 01:00")),
		}},
		{"hours: official at night", "fair", []step{do(in(official, 1), "2026-11-23 02:00", on(official, registry.VerdictOK))}},
		{"hours: visitor before opening", "fair", []step{do(in(guest, 1), "2026-11-22 06:50", on(guest, registry.VerdictOK))}},
	}
}

// vehicleCases: load-in and load-out.
func vehicleCases() []vectorCase {
	late := func(code string) Verdict { return on(code, registry.VerdictWrongHours) }
	day2 := func(v registry.VerdictCode) Verdict { return within(on(dayTwoTruck, v), "2026-11-23", "2026-11-23") }
	all := func(v registry.VerdictCode) Verdict { return within(on(truck, v), "2026-11-22", "2026-11-25") }
	return []vectorCase{
		{"vehicle: in the set-up time, not while the market is open", "fair", []step{
			before(do(in(truck, 3), "2026-11-22 05:00", next(late(truck), "2026-11-22 05:00", "2026-11-22 07:00"))),
			do(in(truck, 3), "2026-11-22 05:00", on(truck, registry.VerdictOK)),
			before(do(out(truck, 3), "2026-11-22 07:00", on(truck, registry.VerdictExitOK))),
			do(in(truck, 3), "2026-11-22 07:00", next(late(truck), "2026-11-22 17:00", "2026-11-22 19:00")),
		}},
		{"vehicle: load-out in the evening", "fair", []step{
			before(do(in(truck, 3), "2026-11-22 17:00", next(late(truck), "2026-11-22 17:00", "2026-11-22 19:00"))),
			do(in(truck, 3), "2026-11-22 17:00", on(truck, registry.VerdictOK)),
			before(do(out(truck, 3), "2026-11-22 19:00", on(truck, registry.VerdictExitOK))),
			do(in(truck, 3), "2026-11-22 19:00", next(late(truck), "2026-11-23 05:00", "2026-11-23 07:00")),
		}},
		{"vehicle: may not leave while the market is open", "fair", []step{
			do(in(truck, 3), "2026-11-22 06:00", on(truck, registry.VerdictOK)),
			do(out(truck, 3), "2026-11-22 10:00", next(late(truck), "2026-11-22 17:00", "2026-11-22 19:00")),
			do(out(truck, 3), "2026-11-22 17:30", on(truck, registry.VerdictExitOK)),
		}},
		{"vehicle: may not leave by a gate for people", "fair", []step{do(out(truck, 4), "2026-11-22 06:00", goTo(on(truck, registry.VerdictWrongGate), 1, 2, 3))}},
		{"vehicle: one place at a time", "fair", []step{
			do(in(truck, 3), "2026-11-22 05:30", on(truck, registry.VerdictOK)),
			do(in(truck, 1), "2026-11-22 05:40", since(on(truck, registry.VerdictAlreadyInside), "2026-11-22 05:30", 3)),
			do(out(truck, 3), "2026-11-22 06:00", on(truck, registry.VerdictExitOK)),
			do(in(truck, 3), "2026-11-22 06:20", since(on(truck, registry.VerdictOKAgain), "2026-11-22 05:30", 3)),
		}},
		{"vehicle: load windows of the policy alone", "load windows", []step{
			do(in(truck, 3), "2026-11-22 04:30", on(truck, registry.VerdictOK)),
			do(out(truck, 3), "2026-11-22 06:30", next(late(truck), "2026-11-26 06:00", "2026-11-26 10:00")),
			do(in(dayTwoTruck, 3), "2026-11-23 06:00", next(late(dayTwoTruck), "2026-11-26 06:00", "2026-11-26 10:00")),
		}},
		{"vehicle: the morning after, and no later", "load windows", []step{
			do(in(truck, 3), "2026-11-26 06:00", on(truck, registry.VerdictOK)),
			do(out(truck, 3), "2026-11-26 09:59", on(truck, registry.VerdictExitOK)),
			do(in(truck, 3), "2026-11-27 06:00", all(registry.VerdictExpired)),
			do(out(truck, 3), "2026-11-27 10:00", late(truck)),
		}},
		{"vehicle: the day before its first", "fair", []step{
			do(in(dayTwoTruck, 3), "2026-11-22 18:00", on(dayTwoTruck, registry.VerdictOK)),
			do(out(dayTwoTruck, 3), "2026-11-22 18:30", on(dayTwoTruck, registry.VerdictExitOK)),
			do(in(dayTwoTruck, 3), "2026-11-24 06:00", on(dayTwoTruck, registry.VerdictOK)),
			do(in(dayTwoTruck, 3), "2026-11-25 06:00", day2(registry.VerdictExpired)),
		}},
		{"vehicle: clock before the list, at the way out", "fair", []step{do(out(truck, 3), "2026-11-22 03:00", because(on(truck, registry.VerdictNeedsSupervisor), ReasonClock))}},
		{"vehicle: the wrong gate comes before the clock, at the way out", "fair", []step{do(out(truck, 4), "2026-11-22 03:00", goTo(on(truck, registry.VerdictWrongGate), 1, 2, 3))}},
		{"vehicle: no set-up time, no windows", "no set-up time", []step{do(in(truck, 3), "2026-11-22 06:59", late(truck))}},
	}
}
