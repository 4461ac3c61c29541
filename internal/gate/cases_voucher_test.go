package gate

import (
	"slices"

	"hoicho/internal/registry"
)

// The vouchers of the cases, all of block 70.
var (
	phieu        = code("70000000001") // of pack 1, on no list
	phieuTwo     = code("70000000002") // of pack 2
	phieuSpent   = code("70000000003") // listed
	phieuBlocked = code("70000000004") // listed
	phieuGone    = code("70000000005") // listed
	phieuBoth    = code("70000000006") // listed: revoked in a pack that is blocked
	phieuElse    = code("71000000001") // of another block
)

// packs are what the fair's phones know of vouchers.
func packs() *Vouchers {
	one := func(number int, title string, value int64) Pack {
		return Pack{Number: number, Title: title, Value: value, Count: 100, Block: 70, FirstDay: "2026-11-22", Days: 4, State: registry.PassValid}
	}
	v := &Vouchers{
		Packs:  []Pack{one(1, "Bản Nà Mạ", 50_000), one(2, "Tổ 3", 20_000), one(3, "Tổ 4", 20_000), one(4, "Tổ 5", 20_000), one(5, "Tập huấn", 10_000)},
		Booths: []Booth{{"A05", "HTX Tài Hoan"}, {"B02", "Hộ Nông Thị Lan"}},
	}
	v.Packs[1].Only, v.Packs[1].Booths, v.Packs[1].FirstDay, v.Packs[1].Days = true, []string{"A05", "C09"}, "2026-11-23", 1
	v.Packs[2].State, v.Packs[3].State, v.Packs[4].Test = registry.PassBlocked, registry.PassRevoked, true
	return v
}

// varyVouchers are the states of the fair that the cases of vouchers begin with.
func varyVouchers(vary func(string, func(*Snapshot))) {
	with := func(change func(*Snapshot)) func(*Snapshot) {
		return func(s *Snapshot) {
			s.Vouchers = packs()
			for c, p := range map[string]Pass{
				phieuSpent:   {State: registry.PassValid, Serial: 3, Used: []registry.Mark{{Day: "2026-11-22", At: at("2026-11-22 08:12"), Booth: "B02"}}},
				phieuBlocked: {State: registry.PassBlocked, Serial: 4},
				phieuGone:    {State: registry.PassRevoked, Serial: 5},
				phieuBoth:    {State: registry.PassRevoked, Serial: 6, Pack: 3},
			} {
				p.Code, p.Kind, p.Pack, p.FirstDay, p.Days = c, registry.VoucherPass, max(p.Pack, 1), "2026-11-22", 4
				s.Passes[c] = p
			}
			change(s)
		}
	}
	vary("vouchers", with(func(*Snapshot) {}))
	vary("vouchers, register", with(func(s *Snapshot) { s.TakenAt = 0 }))
	vary("vouchers, stopped", with(func(s *Snapshot) { s.Event.Stopped = true }))
	vary("vouchers, typed supervised", with(func(s *Snapshot) { s.Policy.TypedSupervised = true }))
	vary("vouchers, visitors daily", with(func(s *Snapshot) { s.Policy.VisitorRule = registry.VisitorDaily }))
	vary("vouchers, no booth", with(func(s *Snapshot) { s.Vouchers.Booths = []Booth{} }))
	vary("vouchers, key killed", with(func(s *Snapshot) {
		s.Keys = keysOf(keyRow(1, registry.KeyDead), keyRow(4, registry.KeyActive))
		p := s.Passes[phieuSpent]
		p.State = registry.PassRevoked
		s.Passes[phieuSpent] = p
	}))
}

// voucher is the token of a voucher.
func voucher(code string, pack, serial int) token {
	return token{code: code, keyID: 1, kind: registry.VoucherPass, event: 17, pack: pack, serial: serial, test: pack == 5}
}

// spend is a voucher read at a booth.
func spend(k token, booth string) Scan {
	return Scan{QR: k.text(), Direction: registry.Spend, Booth: booth}
}

// worth is a verdict that shows a voucher of a pack.
func worth(v registry.VerdictCode, pack, serial int) Verdict {
	p := packs().Packs[pack-1]
	return verdict(v, Detail{Kind: registry.VoucherPass, Pack: pack, Serial: serial, Title: p.Title, Value: p.Value})
}

func spentAt(v Verdict, when, booth string) Verdict {
	v.Detail.First = &First{At: at(when), Booth: booth}
	return v
}

func takenBy(v Verdict, booths ...string) Verdict { v.Detail.Booths = booths; return v }

// voucherCases: worth how much, here and now?
func voucherCases() []vectorCase {
	return slices.Concat(spendCases(), voucherListCases(), voucherRuleCases(), voucherPlaceCases())
}

