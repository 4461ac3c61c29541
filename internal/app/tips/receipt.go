package tips

import (
	"bytes"
	"context"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Address is where the tip of a code is followed.
func (a *Service) Address(code string) string { return a.BaseURL + "/phan-anh/" + code }

// ReceiptSymbol is the QR symbol of the page of a tip, as SVG with a label.
func (a *Service) ReceiptSymbol(code, label string) (string, error) {
	symbol, err := pass.NewSymbol(a.Address(code))
	return symbol.SVG(label), err
}

// Receipt writes the receipt of a tip as a PDF in a language, for whoever has its code: the
// code with a QR symbol of its page, and nothing of what the tip says. NotFound for a code
// that is none.
func (a *Service) Receipt(ctx context.Context, typed, lang string) (registry.File, error) {
	t, err := a.FollowTip(ctx, typed)
	if err != nil {
		return registry.File{}, err
	}
	code, _ := TrackingCode(typed)
	var pdf bytes.Buffer
	err = print.WriteTipReceipt(&pdf, lang, print.TipReceipt{Code: ShowTrackingCode(code), URL: a.Address(code),
		On: vn.ShowDate(vn.DateOf(time.UnixMilli(t.ReceivedAt))), Event: t.EventTitle})
	return registry.File{Name: "giay-hen-phan-anh.pdf", ContentType: "application/pdf", Data: pdf.Bytes()}, err
}
