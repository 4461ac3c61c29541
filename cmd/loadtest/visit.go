package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// notAsked are the routes that nothing is measured of, and why.
var notAsked = map[string]string{
	"/dat-lai-mat-khau/:token": "a token that lives once",
	"/thiet-lap/:token":        "a token that lives once",
	"/tai-khoan/email/:token":  "a token that lives once",
	"/xac-thuc":                "only while a second step is due",
	"/xac-thuc/thiet-lap":      "only while a second step is due",
	"/tai-khoan/dong-y":        "only while a newer text of consent waits for an answer",
	"/phan-anh/:code":          "its sender alone knows the code",
	"/phan-anh/:code/giay-hen": "its sender alone knows the code",
	"/phan-anh/tra-cuu":        "leads to a report",
	"/du-lieu-ca-nhan/:code":   "its sender alone knows the code",
	"/du-lieu-ca-nhan/tra-cuu": "leads to a request",
	"/quan-ly/viec/:job":       "work under way alone",
	"/api/v1/gate/relay":       "a relay alone",
	"/static/+":                "files that never change",
	"/di-tiep":                 "leads on",

	"/quan-ly/su-kien/:id/bao-cao/mau/dang-dung":           "the demo has no template for events",
	"/api/v1/office/events/:id/report/filled":              "the demo has no template for events",
	"/api/v1/office/series/:series/report/filled":          "the demo has no template for series",
	"/quan-ly/su-kien/:id/bao-cao/mau/da-dien":             "the demo has no template for events",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/dang-dung": "the demo has no template for series",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/da-dien":   "the demo has no template for series",

	"/api/v1/events/:slug/draws/:n":                 "few events hold a draw",
	"/quan-ly/su-kien/:id/boc-tham/:n/bien-ban.pdf": "few events hold a draw",
	"/quan-ly/su-kien/:id/mat-bang/cong-bo":         "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/danh-so":         "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/dat":             "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/doi":             "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/hang":            "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/vat/moi":         "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/ban/:n":          "few events have a drawn plan",
	"/quan-ly/su-kien/:id/mat-bang/vat/:object":     "few events have a drawn plan",
	"/quan-ly/su-kien/:id/boc-tham/:n/xep":          "few events hold a draw",

	"/ngon-ngu/:lang":                    "leads on",
	"/quan-ly/ke-hoach":                  "leads on",
	"/quan-ly/don/loat/hoan-tac":         "only after many were decided at once",
	"/gian-hang":                         "leads on",
	"/quan-ly/su-kien/:id/kich-cau/nhap": "leads on",
}

// asking is the query without which a page has nothing to show.
var asking = map[string]string{"/quan-ly/su-kien/:id/buoc": "den=postponed", "/quan-ly/khoa": "doi=1",
	"/quan-ly/kiem-tra/:record/dieu/:finding": "buoc=handed_over", "/quan-ly/kiem-tra/ghi": "loai=self_inspection&ve=body",
	"/quan-ly/tim": "q=mien", "/tim": "q=mien"}

// visit is a page or paper as somebody asks for it.
type visit struct {
	route, path string
	header      http.Header
	why         string // nothing is measured
}

// visitor makes visits of routes, as those who may.
type visitor struct {
	*sampler
	app    *app.App
	admin  string // cookies
	owners map[string]string
	api    string // tokens
	device string
	admins int // made for lists as files
}

