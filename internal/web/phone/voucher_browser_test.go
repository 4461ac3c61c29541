package phone_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/config"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// voucherSymbols are pictures of the symbols of a pack's vouchers as they are printed.
func voucherSymbols(t *testing.T, k *testkit.Kit, event registry.Event, rows []registry.PassRow) (pictures []string) {
	t.Helper()
	id, err := k.App.Vouchers.StartPaper(t.Context(), registry.SystemActor("t"), vouchers.PackRef{Event: event.ID, Number: rows[0].Pack}, vouchers.PaperInput{Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("the job ran: %t, %v", ran, err)
	}
	var file registry.File
	k.Read(func(tx *store.Tx) error {
		job, err := tx.Job(t.Context(), id)
		if err == nil {
			file, err = tx.File(t.Context(), job.Result, registry.PhotoWhole)
		}
		return err
	})
	page := testkit.PDFPages(t, file.Data, 200)[0]
	for _, row := range rows {
		pictures = append(pictures, testkit.CutQR(t, page, pass.Text(k.App.BaseURL, row.Code, row.Proof)))
	}
	return pictures
}

// seller pairs a phone with the booth of a stall by what its vendor is shown.
func (s *gateShift) seller(stall []registry.PassRow) {
	s.t.Helper()
	owner := registry.Actor{Account: "owner", Members: []registry.Membership{{Vendor: stall[0].Vendor, Role: registry.Owner}}}
	invited, err := s.k.App.Vouchers.InviteSeller(s.t.Context(), owner, vouchers.SellerRef{Event: s.event.ID, Vendor: stall[0].Vendor}, "")
	if err != nil {
		s.t.Fatal(err)
	}
	pairIn(s.Browser, s.base, invited.Token)
	s.ready()
}

// TestBrowserSellersTakeVouchersWithoutNetwork holds printed vouchers before the cameras
// of two vendors' phones that no network reaches, one of them before both. Each phone
// takes what it cannot know to be spent; afterwards the server pays each voucher once and
// names the double.
func TestBrowserSellersTakeVouchersWithoutNetwork(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), roundTheClock)
	stalls := [][]registry.PassRow{k.Stall(event, 1), k.Stall(event, 2)}
	rows, door := k.Pack(event, 8), k.Door()
	symbols := voucherSymbols(t, k, event, rows[:3])
	phones := make([]*gateShift, len(stalls))
	for i, filmed := range [][]int{{0, 1}, {0, 2}} {
		var film []string
		for _, n := range filmed {
			film = append(film, symbols[n])
		}
		s := &gateShift{gateWalk: &gateWalk{t: t, k: k, event: event, base: door.Base}, door: door, options: testkit.BrowserOptions{Profile: t.TempDir()}}
		phones[i] = s
		s.start()
		s.seller(stalls[i])
		s.options.Camera = testkit.CameraFilm(t, 3, film...)
		s.Kill()
	}
	door.Shut()
	for _, s := range phones {
		s.start()
		s.Open(s.base + "/cong") // from the service worker: nobody answers
		for range 2 {
			testkit.PageShows(t, s.Browser, "wait", "Nhận phiếu · chờ đồng bộ")
			s.run(`document.querySelector("#next").click()`)
			s.WaitFor(`document.body.dataset.now === "scan"`)
		}
		s.options.Camera = ""
		s.run(`document.querySelector("#open-type").click()`)
		s.waits(2)
	}
	door.Open(config.Config{})
	for _, s := range phones {
		s.sent()
	}
	settled, err := k.App.Vouchers.Settlement(t.Context(), registry.SystemActor("t"), event.ID)
	if err != nil {
		t.Fatal(err)
	}
	paid, open := []int{}, 0
	for _, v := range settled.Vendors {
		for _, taken := range v.Paid {
			paid = append(paid, taken.Serial)
		}
		open += len(v.Open)
	}
	slices.Sort(paid)
	if !slices.Equal(paid, []int{1, 2, 3}) || open != 1 || settled.Packs[0].Doubles != 1 {
		t.Errorf("the vouchers %v are paid, %d takings are open, %d double", paid, open, settled.Packs[0].Doubles)
	}
}
