package gate

import (
	"strings"

	"hoicho/internal/registry"
)

// textCases: is it a pass at all?
func textCases() []vectorCase {
	good := genuine(lan)
	malformed := bare(registry.VerdictMalformed, "")
	one := func(name, text string, want Verdict) vectorCase {
		return vectorCase{"text: " + name, "fair", []step{do(read(text), "2026-11-22 08:00", want)}}
	}
	newer := tokenOf(lan)
	newer.newer = 1
	return []vectorCase{
		one("genuine", good, on(lan, registry.VerdictOK)),
		one("genuine with a line end from a keyboard scanner", good+"\r\n", on(lan, registry.VerdictOK)),
		one("genuine after a byte order mark", "\ufeff"+good, on(lan, registry.VerdictOK)),
		one("genuine before a next-line character", good+"\u0085", on(lan, registry.VerdictOK)),
		one("genuine between wide spaces", "\u3000\u2009"+good+"\u00a0\u2028", on(lan, registry.VerdictOK)),
		one("genuine after a character of no width", "\u200b"+good, malformed),
		one("genuine of another host", strings.Replace(good, "hoicho.vn", "cho.thainguyen.gov.vn", 1), on(lan, registry.VerdictOK)),
		one("some web page", "https://example.com/menu", malformed),
		one("a name", "Nông Thị Lan", malformed),
		one("link without proof", good[:strings.Index(good, "#")], malformed),
		one("proof one digit short", good[:len(good)-1], malformed),
		one("proof one digit long", good+"0", malformed),
		one("proof with a letter", good[:len(good)-1]+"x", malformed),
		one("proof of 74 bytes", good[:strings.Index(good, "#")+1]+strings.Repeat("9", 176), malformed),
		one("wrong check digit in the link", strings.Replace(good, lan, lan[:11]+wrongDigit(lan), 1), malformed),
		one("longer than 256 bytes", "https://"+strings.Repeat("a", 80)+good[8:], malformed),
		one("a gate's poster", "https://hoicho.vn/c/57240000", malformed),
		one("newer version", newer.text(), bare(registry.VerdictMalformed, ReasonVersion)),
		{"text: typed code", "fair", []step{do(typed(lan), "2026-11-22 08:00", on(lan, registry.VerdictOK))}},
		{"text: typed code with spaces", "fair", []step{do(typed(lan[:4]+" "+lan[4:8]+" "+lan[8:]), "2026-11-22 08:00", on(lan, registry.VerdictOK))}},
		{"text: typed code with a wrong digit", "fair", []step{do(typed(lan[:11]+wrongDigit(lan)), "2026-11-22 08:00", malformed)}},
		{"text: nothing", "fair", []step{do(Scan{Direction: registry.In, Gate: 1}, "2026-11-22 08:00", malformed)}},
	}
}

// wrongDigit is another last digit.
func wrongDigit(code string) string { return string('0' + (code[11]-'0'+1)%10) }

// keyCases: did we sign it?
func keyCases() []vectorCase {
	bent := func(bend func(*token)) string {
		k := tokenOf(lan)
		bend(&k)
		return k.text()
	}
	signedBy := func(id int) string { return bent(func(k *token) { k.keyID = id }) }
	one := func(name, snapshot, text string, want Verdict) vectorCase {
		return vectorCase{"key: " + name, snapshot, []step{do(read(text), "2026-11-22 08:00", want)}}
	}
	forged := bare(registry.VerdictForged, "")
	dead := because(on(lan, registry.VerdictRevoked), ReasonKeyDead)
	otherProof := strings.Replace(genuine(minh), minh, lan, 1)
	return []vectorCase{
		one("active", "fair", signedBy(1), on(lan, registry.VerdictOK)),
		one("verify_only", "fair", signedBy(2), on(lan, registry.VerdictOK)),
		one("next", "fair", signedBy(4), on(lan, registry.VerdictOK)),
		one("dead", "fair", signedBy(3), dead),
		one("dead, signed anew as another kind", "fair", bent(func(k *token) { k.keyID, k.kind = 3, registry.OfficialPass }),
			ofKind(bare(registry.VerdictRevoked, ReasonKeyDead), registry.OfficialPass)),
		one("dead, signed anew as a test pass", "fair", bent(func(k *token) { k.keyID, k.test = 3, true }),
			ofKind(bare(registry.VerdictRevoked, ReasonKeyDead), registry.StaffPass)),
		{"key: dead, a test pass", "fair", []step{
			do(read(func() string { k := tokenOf(trial); k.keyID = 3; return k.text() }()), "2026-11-22 08:00", on(trial, registry.VerdictTestPass)),
		}},
		one("dead and forged", "fair", bent(func(k *token) { k.keyID, k.seed = 3, "thief" }), forged),
		one("forged", "fair", bent(func(k *token) { k.seed = "thief" }), forged),
		one("signed by another of our keys", "fair", bent(func(k *token) { k.seed = "2" }), forged),
		one("proof of another pass", "fair", otherProof, forged),
		one("not on the phone's list", "fair", signedBy(5), aged(bare(registry.VerdictUnknown, ReasonKeyUnknown), 4*3600_000)),
		one("not in the register", "register", signedBy(5), forged),
		one("no keys at all", "no keys", signedBy(1), aged(bare(registry.VerdictUnknown, ReasonKeyUnknown), 4*3600_000)),
		one("old pass after a rotation", "rotated", signedBy(1), on(lan, registry.VerdictOK)),
		one("new pass after a rotation", "rotated", signedBy(4), on(lan, registry.VerdictOK)),
		one("pass of the key after the next", "rotated", signedBy(5), on(lan, registry.VerdictOK)),
		one("pass of a killed key", "key killed", signedBy(1), dead),
		one("re-issued after a kill", "key killed", signedBy(4), on(lan, registry.VerdictOK)),
		one("number of a dead key, by the new one", "number used again", func() string { k := tokenOf(minh); k.seed = "16"; return k.text() }(), on(minh, registry.VerdictOK)),
		one("number of a dead key, by the dead one", "number used again", genuine(lan), dead),
		{"key: number of a dead key, at the way out", "number used again", []step{
			do(out(lan, 1), "2026-11-22 09:00", because(on(lan, registry.VerdictExitOK), ReasonRevoked)),
		}},
		one("number of a dead key, by neither", "number used again", bent(func(k *token) { k.seed = "thief" }), forged),
		one("signed anew as another kind", "fair", bent(func(k *token) { k.kind = registry.OfficialPass }), forged),
		one("kind 0", "fair", bent(func(k *token) { k.kind = "" }), bare(registry.VerdictMalformed, "")),
	}
}