func spendCases() []vectorCase {
	at8, ok := "2026-11-22 08:00", worth(registry.VerdictOK, 1, 17)
	one := spend(voucher(phieu, 1, 17), "A05")
	return []vectorCase{
		{"voucher: spent once, on no list before", "vouchers", []step{
			do(one, at8, ok),
			do(one, "2026-11-22 08:05", spentAt(worth(registry.VerdictAlreadyUsed, 1, 17), at8, "A05")),
			do(spend(voucher(phieu, 1, 17), "B02"), "2026-11-23 08:05", spentAt(worth(registry.VerdictAlreadyUsed, 1, 17), at8, "A05")),
		}},
		{"voucher: copied, the copy comes second", "vouchers", []step{
			do(spend(voucher(phieuSpent, 1, 3), "A05"), at8, spentAt(worth(registry.VerdictAlreadyUsed, 1, 3), "2026-11-22 08:12", "B02")),
		}},
		{"voucher: spent is spent, also where visitors come daily", "vouchers, visitors daily", []step{
			do(spend(voucher(phieuSpent, 1, 3), "A05"), "2026-11-23 08:00", spentAt(worth(registry.VerdictAlreadyUsed, 1, 3), "2026-11-22 08:12", "B02")),
		}},
		{"voucher: typed, spent", "vouchers", []step{
			do(Scan{Code: phieuSpent, Direction: registry.Spend, Booth: "A05"}, at8, spentAt(worth(registry.VerdictAlreadyUsed, 1, 3), "2026-11-22 08:12", "B02")),
		}},
		{"voucher: any hour of its days", "vouchers", []step{do(one, "2026-11-25 23:30", ok)}},
		{"voucher: training spends nothing", "vouchers", []step{do(training(one), at8, ok), do(one, at8, ok)}},
		{"voucher: for training, in earnest", "vouchers", []step{
			do(spend(voucher(phieu, 5, 1), "A05"), at8, worth(registry.VerdictTestPass, 5, 1)),
		}},
		{"voucher: for training, in training", "vouchers", []step{
			do(training(spend(voucher(phieu, 5, 1), "A05")), at8, because(worth(registry.VerdictOK, 5, 1), ReasonTraining)),
		}},
	}
}

func voucherListCases() []vectorCase {
	at8, booth := "2026-11-22 08:00", "A05"
	notListed := ofKind(bare(registry.VerdictUnknown, ReasonNotListed), registry.VoucherPass)
	one := func(name, snapshot string, scan Scan, want Verdict) vectorCase {
		return vectorCase{"voucher: " + name, snapshot, []step{do(scan, at8, want)}}
	}
	bent := func(bend func(*token)) Scan {
		k := voucher(phieu, 1, 17)
		bend(&k)
		return spend(k, booth)
	}
	return []vectorCase{
		one("not in the register", "vouchers, register", spend(voucher(phieu, 1, 17), booth), notListed),
		one("typed, not on the list", "vouchers", Scan{Code: phieu, Direction: registry.Spend, Booth: booth}, aged(bare(registry.VerdictUnknown, ReasonTyped), 4*3600_000)),
		one("of a pack that the list does not have", "vouchers", spend(voucher(phieu, 9, 17), booth), aged(notListed, 4*3600_000)),
		one("where the list has no packs", "fair", spend(voucher(phieu, 1, 17), booth), aged(notListed, 4*3600_000)),
		one("the last serial", "vouchers", spend(voucher(phieu, 1, 100), booth), worth(registry.VerdictOK, 1, 100)),
		one("beyond the last serial", "vouchers", spend(voucher(phieu, 1, 101), booth), aged(notListed, 4*3600_000)),
		one("of a pack before a restore", "vouchers", spend(voucher(phieuElse, 1, 17), booth), aged(notListed, 4*3600_000)),
		one("for training, of a pack that is not", "vouchers", bent(func(k *token) { k.test = true }),
			verdict(registry.VerdictTestPass, worth(registry.VerdictOK, 1, 17).Detail)),
		one("of another event", "vouchers", bent(func(k *token) { k.event = 18 }), verdict(registry.VerdictWrongEvent, Detail{Kind: registry.VoucherPass, Event: 18})),
		one("forged", "vouchers", bent(func(k *token) { k.seed = "thief" }), bare(registry.VerdictForged, "")),
		one("listed under another serial", "vouchers", spend(voucher(phieuSpent, 1, 4), booth), bare(registry.VerdictForged, "")),
		one("listed in another pack", "vouchers", spend(voucher(phieuSpent, 2, 3), booth), bare(registry.VerdictForged, "")),
		one("of pack 0", "vouchers", bent(func(k *token) { k.pack = 0 }), bare(registry.VerdictMalformed, "")),
		one("of serial 0", "vouchers", bent(func(k *token) { k.serial = 0 }), bare(registry.VerdictMalformed, "")),
		one("of a killed key", "vouchers, key killed", spend(voucher(phieu, 1, 17), booth), ofKind(bare(registry.VerdictRevoked, ReasonKeyDead), registry.VoucherPass)),
		one("of a killed key, spent", "vouchers, key killed", spend(voucher(phieuSpent, 1, 3), booth), because(worth(registry.VerdictRevoked, 1, 3), ReasonKeyDead)),
	}
}

