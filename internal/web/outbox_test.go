package web_test

import (
	"context"
	"fmt"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// refusing is a mail server that takes nothing.
type refusing struct{}

func (refusing) Send(context.Context, registry.Message) error {
	return fmt.Errorf("%w: 550 <khong@vi-du.vn> không có người này", registry.ErrUndeliverable)
}

// TestAdministratorSeesFailedMail: on the desk and on a page of its own, with a way
// to send it again and a way to take it off.
func TestAdministratorSeesFailedMail(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Admin, "")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	testkit.Page(t, wantStatus(t, c.Get("/quan-ly/thu"), 200).Body).In("main").HasText("Không có thư nào bị lỗi")
	k.Write(func(tx *store.Tx) error {
		return tx.Notify(t.Context(), registry.Message{To: "khong@vi-du.vn", Lang: "vi", Key: "event.notice.cancelled", Args: []string{"Phiên chợ Ba Bể", "", "", ""}})
	})
	send := func() {
		t.Helper()
		if _, err := k.App.SendOutbox(t.Context(), refusing{}); err != nil {
			t.Fatal(err)
		}
	}
	send()
	testkit.In(t, c.Get("/quan-ly").Body, "#todo").HasText("1 thư không gửi được")
	page := testkit.Page(t, c.Get("/quan-ly/thu").Body)
	page.In("main").HasText("khong@vi-du.vn").HasText("Đã hủy: Phiên chợ Ba Bể").HasText("550").HasText("đã thử 1 lần")
	again := page.In("main").Forms()[1].Action
	wantRedirect(t, c.Post(again, nil), "/quan-ly/thu")
	testkit.Page(t, c.Get("/quan-ly/thu").Body).In("main").HasText("Không có thư nào bị lỗi")
	send()
	forget := testkit.In(t, c.Get("/quan-ly/thu").Body, "main").Forms()[2].Action
	wantRedirect(t, c.Post(forget, nil), "/quan-ly/thu")
	wantStatus(t, c.Post(forget, nil), 404)
	wantStatus(t, c.Post("/quan-ly/thu/gui-lai", nil), 409)
	testkit.In(t, c.Get("/quan-ly/nhat-ky").Body, "main").HasText("Bỏ thư không gửi được khỏi danh sách").HasText("Cho gửi lại thư")
}