// listCases: is it on the list, and of this event?
func listCases() []vectorCase {
	foreign := tokenOf(stranger)
	foreign.event = 18
	days := within(ofKind(bare(registry.VerdictUnknown, ReasonNotListed), registry.StaffPass), "2026-11-22", "2026-11-25")
	wrongEvent := verdict(registry.VerdictWrongEvent, Detail{Kind: registry.StaffPass, Event: 18})
	return []vectorCase{
		{"list: of another event", "fair", []step{do(read(foreign.text()), "2026-11-22 08:00", wrongEvent)}},
		{"list: of another event, at the way out", "fair", []step{do(Scan{QR: foreign.text(), Direction: registry.Out, Gate: 1}, "2026-11-22 08:00", wrongEvent)}},
		{"list: genuine, not listed", "fair", []step{do(in(stranger, 1), "2026-11-22 08:00", aged(days, 4*3600_000))}},
		{"list: genuine, not in the register", "register", []step{do(in(stranger, 1), "2026-11-22 08:00", days)}},
		{"list: not listed, on a list of two days ago", "fair", []step{do(in(stranger, 1), "2026-11-24 04:00", aged(days, 48*3600_000))}},
		{"list: not listed, clock before the list", "fair", []step{do(in(stranger, 1), "2026-11-20 08:00", days)}},
		{"list: typed, not listed", "fair", []step{do(typed(stranger), "2026-11-22 08:00", aged(bare(registry.VerdictUnknown, ReasonTyped), 4*3600_000))}},
		{"list: typed, not in the register", "register", []step{do(typed(stranger), "2026-11-22 08:00", bare(registry.VerdictUnknown, ReasonTyped))}},
		{"list: not listed, at the way out", "fair", []step{do(out(stranger, 1), "2026-11-22 08:00", aged(days, 4*3600_000))}},
	}
}