func voucherRuleCases() []vectorCase {
	at8, booth := "2026-11-22 08:00", "A05"
	two := func(v registry.VerdictCode) Verdict { return within(worth(v, 2, 1), "2026-11-23", "2026-11-23") }
	of := func(pack int) Scan { return spend(voucher(phieuTwo, pack, 1), booth) }
	typedOne := Scan{Code: phieuSpent, Direction: registry.Spend, Booth: booth}
	return []vectorCase{
		{"voucher: blocked", "vouchers", []step{do(spend(voucher(phieuBlocked, 1, 4), booth), at8, worth(registry.VerdictBlocked, 1, 4))}},
		{"voucher: revoked", "vouchers", []step{do(spend(voucher(phieuGone, 1, 5), booth), at8, worth(registry.VerdictRevoked, 1, 5))}},
		{"voucher: its pack is blocked", "vouchers", []step{do(of(3), at8, worth(registry.VerdictBlocked, 3, 1))}},
		{"voucher: revoked in a blocked pack", "vouchers", []step{do(spend(voucher(phieuBoth, 3, 6), booth), at8, worth(registry.VerdictRevoked, 3, 6))}},
		{"voucher: its pack was called in", "vouchers", []step{do(of(4), at8, worth(registry.VerdictRevoked, 4, 1))}},
		{"voucher: event stopped", "vouchers, stopped", []step{do(of(1), at8, worth(registry.VerdictEventStopped, 1, 1))}},
		{"voucher: a blocked pack comes before event stopped", "vouchers, stopped", []step{do(of(3), at8, worth(registry.VerdictBlocked, 3, 1))}},
		{"voucher: at a booth that may not take it", "vouchers", []step{
			do(spend(voucher(phieuTwo, 2, 1), "B02"), "2026-11-23 08:00", takenBy(worth(registry.VerdictWrongBooth, 2, 1), "A05", "C09")),
			do(of(2), "2026-11-23 08:01", worth(registry.VerdictOK, 2, 1)),
		}},
		{"voucher: at a booth that its pack names and nobody has", "vouchers", []step{
			do(spend(voucher(phieuTwo, 2, 1), "C09"), "2026-11-23 08:00", takenBy(worth(registry.VerdictWrongBooth, 2, 1), "A05", "C09")),
		}},
		{"voucher: at a booth that nobody has", "vouchers, no booth", []step{do(of(1), at8, worth(registry.VerdictWrongBooth, 1, 1))}},
		{"voucher: the wrong booth comes before the day", "vouchers", []step{
			do(spend(voucher(phieuTwo, 2, 1), "B02"), at8, takenBy(worth(registry.VerdictWrongBooth, 2, 1), "A05", "C09")),
		}},
		{"voucher: event stopped comes before the wrong booth", "vouchers, stopped", []step{
			do(spend(voucher(phieuTwo, 2, 1), "B02"), "2026-11-23 08:00", worth(registry.VerdictEventStopped, 2, 1)),
		}},
		{"voucher: the wrong booth comes before typed", "vouchers, typed supervised", []step{
			do(Scan{Code: phieuSpent, Direction: registry.Spend, Booth: "C09"}, at8, worth(registry.VerdictWrongBooth, 1, 3)),
		}},
		{"voucher: typed comes before the clock", "vouchers, typed supervised", []step{
			do(typedOne, "2026-11-20 08:00", because(worth(registry.VerdictNeedsSupervisor, 1, 3), ReasonTyped)),
		}},
		{"voucher: the clock comes before the day", "vouchers", []step{
			do(of(2), "2026-11-20 08:00", because(worth(registry.VerdictNeedsSupervisor, 2, 1), ReasonClock)),
		}},
		{"voucher: the evening before its day", "vouchers", []step{
			before(do(of(2), "2026-11-23 00:00", two(registry.VerdictNotYet))), do(of(2), "2026-11-23 00:00", worth(registry.VerdictOK, 2, 1)),
		}},
		{"voucher: when its day is over", "vouchers", []step{
			before(do(of(2), "2026-11-24 00:00", worth(registry.VerdictOK, 2, 1))), do(of(2), "2026-11-24 00:00", two(registry.VerdictExpired)),
		}},
		{"voucher: over comes before spent", "vouchers", []step{
			do(spend(voucher(phieuSpent, 1, 3), booth), "2026-11-26 08:00", within(worth(registry.VerdictExpired, 1, 3), "2026-11-22", "2026-11-25")),
		}},
		{"voucher: typed, where that takes a supervisor", "vouchers, typed supervised", []step{
			do(typedOne, at8, because(worth(registry.VerdictNeedsSupervisor, 1, 3), ReasonTyped)),
			do(supervised(typedOne), at8, spentAt(worth(registry.VerdictAlreadyUsed, 1, 3), "2026-11-22 08:12", "B02")),
		}},
		{"voucher: clock before the list", "vouchers", []step{do(of(1), "2026-11-20 08:00", because(worth(registry.VerdictNeedsSupervisor, 1, 1), ReasonClock))}},
	}
}

