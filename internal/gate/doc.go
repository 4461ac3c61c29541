// Package gate is what happens at a gate: the rules, pure, and the protocol
// between the server and the phones.
//
// # One set of rules
//
// Decide is the only place where a scan is judged. The server runs it, and so
// does the browser (static/src/gate), over the same testdata/vectors.json. It
// looks at a Snapshot, a Scan and an instant, and at nothing else.
//
// The text is read first (package pass). A text that is no pass is malformed,
// with reason version when it is a pass of a newer version. A wrong signature is
// forged. A good one of a dead key proves nothing any more: a pass of the list is
// judged as by its typed code and as revoked, with reason key_dead on the way in, so
// that whoever is inside by it gets out; what is not on the list is revoked with that
// reason on the way in and unknown on the way out. The number of a dead key may be
// another's by now: the list holds every key of a number that signed passes of the
// event, a key's number is (id-1) mod 15 + 1, and each of them is tried. A key that the
// list does not have is unknown on a phone, whose list may be old, and forged on
// the server. A test pass is test_pass, and admitted whatever else holds when the
// phone is in training mode. A pass of another event is wrong_event. A genuine
// pass that is not on the list is unknown with reason not_listed; a typed code
// that is not, unknown with reason typed. What the list and the proof say
// differently is forged.
//
// Then the first rule that speaks decides:
//
//	booth      revoked, blocked · event_stopped · clock · expired · else checked
//	entry      revoked, blocked · event_stopped · wrong_gate · typed · clock · not_yet ·
//	           expired · wrong_hours · already_used · already_inside · too_many_inside ·
//	           else ok_again (an entry today) or ok
//	exit       exit_ok, with reason blocked, revoked or not_inside for the steward's eyes
//	vehicle    wrong_gate · clock · wrong_hours · else as exit
//	exit
//	voucher    wrong_gate at a gate · revoked, blocked (itself, its pack) · event_stopped ·
//	           wrong_booth · typed · clock · not_yet · expired · already_used · else ok
//
// A person is never kept in. A booth pass hangs at its booth: a scan of it checks
// its state and its last day, whatever the direction and the hour.
//
// The gate day of an instant is the event day whose opening hours hold it, else
// the event day whose set-up time (policy, 2 h before opening and after closing)
// holds it, else the calendar day in Vietnam (UTC+7). Windows hold their start and
// not their end. Staff enter in the hours of a day with set-up time; vehicles move
// in the load windows of the policy, or without any in the set-up time alone, and
// may come one day before their first day and one after their last; official and
// visitor passes have days and no hours.
//
// A pass is inside only on the gate day of its entry: who forgot to scan out
// yesterday is outside this morning. So is the number of staff inside per booth
// (default limit 4). A visitor pass enters once, or once each gate day, and a
// second time is already_used even after an exit.
//
// A pass that takes the place of another one has the same bearer: scans and places go
// by the bearer, so a re-issue, a move to another booth or to other days changes
// neither who is inside nor which days are used, and what is still done with the old
// pass, such as going out, counts for the bearer.
//
// needs_supervisor comes with reason typed where the policy wants a supervisor for
// typed codes, and with reason clock where the phone's clock shows a time more than
// two minutes before the list it holds was made, so that days and hours mean
// nothing.
//
// A voucher (kind 6) is spent at a booth, with direction spend, its booth and gate 0, once
// in all its life. Its token names its pack and serial; days, value and booths are those
// of the pack in the list. One that is neither spent nor was ever blocked stands on no
// list: a phone takes it by its proof where its pack is on the list, has that many
// serials, and its code lies in the block of the pack's codes, which differs after a
// restore. To the register, which has them all, it is unknown then. At a gate a voucher is
// wrong_gate with reason at_booth, and so is a pass at a booth with reason not_voucher:
// such a scan says nothing of where the pass is. Two phones without a network may both
// take one voucher: both takings are kept, the first by corrected time, device and seq
// counts, the other goes to reconciliation. A taking against a rule is kept and counts
// for nothing until somebody says so.
//
// Verdicts carry data, never sentences: Detail has the first time and gate, the
// numbers, windows, days and gates that a sentence needs in any language.
//
// # Calls
//
// All bodies are JSON, at most 1 MB. Unknown fields, wrong types and values out of
// range are 400 and change nothing. Every call but pairing carries
// Authorization: Bearer <token>. 401 with code device_revoked: the phone wipes its
// store. 401 with code device_expired or device_unknown: it keeps its queue and
// asks to be paired again; what its event still waits for then gets new seqs under
// the new device, and after device_unknown (a server restored from before the
// pairing) also what was answered already. Instants are unix milliseconds. With every call a phone tells of itself
// in the header Hoicho-Device: app=<hash>; queue=<n>; battery=<0-100 or empty>;
// one that is not written so is passed over.
//
//	POST /api/v1/gate/pair       PairRequest -> PairAnswer
//	GET  /api/v1/gate/snapshot   ?since=<cursor> -> Snapshot
//	POST /api/v1/gate/scans      ScanBatch -> ScanAnswer
//	POST /api/v1/gate/counts     CountBatch -> CountAnswer
//	GET  /api/v1/gate/stats      -> Stats
//
// A phone of the role seller takes the vouchers of one vendor and does nothing else: no
// entry, no count. Its list has vouchers and the booths of its vendor alone, its figures
// what the vendor took. Any other phone may take vouchers for every booth of the list.
//
// Pairing: the gate chief shows a symbol with PairQR in JSON. The phone spends the
// token, which works once. Without a name it gets that of its first gate with the
// next letter there. The device belongs to the event and to the gates named,
// until 12 hours after the event's end.
//
// Snapshot: everything without since, or when the epoch in the cursor is not the
// server's any more. Otherwise partial: passes holds those changed since, whole;
// the rest is always complete. The next since is cursor, or a version alone. 304
// when nothing changed since the cursor or the ETag, which is the cursor in quotes. Version is a change
// number and never a time. A phone refuses a snapshot of the same epoch with a
// smaller version than it has, and never lets a revoked pass become valid by a new
// epoch: revoked is final. Lay is that rule.
//
// Scans: one scan is a batch of one; at most 1,000. Always 200 when authenticated;
// the verdicts are in the results, in the order sent.
//
//  1. Id first. (device, id) is unique. A known id gets its stored result before any
//     rule: verdict, detail, first time and gate as they were, the names of the pass as
//     they are today.
//  2. A constraint decides. An entry is one conditional statement: the pass is still
//     valid and not inside on that gate day, unused as its kind wants it, and its
//     booth below the limit. Whoever loses is judged again by Decide and gets
//     already_inside, already_used or too_many_inside with the first time and gate.
//  3. What happened is never refused. A scan with mode offline that the phone
//     admitted is stored as admitted, with both verdicts; so is one with forced_by.
//     Where they differ it goes to reconciliation. Unknown, forged and malformed
//     scans are rows too. What has been done (SentScan.Happened, and every count) may
//     be of any gate of the event: the phone may have been paired anew for another
//     one since. Only an online scan must be of one of the phone's own.
//  4. Clock. Every answer has server_time. Within a start of the phone's app mono_ms
//     tells when a scan was, from the beginning of the start on; when that was is told
//     by the quickest of its uploads, which came when its first byte did. A quicker one
//     moves what a slower one had told. Raw and corrected time are kept, a skew beyond
//     two minutes is flagged, nothing is refused for it. The order of scans is corrected time,
//     device, seq; any order, split and repetition of uploads ends in the same state.
//  5. Ack after fsync. acked_seq is the largest seq up to which all of the device's
//     scans are durable, backed_up_seq the one up to which they are in a verified
//     backup. A phone keeps a scan until the first covers it and a copy until the
//     second does. device_seq_from tells the server what the phone still has, of scans
//     and of counts; after a new epoch it sends again everything above the server's acked_seq. A scan that
//     had been answered then carries that answer as its verdict, with mode online:
//     what the restored server says now is kept beside it and changes nothing.
//     Passes that a restored server issues get codes in a block of their own.
//  6. Void. A scan with void_of and no qr or code takes that scan back: ok, or
//     needs_supervisor (see Void), or unknown when there is no such scan. It is a row
//     of its own; the pass's state is computed anew without the voided one, by the
//     phone at once, for as far as it knows what else happened to the pass.
//  7. Repeats. The same code, device and direction within 3 s, by corrected time, of the
//     first that stands is one scan, in whatever order they come: the later one counts nothing, and gets
//     the first one's verdict where that is known already. One with forced_by is never a
//     repeat.
//  8. Training. Such scans are rows that change no pass and count nowhere.
//  9. Paper. A gate list that was ticked by hand is typed in at the office and goes
//     the same way, with mode paper, as the scans of one device of the event that is
//     no phone. The tick admitted, so rule 3 holds. The id of a line is made of what
//     it says, so a list typed twice counts once. Phones do not send this mode.
//
// A phone that sends typed codes of no pass may do so 30 times and once more each
// 6 s. Beyond, batches with typed codes that no pass of its event has are 429 with
// Retry-After until that time is over; nothing of them is stored, the phone sends them again and its symbols
// meanwhile alone. Symbols are never limited, nor are codes that exist, nor how much
// a phone or a network sends.
//
// seq counts the device's scans from 1 without gaps, over all starts of the app;
// boot names one start, and mono_ms counts from it. In a batch seq rises from scan to
// scan; a counter that began anew in a later batch loses nothing. A batch holds scans
// of one start, and sent_at is what the clock that stamped them would show now: the
// monotonic clock tells within a start, the clock's known error across starts. So a
// clock that is set while scans wait moves none of them.
//
// Online the phone waits 1.5 s for the server. Without an answer it gives its own
// verdict and queues the scan with mode offline under the same id. Offline
// admissions are shown as received and waiting, never as plain green.
//
// Counts: presses of the clicker, with the same rules for ids and repeats of
// uploads, and a sequence of their own. A press is taken back by a count with
// void_of and n 0.
//
// # Relays
//
// A relay is a server of phones at a site without network. It pairs with its
// server as a device of the role relay and is its phones' single writer; they call
// it by this same protocol and notice no difference. Their ids are made by the
// relay, which names them to its server.
//
//	GET  /api/v1/gate/relay   ?since=<cursor> -> RelayList
//	POST /api/v1/gate/relay   RelayBatch -> RelayAnswer
//
// The list is what a phone gets, with the ids that the register knows and, for
// each pass, what gates that are not the relay's saw of it. Its hours are the
// visits of today that nobody scanned, all gates, those handed on too: phones at the
// relay see them beside what it has not handed on yet. What a relay knows of
// a pass is that and its own scans. A revoked pass stays revoked.
//
// A batch holds scans and counts in the order in which the relay took them in, with
// the device, id and seq of the phone, its time on the relay's clock, and the
// verdict that the relay gave. The server stores each once by (device, id). What
// happened at the relay is never refused: its verdict stands for the phone's where
// the phone had none, and differences go to reconciliation. A difference of the
// relay's clock up to 5 s is the way that the batch took; beyond, times are moved.
//
// At a relay acked_seq means durable there, backed_up_seq durable at its server
// too: a phone's copy is dropped when the scan is in two places. After a new epoch
// of the server the relay hands on again everything above the server's acked_seq.
// A relay judges a pass that it does not know as a phone does, with the age of its
// list: unknown, never forged for a key that it lacks.
package gate
