package testkit

import (
	"fmt"
	"sync/atomic"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// made numbers the vendors and products of this process, so that no name stands
// twice.
var made atomic.Int64

// vendorSeed is a vendor about to be stored, with who will act for it.
type vendorSeed struct {
	registry.Vendor
	members map[registry.AccountID]registry.MemberRole
}

// VendorOption changes a vendor before it is stored.
type VendorOption func(*vendorSeed)

// OwnedBy makes an account the owner.
func OwnedBy(a registry.Actor) VendorOption {
	return func(s *vendorSeed) { s.members[a.Account] = registry.Owner }
}

// WithVendor changes anything else.
func WithVendor(change func(*registry.Vendor)) VendorOption {
	return func(s *vendorSeed) { change(&s.Vendor) }
}

// Vendor stores an active co-operative at xã Ba Bể without members. Options change
// it.
func (k *Kit) Vendor(options ...VendorOption) registry.Vendor {
	k.T.Helper()
	n := made.Add(1)
	s := vendorSeed{members: map[registry.AccountID]registry.MemberRole{}, Vendor: registry.Vendor{
		Kind: registry.Cooperative, State: registry.VendorActive,
		Name: fmt.Sprintf("HTX Tài Hoan %d", n), Representative: "Hoàng Thị Hoan", Phone: fmt.Sprintf("03%08d", n),
		Area: BaBe, Village: "thôn Pác Ngòi", About: "Làm miến dong từ dong riềng trồng trên nương."}}
	for _, change := range options {
		change(&s)
	}
	k.Write(func(tx *store.Tx) error {
		if err := tx.InsertVendor(k.T.Context(), &s.Vendor, k.App.Areas.Scope(s.Area)); err != nil {
			return err
		}
		for account, role := range s.members {
			if err := tx.InsertMember(k.T.Context(), s.ID, account, role, account); err != nil {
				return err
			}
		}
		return nil
	})
	return s.Vendor
}

// OwnVendor stores a vendor with an owner of its own, signed in. The token is for
// Client.SignInAs.
func (k *Kit) OwnVendor(options ...VendorOption) (registry.Vendor, registry.Actor, string) {
	k.T.Helper()
	owner, token := k.VendorAccount()
	v := k.Vendor(append([]VendorOption{OwnedBy(owner)}, options...)...)
	return v, k.ActorOf(owner.Account), token
}

// ProductOption changes a product before it is stored.
type ProductOption func(*registry.Product)

// Product stores a packet of miến dong, made in Việt Nam by declaration, of a
// vendor. Options change it.
func (k *Kit) Product(vendor registry.Vendor, options ...ProductOption) registry.Product {
	k.T.Helper()
	p := registry.Product{Vendor: vendor.ID,
		Name: fmt.Sprintf("Miến dong Tài Hoan %d", made.Add(1)), Group: registry.FoodGroup,
		Description: "Sợi dai, không phẩm màu.", Origin: registry.MadeIn, OriginPlace: "Côn Minh, Na Rì, Bắc Kạn",
		PriceDong: 85000, PriceUnit: "kg", Evidence: registry.Declared}
	for _, change := range options {
		change(&p)
	}
	k.Write(func(tx *store.Tx) error { return tx.InsertProduct(k.T.Context(), &p) })
	return p
}

// Certificate stores a food safety certificate of a vendor that lasts until 30
// June of the year after the one in which the test starts. Options change it.
func (k *Kit) Certificate(vendor registry.Vendor, options ...func(*registry.Certificate)) registry.Certificate {
	k.T.Helper()
	c := registry.Certificate{Vendor: vendor.ID, Kind: registry.FoodSafety,
		Number: "12/2024/NNPTNT-BK", Issuer: "Chi cục Quản lý chất lượng", IssuedOn: SameDay(k.T, "2024-07-01"), ValidTo: SameDay(k.T, "2027-06-30")}
	for _, change := range options {
		change(&c)
	}
	k.Write(func(tx *store.Tx) error { return tx.InsertCertificate(k.T.Context(), &c) })
	return c
}

// Papers stores what the law asks for of a vendor that sells packed food: the food
// safety certificate and its own declaration of each product.
func (k *Kit) Papers(vendor registry.Vendor, products ...registry.Product) {
	k.T.Helper()
	k.Certificate(vendor)
	for _, p := range products {
		k.Certificate(vendor, func(c *registry.Certificate) { c.Kind, c.Product = registry.SelfDeclaration, p.ID })
	}
}

// FaultsAt returns the keys of faults by field.
func FaultsAt(err error) map[string]string {
	found := map[string]string{}
	switch e := err.(type) {
	case registry.Faults:
		for _, f := range e {
			found[f.Field] = f.Key
		}
	case *registry.Error:
		found[e.Field] = e.Key
	}
	return found
}

// Listed is a file of two vendors that an officer of the province has sent, one of which has a
// row that is wrong.
func (k *Kit) Listed() intake.Import {
	k.T.Helper()
	officer, _ := k.Officer(registry.Organiser, "19")
	x, err := k.App.Imports.Upload(k.T.Context(), officer, intake.Vendors, &core.Upload{Name: "danh-sach.csv",
		Data: []byte("Tên cơ sở;Loại hình;Xã;Điện thoại\nHTX Trong Tệp;HTX;xã Ba Bể;0912 345 670\nHộ Sai Số;Hộ KD;Ba Bể;0900\n")})
	if err != nil {
		k.T.Fatal(err)
	}
	return x
}