// voucherPlaceCases: a voucher at a gate, and a pass at a booth.
func voucherPlaceCases() []vectorCase {
	at8 := "2026-11-22 08:00"
	atGate := func(pack, serial int) Verdict {
		return because(worth(registry.VerdictWrongGate, pack, serial), ReasonAtBooth)
	}
	notVoucher := func(code string) Verdict { return because(on(code, registry.VerdictWrongGate), ReasonNotVoucher) }
	held := func(k token, direction registry.Direction) Scan {
		return Scan{QR: k.text(), Direction: direction, Gate: 1}
	}
	atBooth := func(code string) Scan { return spend(tokenOf(code), "A05") }
	return []vectorCase{
		{"voucher: at a gate", "vouchers", []step{do(held(voucher(phieu, 1, 17), registry.In), at8, atGate(1, 17))}},
		{"voucher: at a gate, going out", "vouchers", []step{do(held(voucher(phieu, 1, 17), registry.Out), at8, atGate(1, 17))}},
		{"voucher: at a gate, spent", "vouchers", []step{do(held(voucher(phieuSpent, 1, 3), registry.In), at8, atGate(1, 3))}},
		{"voucher: at a gate, of a blocked pack", "vouchers", []step{do(held(voucher(phieuTwo, 3, 1), registry.In), at8, atGate(3, 1))}},
		{"voucher: for training, at a gate", "vouchers", []step{do(training(held(voucher(phieu, 5, 1), registry.In)), at8, atGate(5, 1))}},
		{"voucher: at a gate, of a killed key, going out", "vouchers, key killed", []step{
			do(held(voucher(phieu, 1, 17), registry.Out), at8, ofKind(bare(registry.VerdictRevoked, ReasonKeyDead), registry.VoucherPass)),
		}},
		{"voucher: a staff pass at a booth", "vouchers", []step{do(atBooth(lan), at8, notVoucher(lan))}},
		{"voucher: a visitor's pass at a booth", "vouchers", []step{do(atBooth(guest), at8, notVoucher(guest)), do(in(guest, 1), at8, on(guest, registry.VerdictOK))}},
		{"voucher: a booth's pass at a booth", "vouchers", []step{do(atBooth(boothA05), at8, notVoucher(boothA05))}},
		{"voucher: a test pass at a booth", "vouchers", []step{do(training(atBooth(trial)), at8, notVoucher(trial))}},
		{"voucher: a pass on no list at a booth", "vouchers", []step{
			do(atBooth(stranger), at8, aged(within(ofKind(bare(registry.VerdictUnknown, ReasonNotListed), registry.StaffPass), "2026-11-22", "2026-11-25"), 4*3600_000)),
		}},
	}
}

// layPackCases: packs laid over packs.
func layPackCases() []packCase {
	pack := func(state registry.PassState, block int) *Vouchers {
		v := packs()
		v.Packs = v.Packs[:1]
		v.Packs[0].State, v.Packs[0].Block = state, block
		return v
	}
	valid, blocked, gone := pack(registry.PassValid, 70), pack(registry.PassBlocked, 70), pack(registry.PassRevoked, 70)
	return []packCase{
		{"packs: as before where changes say nothing of them", valid, true, nil, valid},
		{"packs: gone where the whole list has none", valid, false, nil, nil},
		{"packs: new", nil, true, valid, valid},
		{"packs: blocked, and good again", blocked, true, valid, valid},
		{"packs: called in stays so", gone, true, valid, gone},
		{"packs: called in stays so in a whole list", gone, false, blocked, gone},
		{"packs: the number given anew in another block", gone, false, pack(registry.PassValid, 71), pack(registry.PassValid, 71)},
	}
}
