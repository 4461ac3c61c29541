package testkit

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/url"
	"sync/atomic"
	"testing"

	"hoicho/internal/app/core"
	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/app/tips"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TipAbout is a tip as people send it.
func TipAbout(passCode string) tips.TipInput {
	return tips.TipInput{Kind: registry.Imitation, Text: "Nhãn ghi miến dong Na Rì nhưng bao bì in mờ, không có mã vạch.",
		PassCode: passCode, Net: "203.0.113.0/24", Agent: "Chrome, Android"}
}

// SendTip sends a tip and returns its code.
func SendTip(t *testing.T, k *Kit, in tips.TipInput) string {
	t.Helper()
	sent, err := k.App.Tips.SendTip(t.Context(), in)
	if err != nil || sent.Photo != nil {
		t.Fatal(err, sent.Photo)
	}
	return sent.Code
}

// StoredTip reads a tip by its code.
func StoredTip(t *testing.T, k *Kit, code string) (row registry.TipRow) {
	t.Helper()
	k.Read(func(tx *store.Tx) error {
		found, err := tx.TipByCode(t.Context(), core.HashToken(code))
		if err != nil {
			return err
		}
		row, err = tx.Tip(t.Context(), found.ID)
		return err
	})
	return row
}

// TipNow reads a tip by its id.
func TipNow(t *testing.T, k *Kit, id registry.TipID) (row registry.TipRow) {
	t.Helper()
	k.Read(func(tx *store.Tx) (err error) {
		row, err = tx.Tip(t.Context(), id)
		return err
	})
	return row
}

// PassCodeOf is the code of the first pass of a kind.
func PassCodeOf(passes []registry.PassRow, kind registry.PassKind) string {
	for _, p := range passes {
		if p.Kind == kind {
			return p.Code
		}
	}
	return ""
}

// PhotoPNG is a small picture with words hidden in it that are no picture.
func PhotoPNG(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		img.Set(x, x/2, color.RGBA{200, 30, 30, 255})
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return append(buf.Bytes(), "GPS 22.4034 105.6166"...)
}

// MultipartForm is a form with files as a browser sends it.
func MultipartForm(t *testing.T, fields url.Values, files map[string][]byte) (contentType string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for name, values := range fields {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range files {
		part, err := w.CreateFormFile(name, name+".jpg")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), body
}

// requestsMade gives each request a network of its own, of which a few alone may be sent.
var requestsMade atomic.Int64

// PersonalRequest sends what somebody asks about its own data. Options change it.
func (k *Kit) PersonalRequest(options ...func(*apppersonal.Input)) apppersonal.Sent {
	k.T.Helper()
	in := apppersonal.Input{Kind: string(personal.Erase), Name: "Nông Thị Sim", Way: "0912345678", Text: "Xóa hồ sơ cơ sở của tôi.",
		Net: fmt.Sprint("198.51.100.", requestsMade.Add(1))}
	for _, change := range options {
		change(&in)
	}
	sent, err := k.App.Personal.Send(k.T.Context(), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return sent
}
