package registry

import "io/fs"

type Area struct{ Ref AreaRef }
type Areas struct{}

func (r AreaRef) String() string                                   { return "" }
func ParseAreas(f fs.FS, a, b func(string) string) (*Areas, error) { return &Areas{}, nil }
func (a *Areas) Search(q, on string, n int) []Area                 { return nil }
func (a *Areas) FullName(x Area, on string) string                 { return "" }
func (a *Areas) ParentName(x Area, on string) string               { return "" }