// trainingCases: a test pass opens no live gate.
func trainingCases() []vectorCase {
	testPass := on(trial, registry.VerdictTestPass)
	trained := func(code string, v registry.VerdictCode) Verdict { return because(on(code, v), ReasonTraining) }
	foreign := tokenOf(trial)
	foreign.event = 18
	return []vectorCase{
		{"training: test pass at a live gate", "fair", []step{do(in(trial, 1), "2026-11-22 08:00", testPass)}},
		{"training: test pass typed at a live gate", "fair", []step{do(typed(trial), "2026-11-22 08:00", testPass)}},
		{"training: test pass going out of a live gate", "fair", []step{do(out(trial, 1), "2026-11-22 08:00", testPass)}},
		{"training: test pass, again and again", "fair", []step{
			do(training(in(trial, 1)), "2026-11-22 08:00", trained(trial, registry.VerdictOK)),
			do(training(in(trial, 2)), "2026-11-22 08:01", trained(trial, registry.VerdictOK)),
			do(training(out(trial, 1)), "2026-11-22 08:02", trained(trial, registry.VerdictExitOK)),
		}},
		{"training: test pass typed", "fair", []step{do(training(typed(trial)), "2026-11-22 08:00", trained(trial, registry.VerdictOK))}},
		{"training: test pass years later, event stopped", "stopped", []step{do(training(in(trial, 9)), "2029-01-01 03:00", trained(trial, registry.VerdictOK))}},
		{"training: test pass of another event", "fair", []step{do(training(read(foreign.text())), "2026-11-22 08:00", trained(trial, registry.VerdictOK))}},
		{"training: test pass of a booth", "fair", []step{do(training(in(trialBooth, 1)), "2026-11-22 08:00", trained(trialBooth, registry.VerdictChecked))}},
		{"training: real pass keeps the rules and is not used up", "fair", []step{
			do(training(in(lan, 1)), "2026-11-22 08:00", on(lan, registry.VerdictOK)),
			do(in(lan, 1), "2026-11-22 08:05", on(lan, registry.VerdictOK)),
			do(training(in(lan, 1)), "2026-11-22 08:06", since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 08:05", 1)),
		}},
	}
}

// boothCases: a scan of a booth's pass is a check.
func boothCases() []vectorCase {
	checked := on(boothA05, registry.VerdictChecked)
	expired := within(on(boothA05, registry.VerdictExpired), "2026-11-22", "2026-11-25")
	return []vectorCase{
		{"booth: checked as often as one likes", "fair", []step{
			do(in(boothA05, 1), "2026-11-22 08:00", checked), do(in(boothA05, 2), "2026-11-22 08:00", checked),
			do(out(boothA05, 1), "2026-11-22 08:01", checked), do(typed(boothA05), "2026-11-22 23:00", checked),
		}},
		{"booth: at a gate for vehicles", "fair", []step{do(in(boothA05, 3), "2026-11-22 08:00", checked)}},
		{"booth: the evening before", "register", []step{do(in(boothA05, 1), "2026-11-21 20:00", checked)}},
		{"booth: until the last day is over", "fair", []step{
			before(do(in(boothA05, 1), "2026-11-26 00:00", checked)), do(in(boothA05, 1), "2026-11-26 00:00", expired),
		}},
		{"booth: blocked", "fair", []step{do(in(boothBlock, 1), "2026-11-22 08:00", on(boothBlock, registry.VerdictBlocked))}},
		{"booth: revoked", "fair", []step{do(in(boothGone, 1), "2026-11-22 08:00", on(boothGone, registry.VerdictRevoked))}},
		{"booth: event stopped", "stopped", []step{do(in(boothA05, 1), "2026-11-22 08:00", on(boothA05, registry.VerdictEventStopped))}},
		{"booth: revoked comes before event stopped", "stopped", []step{do(in(boothGone, 1), "2026-11-22 08:00", on(boothGone, registry.VerdictRevoked))}},
		{"booth: event stopped comes before the clock", "stopped", []step{do(in(boothA05, 1), "2026-11-20 08:00", on(boothA05, registry.VerdictEventStopped))}},
		{"booth: the clock comes before the days", "packed up", []step{
			do(in(boothA05, 1), "2026-11-27 08:00", because(on(boothA05, registry.VerdictNeedsSupervisor), ReasonClock)),
			do(in(boothA05, 1), "2026-11-28 08:00", expired),
		}},
		{"booth: clock before the list", "fair", []step{do(in(boothA05, 1), "2026-11-20 08:00", because(on(boothA05, registry.VerdictNeedsSupervisor), ReasonClock))}},
	}
}

// stateCases: what the organiser said of the pass and of the event.
func stateCases() []vectorCase {
	at8 := "2026-11-22 08:00"
	return []vectorCase{
		{"state: blocked", "fair", []step{do(in(blockedOne, 1), at8, on(blockedOne, registry.VerdictBlocked))}},
		{"state: blocked, typed", "fair", []step{do(typed(blockedOne), at8, on(blockedOne, registry.VerdictBlocked))}},
		{"state: revoked", "fair", []step{do(in(revokedOne, 1), at8, on(revokedOne, registry.VerdictRevoked))}},
		{"state: revoked comes before the wrong gate and hour", "fair", []step{do(in(revokedOne, 3), "2026-11-28 03:00", on(revokedOne, registry.VerdictRevoked))}},
		{"state: event stopped", "stopped", []step{do(in(minh, 1), at8, on(minh, registry.VerdictEventStopped))}},
		{"state: event stopped, official", "stopped", []step{do(in(official, 1), at8, on(official, registry.VerdictEventStopped))}},
		{"state: event stopped comes before the wrong gate", "stopped", []step{do(in(minh, 3), at8, on(minh, registry.VerdictEventStopped))}},
		{"state: revoked comes before event stopped", "stopped", []step{do(in(revokedOne, 1), at8, on(revokedOne, registry.VerdictRevoked))}},
	}
}
