package web

import "slices"

// UnrenderedPages names the pages that nothing in this process has rendered.
func UnrenderedPages() []string {
	p, err := loadPages(false)
	if err != nil {
		panic(err)
	}
	var missed []string
	for name := range p.pages {
		if _, ok := rendered.Load(name); !ok {
			missed = append(missed, name)
		}
	}
	slices.Sort(missed)
	return missed
}