// visits lists every page and paper of the product with somebody who may read it, on a
// database that no server has open.
func visits(ctx context.Context, path string) (all []visit, err error) {
	err = onProvince(ctx, path, func(a *app.App) error {
		v := visitor{app: a, owners: map[string]string{}}
		if v.sampler, err = openSampler(ctx, path); err != nil {
			return err
		}
		defer v.db.Close()
		if err := v.signIn(ctx); err != nil {
			return err
		}
		server, err := web.New(frame.Options{App: a})
		if err != nil {
			return err
		}
		for _, r := range server.Routes() {
			if r.Method != http.MethodGet {
				continue
			}
			one, err := v.visit(ctx, r)
			if err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// onProvince opens the product on a database that is there, in this process.
func onProvince(ctx context.Context, path string, use func(*app.App) error) error {
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	a, err := openApp(ctx, db, path)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = use(a)
	a.Close()
	return errors.Join(err, db.Close())
}

// signIn gets what the readers show: sessions, and tokens of a program and of a gate phone.
func (v *visitor) signIn(ctx context.Context) error {
	found, err := v.one(ctx, `SELECT account_id FROM grants WHERE role = 'admin' ORDER BY area`)
	if err != nil {
		return err
	}
	var admin registry.Actor
	if admin, v.admin, err = v.session(ctx, found[0]); err != nil {
		return err
	}
	if v.api, err = v.app.Accounts.CreateAPIToken(ctx, admin, accounts.NewAPIToken{Name: "loadtest", Days: 30, Scopes: registry.APIScopes}); err != nil {
		return err
	}
	p := province{app: v.app, actor: admin}
	_, v.device, err = p.pair(ctx, registry.EventID(v.event), "Máy thử tải")
	return err
}

// session opens a session of an account, second step passed, and returns its cookie.
func (v *visitor) session(ctx context.Context, id string) (actor registry.Actor, cookie string, err error) {
	token, hash := core.NewToken()
	now := v.app.NowMS()
	err = v.app.DB.Write(ctx, func(tx *store.Tx) error {
		a, err := tx.Account(ctx, registry.AccountID(id))
		if err != nil {
			return err
		}
		if actor, err = tx.Actor(ctx, a); err != nil {
			return err
		}
		return tx.InsertSession(ctx, registry.Session{TokenHash: hash, ID: store.NewID[registry.SessionID](), Account: a.ID, CreatedAt: now, SeenAt: now,
			ExpiresAt: now + (24 * time.Hour).Milliseconds(), SecondStep: true, Device: "loadtest"})
	})
	return actor, "s=" + token, err
}

// owner is the cookie of somebody who acts for a vendor, of any one for "".
func (v *visitor) owner(ctx context.Context, vendor string) (string, error) {
	if v.owners[vendor] != "" {
		return v.owners[vendor], nil
	}
	query := `SELECT account_id FROM vendor_members WHERE role = 'owner'`
	if vendor != "" {
		query += ` AND vendor_id = '` + vendor + `'`
	}
	found, err := v.one(ctx, query)
	if err != nil {
		return "", err
	}
	_, v.owners[vendor], err = v.session(ctx, found[0])
	return v.owners[vendor], err
}

// visit is how a route is asked for.
func (v *visitor) visit(ctx context.Context, r frame.Route) (one visit, err error) {
	one = visit{route: r.Path, why: notAsked[r.Path], header: http.Header{}}
	if one.why != "" {
		return one, nil
	}
	f, err := v.fill(ctx, r.Path)
	if errors.Is(err, errNothing) {
		one.why = err.Error()
		return one, nil
	}
	if err != nil {
		return one, fmt.Errorf("%s: %w", r.Path, err)
	}
	one.path = f.path + "?" + asking[r.Path]
	switch r.Policy {
	case frame.Public, frame.Cached:
	case frame.Token:
		one.header.Set("Authorization", "Bearer "+v.api)
	case frame.Device:
		one.header.Set("Authorization", "Bearer "+v.device)
	default:
		cookie, err := v.reader(ctx, r.Path, f)
		one.header.Set("Cookie", cookie)
		return one, err
	}
	return one, nil
}

// reader is the cookie of somebody who may read a page. Lists as files go to an admin of
// their own each: nobody may take many in an hour.
func (v *visitor) reader(ctx context.Context, route string, f filled) (cookie string, err error) {
	switch {
	case strings.HasPrefix(route, "/gian-hang"):
		return v.owner(ctx, f.vendor)
	case f.reader != "":
		_, cookie, err = v.session(ctx, f.reader)
		return cookie, err
	case frame.ListPage(route) != "":
		return v.newAdmin(ctx)
	}
	return v.admin, nil
}

// newAdmin makes one more admin of the whole country, signed in.
func (v *visitor) newAdmin(ctx context.Context) (cookie string, err error) {
	v.admins++
	a := registry.Account{ID: store.NewID[registry.AccountID](), Name: fmt.Sprintf("Cán bộ %d", v.admins), Email: string(store.NewID[registry.AccountID]()) + "@vi-du.vn",
		State: registry.AccountActive, Lang: "vi", CreatedAt: v.app.NowMS(), EnteredAt: v.app.NowMS(), Version: 1}
	if err := v.app.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertAccount(ctx, a); err != nil {
			return err
		}
		return tx.InsertGrant(ctx, a.ID, registry.Grant{Role: registry.Admin}, "")
	}); err != nil {
		return "", err
	}
	_, cookie, err = v.session(ctx, string(a.ID))
	return cookie, err
}

// provinceFile is where a database of a province lies in a folder.
func provinceFile(dir string) string { return filepath.Join(dir, "province.db") }
