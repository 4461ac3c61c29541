package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// mailbox keeps the notices that are sent.
type mailbox []registry.Message

func (m *mailbox) Send(_ context.Context, one registry.Message) error {
	*m = append(*m, one)
	return nil
}

func TestEmailIsAddedOnTheAccountPage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	_, token := k.SignedIn(account)
	base := k.Serve()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	page := wantStatus(t, c.Get("/tai-khoan"), 200)
	bad := wantStatus(t, send(c, page, "/tai-khoan/email", map[string]string{"email": "không phải", "email_password": testkit.Password}), 422)
	testkit.Page(t, bad.Body).In("#e-email")
	bad = wantStatus(t, send(c, page, "/tai-khoan/email", map[string]string{"email": "moi@vi-du.vn", "email_password": "sai"}), 422)
	testkit.Page(t, bad.Body).In("#f-email").HasAttr("value", "moi@vi-du.vn")
	testkit.Page(t, bad.Body).In("#e-email_password")
	wantRedirect(t, send(c, bad, "/tai-khoan/email", map[string]string{"email_password": testkit.Password}), "/tai-khoan")
	testkit.In(t, c.Get("/tai-khoan").Body, ".flash").HasText("hộp thư")
	var box mailbox
	if _, err := k.App.SendOutbox(t.Context(), &box); err != nil || len(box) != 1 {
		t.Fatalf("%d mails, %v", len(box), err)
	}
	path := strings.TrimPrefix(box[0].Args[1], k.App.BaseURL)
	wantStatus(t, testkit.NewClient(t, base).Get(path), 401)
	ask := wantStatus(t, c.Get(path), 200)
	testkit.In(t, ask.Body, "main").HasText("moi@vi-du.vn")
	wantStatus(t, c.Get(path), 200) // looking spends nothing
	wantRedirect(t, c.Post(path, url.Values{}), "/tai-khoan")
	testkit.In(t, c.Get("/tai-khoan").Body, ".facts").HasText("moi@vi-du.vn")
	wantStatus(t, c.Post(path, url.Values{}), 404)
}
